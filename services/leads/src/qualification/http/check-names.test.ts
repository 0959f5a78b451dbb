import { describe, expect, it } from 'vitest';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';
import { document, problem, routedCompany, rule } from '../../testing/routed-company.ts';

const equals = (field: string, value: string) => ({ field, test: 'equals', value });
const from = (...values: string[]) => ({
  any: [{ field: 'country', test: 'equals', value: 'Nowhere' }, { not: { field: 'touches.sources', test: 'one-of', values } }],
});
const put = (leads: LeadsInMemory, route: string, body: object) => leads.call(`PUT /${route}`, { body, headers: { 'if-match': '0' } });

const hours = { zone: 'Europe/Berlin', windows: [{ weekday: 1, from: '09:00', until: '18:00' }] };
const level = (id: string, when: object) => ({ id, name: id, when, minutes: 60, hours, region: null, escalations: [] });
const levels = (...segments: string[]) => ({ levels: segments.map((one, index) => level(`level-${index}`, equals('segments', one))) });

const documents = (when: object): readonly (readonly [string, object, string])[] => [
  ['segments', { segments: [{ segmentId: 'fair', name: 'Fair', kind: 'behavioural', when }] }, 'segments[0].when'],
  [
    'qualification',
    { mql: when, sql: { intent: { field: 'touches', test: 'at-least', value: 1 }, fit: { field: 'country', test: 'present' } } },
    'mql',
  ],
  ['points', { fit: [{ id: 'fair', when, points: 5 }], engagement: [] }, 'fit[0].when'],
];

describe('rules with names of sources, segments or teams', () => {
  it('are refused with the place of a name that does not exist', async () => {
    const leads = leadsInMemory();
    const form = await leads.register('html-form');
    for (const [route, body, path] of documents(from(form.id, 'no-such-form'))) {
      const answer = await put(leads, route, body);
      expect(answer).toMatchObject(problem('name-not-found', 422));
      expect(answer.json).toMatchObject({ field: `${path}.any[1].not.value`, value: 'no-such-form' });
    }
  });

  it('are accepted if all names exist, and an import is a source by its system’s name', async () => {
    const leads = leadsInMemory();
    const form = await leads.register('html-form');
    for (const [route, body] of documents(from(form.id, 'import-old-crm'))) expect((await put(leads, route, body)).status).toBe(200);
  });

  it('may keep a name that existed when they were published', async () => {
    const leads = leadsInMemory();
    const segment = (segmentId: string) => ({
      segmentId,
      name: segmentId,
      kind: 'behavioural',
      when: { field: 'country', test: 'present' },
    });
    const putAt = (version: string, route: string, body: object) => leads.call(`PUT /${route}`, { body, headers: { 'if-match': version } });
    await putAt('0', 'segments', { segments: [segment('fair')] });
    expect((await putAt('0', 'service-levels', levels('fair'))).status).toBe(200);
    expect((await putAt('1', 'segments', { segments: [segment('other')] })).status).toBe(200);
    expect((await putAt('1', 'service-levels', levels('Fair', 'other'))).status).toBe(200);
    expect(await putAt('2', 'service-levels', levels('fair', 'none'))).toMatchObject(problem('name-not-found', 422));
  });

  it('cannot disable a routing rule by a misspelt name', async () => {
    const company = await routedCompany(['ann']);
    const wrong = await company.put('/routing', document(rule('fair', equals('touches.sources', 'no-such-form'))));
    expect(wrong).toMatchObject(problem('name-not-found', 422));
    expect(wrong.json).toMatchObject({ field: 'rules[0].when.value', value: 'no-such-form' });
  });

  it('cannot disable a service level by a misspelt name', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann');
    for (const field of ['team', 'teams', 'segments'])
      expect(await put(leads, 'service-levels', { levels: [level('hour', equals(field, 'team-none'))] })).toMatchObject(
        problem('name-not-found', 422),
      );
  });
});
