import { holidaysPublished, holidaysWithdrawn } from '@meilenstein/contracts';
import { day } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsOnMemory, type LeadsOnMemory } from './leads-on-memory.ts';

const office = { zone: 'Europe/Berlin', windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '18:00' })) };
const level = (about: object = {}) => ({ id: 'hour', name: 'Within the hour', when: { field: 'email', test: 'present' }, minutes: 60, hours: office, ...about }); // prettier-ignore
const publish = (leads: LeadsOnMemory, levels: readonly object[], etag = '0') =>
  leads.call('PUT /service-levels', { body: { levels }, headers: { 'if-match': etag } });
const codeOf = ({ status, json }: { readonly status: number; readonly json: unknown }): string =>
  `${status} ${z.object({ type: z.string() }).safeParse(json).data?.type.split(':').at(-1) ?? ''}`;
const monday = '2026-03-02T09:00:00.000Z';

describe('a region whose holidays are taken away', () => {
  it('has none from then on: clocks that run keep theirs, and the levels and rules in force may be published as they are', async () => {
    const leads = leadsOnMemory('2026-12-23T16:30:00.000Z');
    await leads.hire('ann');
    await leads.told('DE', holidaysPublished.of({ region: 'DE', days: [day.parse('2026-12-24'), day.parse('2026-12-25')] }));
    const levels = [level({ region: 'DE' })];
    const rules = { rules: [], queue: { queueId: 'inbox', minutes: 60, hours: office, region: 'DE' } };
    const put = (etag: string) => leads.call('PUT /routing', { body: rules, headers: { 'if-match': etag } });
    const ann = () => leads.call('PUT /sellers/{repId}', { path: { repId: 'ann' }, body: { region: 'DE' }, headers: { 'if-match': '*' } });
    expect([(await publish(leads, levels)).status, (await put('0')).status, (await ann()).status]).toEqual([200, 200, 200]);
    const form = await leads.register('html-form');
    await leads.submit(form.id, { email: 'ada@mills.example' });
    await leads.settle();
    await leads.told('DE', holidaysWithdrawn.of({ region: 'DE' }), 2);
    await leads.submit(form.id, { email: 'bob@mills.example' });
    await leads.settle();
    const due = leads.events().filter((event) => event.name === 'ServiceClockStarted').map((event) => z.object({ dueAt: z.string() }).parse(event.data).dueAt); // prettier-ignore
    expect(due).toEqual(['2026-12-28T08:30:00.000Z', '2026-12-24T08:30:00.000Z']);
    expect([(await publish(leads, levels, '1')).status, (await put('1')).status, (await ann()).status]).toEqual([200, 200, 200]);
    expect((await publish(leads, [level()], '2')).status).toBe(200);
    expect(codeOf(await publish(leads, levels, '3'))).toBe('422 region-is-unknown');
  });
});

describe('a service level', () => {
  it('that names a team or a segment that does not exist is refused, however deep it stands', async () => {
    const leads = leadsOnMemory(monday);
    await leads.hire('ann');
    const asks = (field: string, value: unknown) => level({ when: { any: [{ field: 'country', test: 'present' }, { not: { field, test: Array.isArray(value) ? 'one-of' : 'equals', [Array.isArray(value) ? 'values' : 'value']: value } }] } }); // prettier-ignore
    const codes = async (...levels: readonly object[]) => codeOf(await publish(leads, levels, '*'));
    expect([await codes(asks('team', 'team-none')), await codes(asks('teams', ['north', 'nord']))]).toEqual(['422 team-is-unknown', '422 team-is-unknown']); // prettier-ignore
    expect(await codes({ ...level(), id: 'all' }, asks('segments', 'nosuch'))).toBe('422 segment-is-unknown');
    const dach = { segmentId: 'dach', name: 'DACH', kind: 'geographic', when: { field: 'country', test: 'equals', value: 'DE' } };
    await leads.call('PUT /segments', { body: { segments: [dach] }, headers: { 'if-match': '0' } });
    const right = [asks('team', 'North'), { ...asks('segments', ['dach']), id: 'dach' }];
    expect(await codes(...right)).toBe('200 ');
    await leads.call('PUT /segments', { body: { segments: [] }, headers: { 'if-match': '1' } });
    expect([await codes(...right), await codes(...right, { ...asks('segments', 'nosuch'), id: 'other' })]).toEqual(['200 ', '422 segment-is-unknown']); // prettier-ignore
  });
});
