import { qualificationDifference, rehearsalOf, scoreDifference } from '@meilenstein/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const problem = (code: string, status: number) => ({ status, json: { type: `urn:meilenstein:problem:${code}`, status } });
const from = (employees: number, touches: number) => ({
  mql: { field: 'touches', test: 'at-least', value: touches },
  sql: { intent: { field: 'message', test: 'contains', value: 'quote' }, fit: { field: 'employees', test: 'at-least', value: employees } },
});
const pointsOf = (points: number, halfLifeDays: number) => ({
  fit: [{ id: 'german', when: { field: 'country', test: 'equals', value: 'DE' }, points }],
  engagement: [{ id: 'forms', when: { field: 'kind', test: 'equals', value: 'form' }, points: 20, halfLifeDays, atMost: 60 }],
});
const headers = { 'if-match': '*' };
const scores = rehearsalOf(scoreDifference);
const stages = rehearsalOf(qualificationDifference);

/** One thing that happens: somebody of a few people writes, after some hours, from a country, with so many employees. */
const happening = fc.record({
  person: fc.nat(4),
  hours: fc.integer({ min: 1, max: 60 }),
  country: fc.constantFrom('DE', 'AT'),
  employees: fc.integer({ min: 1, max: 100 }),
  message: fc.constantFrom('Please send a quote', 'Hello'),
});
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

/** A service to which the same things happened, by these rules. Ids are the same in each, so that leads can be compared. */
const live = async (
  happenings: readonly Happening[],
  rules: { readonly points: unknown; readonly criteria: unknown },
): Promise<LeadsInMemory> => {
  const leads = leadsInMemory();
  await leads.hire('ann', 'bob');
  await leads.call('PUT /points', { headers, body: rules.points });
  await leads.call('PUT /qualification', { headers, body: rules.criteria });
  const source = await leads.register('standard-webhooks');
  for (const [index, { person, hours, country, employees, message }] of happenings.entries()) {
    leads.move(hours * 3_600_000);
    await leads.deliver(source, `msg-${index}`, { email: `p${person}@x.example`, country, employees: String(employees), message });
    await leads.settle();
  }
  return leads;
};

const lead = z.looseObject({ leadId: z.string() });
const statesOf = async (leads: LeadsInMemory) => {
  const { items } = z.object({ items: z.array(lead) }).parse((await leads.call('GET /leads', { query: { limit: '100' } })).json);
  const found = await Promise.all(items.map((one) => leads.stores.leads.find(scoreDifference.shape.leadId.parse(one.leadId))));
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.lead.leadId, one.lead] as const])));
};
const emailOf = (states: Awaited<ReturnType<typeof statesOf>>) =>
  new Map([...states.values()].map((one) => [one.leadId, one.profile.values['email']?.[0]?.text ?? '']));
const everyPage = async <Page extends z.ZodType<{ items: unknown[]; next: string | null }>>(
  leads: LeadsInMemory,
  route: string,
  body: unknown,
  page: Page,
) => {
  const items: z.output<Page>['items'] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: Record<string, string> = { limit: '2', days: '90', ...(cursor === '' ? {} : { cursor }) };
    const found: z.output<Page> = page.parse((await leads.call(route, { body, query })).json);
    items.push(...found.items);
    cursor = found.next;
  }
  return items;
};

describe('a rehearsal of rules', () => {
  it('for criteria shows the stages as if they had always been in force', async () => {
    const given = fc.tuple(
      fc.array(happening, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(given, async ([happenings, employees, touches]) => {
        const [active, candidate] = [from(50, 2), from(employees, touches)];
        const points = pointsOf(30, 10);
        const [now, otherwise] = [
          await live(happenings, { points, criteria: active }),
          await live(happenings, { points, criteria: candidate }),
        ];
        const [before, after] = [await statesOf(now), await statesOf(otherwise)];
        const differences = await everyPage(now, 'POST /qualification/rehearsal', candidate, stages);
        const told = new Map(
          z
            .array(qualificationDifference)
            .parse(differences)
            .map((one) => [one.leadId, one]),
        );
        for (const [id, { reached }] of before) {
          const email = emailOf(before).get(id);
          const real = [...after.values()].find((one) => emailOf(after).get(one.leadId) === email)?.reached;
          const times = { mql: real?.mql?.at ?? null, sql: real?.sql?.at ?? null };
          // Who is not told of reaches the same stages, perhaps at another time.
          const same = { mql: reached.mql === undefined, sql: reached.sql === undefined };
          const expected = told.has(id) ? times : { mql: times.mql === null, sql: times.sql === null };
          expect(told.get(id)?.after ?? same).toEqual(expected);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('for points shows the scores that leads will have after they are published', async () => {
    const given = fc.tuple(
      fc.array(happening, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(given, async ([happenings, points, halfLife]) => {
        const leads = await live(happenings, { points: pointsOf(30, 10), criteria: from(50, 2) });
        const before = await statesOf(leads);
        const differences = z
          .array(scoreDifference)
          .parse(await everyPage(leads, 'POST /points/rehearsal', pointsOf(points, halfLife), scores));
        await leads.call('PUT /points', { headers, body: pointsOf(points, halfLife) });
        leads.move(5 * 86_400_000);
        for (const event of leads.events().filter((one) => ['SubmissionCreatedLead', 'LeadTouched'].includes(one.name)))
          await leads.again(event);
        const after = await statesOf(leads);
        for (const [id, was] of before) {
          const rehearsed = differences.find((one) => one.leadId === id)?.after.score ?? was.score?.score;
          expect(after.get(id)?.score?.score).toBe(rehearsed);
        }
      }),
      { numRuns: 15 },
    );
  });

  const two: readonly Happening[] = [
    { person: 1, hours: 1, country: 'DE', employees: 20, message: 'Please send a quote' },
    { person: 2, hours: 1, country: 'AT', employees: 20, message: 'Hello' },
  ];

  it('explains itself, saves nothing, and covers only the requested period', async () => {
    const leads = await live(two, { points: pointsOf(30, 10), criteria: from(50, 2) });
    const events = leads.events().length;
    const { items, examined, version } = scores.parse((await leads.call('POST /points/rehearsal', { body: pointsOf(70, 10) })).json);
    expect({ examined, version }).toEqual({ examined: 2, version: 1 });
    expect(items).toMatchObject([
      {
        before: { score: 50, grade: 'B', pointsVersion: 1 },
        after: { score: 90, grade: 'A' },
        explanation: [{ id: 'german', seen: 'country: DE', points: 70 }, { id: 'forms' }],
      },
    ]);
    const asked = await leads.call('POST /qualification/rehearsal', { body: from(10, 2) });
    expect(stages.parse(asked.json).items).toMatchObject([
      { before: { sql: null }, after: { sql: '2026-03-02T10:00:00.000Z' }, explanation: { stage: 'sql' } },
    ]);
    expect(leads.events()).toHaveLength(events);
    leads.move(31 * 86_400_000);
    expect((await leads.call('POST /points/rehearsal', { body: pointsOf(70, 10) })).json).toMatchObject({ examined: 0, items: [] });
  });

  it('shows marketing the rules but not what people said', async () => {
    const leads = await live(two, { points: pointsOf(30, 10), criteria: from(50, 2) });
    const points = await leads.call('POST /points/rehearsal', { role: 'marketing', body: pointsOf(70, 10) });
    expect(scores.parse(points.json).items[0]?.explanation).toMatchObject([{ id: 'german', seen: null, points: 70 }, { id: 'forms' }]);
    const criteria = await leads.call('POST /qualification/rehearsal', { role: 'marketing', body: from(10, 2) });
    expect(criteria.text).not.toContain('Please send');
    expect(stages.parse(criteria.json).items[0]?.explanation.intent).toMatchObject({
      answer: 'yes',
      reasons: [{ answer: 'yes', seen: null }],
    });
  });

  it('names leads for operations, and for marketing none', async () => {
    const leads = await live(two, { points: pointsOf(30, 10), criteria: from(50, 2) });
    const namesFor = async (role: 'operations' | 'marketing') => {
      const points = scores.parse((await leads.call('POST /points/rehearsal', { role, body: pointsOf(70, 10) })).json);
      const criteria = stages.parse((await leads.call('POST /qualification/rehearsal', { role, body: from(10, 2) })).json);
      return [...points.items, ...criteria.items].map(({ title }) => title);
    };
    expect(await namesFor('operations')).toEqual(['p1@x.example', 'p1@x.example']);
    expect(await namesFor('marketing')).toEqual([null, null]);
  });

  it('keeps marketing from asking what a lead says, but not from rules that are in force', async () => {
    const leads = await live(two, { points: pointsOf(30, 10), criteria: from(50, 2) });
    const isKim = { field: 'email', test: 'starts-with', value: 'p1' };
    const table = { ...pointsOf(70, 10), fit: [{ id: 'one-person', when: { not: isKim }, points: 5 }] };
    const asked = await leads.call('POST /points/rehearsal', { role: 'marketing', body: table });
    expect(asked).toMatchObject({ ...problem('field-confidential', 422), json: { field: 'fit[0].when', value: 'email' } });
    expect((await leads.call('POST /points/rehearsal', { body: table })).status).toBe(200);
    const criteria = { ...from(10, 2), mql: isKim };
    const refused = await leads.call('POST /qualification/rehearsal', { role: 'marketing', body: criteria });
    expect(refused).toMatchObject({ ...problem('field-confidential', 422), json: { field: 'mql', value: 'email' } });
    expect((await leads.call('POST /qualification/rehearsal', { role: 'marketing', body: from(10, 2) })).status).toBe(200);
  });

  it('is refused to reps, and for rules that could not be published', async () => {
    const leads = leadsInMemory();
    expect(await leads.call('POST /points/rehearsal', { body: {} })).toMatchObject(problem('rules-missing', 422));
    const wrong = { ...from(1, 1), sql: { fit: from(1, 1).sql.fit } };
    expect(await leads.call('POST /qualification/rehearsal', { body: wrong })).toMatchObject(problem('intent-missing', 422));
    expect((await leads.call('POST /points/rehearsal', { role: 'rep', body: pointsOf(1, 1) })).status).toBe(403);
    expect((await leads.call('POST /qualification/rehearsal', { role: 'rep', body: from(1, 1) })).status).toBe(403);
  });
});
