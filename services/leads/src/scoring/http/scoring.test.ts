import { leadDetail } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const dayMillis = 86_400_000;
const problem = (code: string, status: number) => ({ status, json: { type: `urn:meilenstein:problem:${code}`, status } });
const fit = [
  { id: 'german', when: { field: 'country', test: 'equals', value: 'DE' }, points: 30 },
  { id: 'fifty-people', when: { field: 'employees', test: 'at-least', value: 50 }, points: 20 },
];
const engagement = [{ id: 'forms', when: { field: 'kind', test: 'equals', value: 'form' }, points: 20, halfLifeDays: 10, atMost: 50 }];
const put = (leads: LeadsInMemory, body: unknown, match = '0') => leads.call('PUT /points', { body, headers: { 'if-match': match } });

const ids = z.object({ items: z.array(z.looseObject({ leadId: z.string(), score: z.int().nullable(), grade: z.string().nullable() })) });
const listed = async (leads: LeadsInMemory) => ids.parse((await leads.call('GET /leads')).json).items;
const see = async (leads: LeadsInMemory, index = 0) => {
  const leadId = (await listed(leads))[index]?.leadId ?? '';
  return leadDetail.parse((await leads.call('GET /leads/{leadId}', { path: { leadId } })).json);
};

/** A service with a table of points and one lead from Germany with 12 employees. */
const withLead = async () => {
  const leads = leadsInMemory();
  await leads.hire('ann');
  await put(leads, { fit, engagement });
  const source = await leads.register('standard-webhooks');
  const send = async (id: string, more: Record<string, string> = {}): Promise<void> => {
    await leads.deliver(source, id, { email: 'ada@mills.example', country: 'Deutschland', employees: '12', ...more });
    await leads.settle();
  };
  await send('first');
  return { leads, source, send };
};

describe('the points of a lead', () => {
  it('come from predicates and are explained in words that a rep understands', async () => {
    const { leads } = await withLead();
    const { score, grade, scoring } = await see(leads);
    expect({ score, grade }).toEqual({ score: 50, grade: 'B' });
    expect(scoring).toEqual({
      score: 50,
      grade: 'B',
      summary: '50 of 100 points, grade B: 30 for who the person is and 20 for what the person did',
      fit: 30,
      engagement: 20,
      pointsVersion: 1,
      rules: [
        { id: 'german', kind: 'fit', rule: 'country is “DE”', seen: 'country: DE', points: 30, worth: 30, decay: null },
        {
          id: 'fifty-people',
          kind: 'fit',
          rule: 'number of employees is at least 50',
          seen: 'number of employees: 12',
          points: 0,
          worth: 20,
          decay: null,
        },
        {
          id: 'forms',
          kind: 'engagement',
          rule: 'sent a form',
          seen: 'once, on 2 March 2026',
          points: 20,
          worth: 20,
          decay: 'loses half of its points every 10 days; at most 50 points in all',
        },
      ],
    });
  });

  it('decay while nothing happens, without any write', async () => {
    const { leads } = await withLead();
    const written = leads.events().length;
    const scores = [];
    for (const days of [0, 10, 10, 80]) {
      leads.move(days * dayMillis);
      scores.push((await listed(leads)).map((one) => [one.score, one.grade])[0]);
    }
    expect(scores).toEqual([
      [50, 'B'],
      [40, 'C'],
      [35, 'C'],
      [30, 'C'],
    ]);
    expect(leads.events()).toHaveLength(written);
  });

  it('rise with another touchpoint and follow its content', async () => {
    const { leads, send } = await withLead();
    await send('second', { employees: '51-200' });
    expect(await see(leads)).toMatchObject({ score: 90, grade: 'A', scoring: { fit: 50, engagement: 40 } });
    const said = leads
      .events()
      .filter((event) => event.name === 'LeadScored')
      .map((event) => event.data);
    expect(said).toMatchObject([
      { score: 50, grade: 'B' },
      { score: 90, grade: 'A', rules: ['german', 'fifty-people', 'forms'] },
    ]);
  });

  it('are emitted once, however often and late a touchpoint is delivered', async () => {
    const { leads, send } = await withLead();
    await send('second');
    const said = leads.events().length;
    leads.move(3 * dayMillis);
    const told = leads.events().filter((event) => ['SubmissionCreatedLead', 'LeadTouched'].includes(event.name));
    for (const event of [...told, ...told]) await leads.again(event);
    expect(leads.events()).toHaveLength(said);
  });

  it('stay those of the table version that scored the lead until something happens to it', async () => {
    const { leads, send } = await withLead();
    expect(await put(leads, { fit: [{ ...fit[0], points: 80 }], engagement: [] }, '1')).toMatchObject({ status: 200 });
    expect((await see(leads)).scoring).toMatchObject({ score: 50, pointsVersion: 1 });
    await send('second');
    expect((await see(leads)).scoring).toMatchObject({ score: 80, grade: 'A', pointsVersion: 2 });
  });

  it('from a table older than predicates are unchanged and explained as well', async () => {
    const leads = leadsInMemory();
    const rules = [{ id: 'business-mail', field: 'email', test: 'business-domain', points: 40 }];
    expect(await put(leads, { rules })).toMatchObject({ status: 200, json: { version: 1, rules, fit: [{ id: 'business-mail' }] } });
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'one', { email: 'ada@mills.example' });
    await leads.settle();
    expect(await see(leads)).toMatchObject({
      score: 40,
      grade: 'C',
      scoring: { rules: [{ id: 'business-mail', seen: 'e-mail address of a company: yes' }] },
    });
  });

  it('keep their figures but no personal values when the person is erased', async () => {
    const { leads } = await withLead();
    const { leadId } = await see(leads);
    await leads.call('DELETE /leads/{leadId}', { path: { leadId } });
    await leads.settle();
    leads.move(30 * dayMillis);
    const detail = leadDetail.parse((await leads.call('GET /leads/{leadId}', { path: { leadId } })).json);
    expect(detail).toMatchObject({ status: 'erased', score: 50, grade: 'B', scoring: null, segments: [] });
  });
});

describe('a table of points', () => {
  it.each([
    ['rules of both kinds', { rules: [], fit }, 'mixed-rules'],
    ['no rules', {}, 'rules-missing'],
    ['an id twice', { fit: [...fit, ...fit], engagement: [] }, 'duplicate-rule'],
    ['a rule that gives nothing', { fit: [{ ...fit[0], points: 0 }] }, 'rule-without-points'],
    ['grades that overlap', { fit, grades: { a: 50, b: 60, c: 10 } }, 'grades-out-of-order'],
    ['an unknown field', { fit: [{ ...fit[0], when: { field: 'contry', test: 'present' } }] }, 'field-not-found'],
    ['a test that does not fit', { fit: [{ ...fit[0], when: { field: 'country', test: 'at-least', value: 3 } }] }, 'test-not-applicable'],
    ['a value that does not fit', { fit: [{ ...fit[0], when: { field: 'employees', test: 'equals', value: 'x' } }] }, 'value-invalid'],
  ])('is refused with %s', async (_what, body, code) => {
    expect(await put(leadsInMemory(), body)).toMatchObject(problem(code, 422));
  });

  it('is refused with the place of an invalid predicate', async () => {
    const answer = await put(leadsInMemory(), { fit: [{ ...fit[0], when: { field: 'a', test: 'matches', value: '(a+)+' } }] });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('fit.0.when');
  });
});
