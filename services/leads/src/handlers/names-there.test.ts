import { describe, expect, it } from 'vitest';
import { leadsOnMemory, type LeadsOnMemory } from './leads-on-memory.ts';
import { problem } from './routing-example.ts';

const equals = (field: string, value: string) => ({ field, test: 'equals', value });
const from = (...values: string[]) => ({ any: [{ field: 'country', test: 'equals', value: 'Nowhere' }, { not: { field: 'touches.sources', test: 'one-of', values } }] }); // prettier-ignore
const put = (leads: LeadsOnMemory, route: string, body: object) => leads.call(`PUT /${route}`, { body, headers: { 'if-match': '0' } });

const documents = (when: object): readonly (readonly [string, object, string])[] => [
  ['segments', { segments: [{ segmentId: 'fair', name: 'Fair', kind: 'behavioural', when }] }, 'segments[0].when'],
  ['qualification', { mql: when, sql: { intent: { field: 'touches', test: 'at-least', value: 1 }, fit: { field: 'country', test: 'present' } } }, 'mql'],
  ['points', { fit: [{ id: 'fair', when, points: 5 }], engagement: [] }, 'fit[0].when'],
]; // prettier-ignore

describe('rules that name a source, a segment or a team', () => {
  it('are refused where there is none of that name, with the place', async () => {
    const leads = leadsOnMemory();
    const form = await leads.register('html-form');
    for (const [route, body, path] of documents(from(form.id, 'no-such-form'))) {
      const answer = await put(leads, route, body);
      expect(answer).toMatchObject(problem('name-is-unknown', 422));
      expect(answer.json).toMatchObject({ field: `${path}.any[1].not.value`, value: 'no-such-form' });
    }
  });

  it('are taken where all are there, and a source of an import is known by what it is called', async () => {
    const leads = leadsOnMemory();
    const form = await leads.register('html-form');
    for (const [route, body] of documents(from(form.id, 'import-old-crm'))) expect((await put(leads, route, body)).status).toBe(200);
  });

  it('cannot switch a service level off by a slip of the hand', async () => {
    const leads = leadsOnMemory();
    await leads.hire('ann');
    const hours = { zone: 'Europe/Berlin', windows: [{ weekday: 1, from: '09:00', until: '18:00' }] };
    const level = (when: object) => ({ levels: [{ id: 'hour', name: 'Hour', when, minutes: 60, hours, region: null, escalations: [] }] }); // prettier-ignore
    for (const field of ['team', 'teams', 'segments'])
      expect(await put(leads, 'service-levels', level(equals(field, 'team-none')))).toMatchObject(problem('name-is-unknown', 422));
  });
});
