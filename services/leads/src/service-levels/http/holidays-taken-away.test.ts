import { holidaysPublished, holidaysWithdrawn } from '@meilenstein/contracts';
import { day } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const office = { zone: 'Europe/Berlin', windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '18:00' })) };
const level = (about: object = {}) => ({
  id: 'hour',
  name: 'Within the hour',
  when: { field: 'email', test: 'present' },
  minutes: 60,
  hours: office,
  ...about,
});
const publish = (leads: LeadsInMemory, levels: readonly object[], etag = '0') =>
  leads.call('PUT /service-levels', { body: { levels }, headers: { 'if-match': etag } });
const codeOf = ({ status, json }: { readonly status: number; readonly json: unknown }): string =>
  `${status} ${z.object({ type: z.string() }).safeParse(json).data?.type.split(':').at(-1) ?? ''}`;

describe('a region whose holidays are withdrawn', () => {
  it('has none from then on, while running service levels keep theirs and the levels and rules in force can be published again', async () => {
    const leads = leadsInMemory('2026-12-23T16:30:00.000Z');
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
    const due = leads
      .events()
      .filter((event) => event.name === 'LeadServiceLevelStarted')
      .map((event) => z.object({ dueAt: z.string() }).parse(event.data).dueAt);
    expect(due).toEqual(['2026-12-28T08:30:00.000Z', '2026-12-24T08:30:00.000Z']);
    expect([(await publish(leads, levels, '1')).status, (await put('1')).status, (await ann()).status]).toEqual([200, 200, 200]);
    expect((await publish(leads, [level()], '2')).status).toBe(200);
    expect(codeOf(await publish(leads, levels, '3'))).toBe('422 region-not-found');
  });
});
