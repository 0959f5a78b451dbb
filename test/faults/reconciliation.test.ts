import { leadDetail, personFields, type SurvivorshipRules } from '@meilenstein/contracts';
import { leadsInMemory, recordOf, type LeadsInMemory } from '@meilenstein/leads/testing/leads-in-memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { burst } from './burst.ts';
import { seededWorld } from './seeded-world.ts';
import { noTableTrouble, troubledTable } from './troubled-table.ts';

describe('a burst with any interleaving, repetition, disorder and crash', () => {
  it('ends with a balanced reconciliation and one lead for each person', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ seed: fc.nat(), submissions: fc.integer({ min: 1, max: 60 }), people: fc.integer({ min: 1, max: 12 }) }),
        async (order) => {
          const { faults, acknowledged } = await burst(order);
          expect(faults).toEqual([]);
          expect(acknowledged).toBe(order.submissions);
        },
      ),
      // A smaller seed is not a simpler one.
      { numRuns: 40, endOnFailure: true },
    );
  }, 60_000);
});

const said = fc.record(
  {
    email: fc.constantFrom('ada@mills.example', ' ADA@Mills.example ', 'Ada@MILLS.example'),
    phone: fc.constantFrom('030 1234567', '+49 30 1234567', '0049 (30) 123 45 67'),
    name: fc.constantFrom('Ada', 'Ada Byron', 'A. Byron', 'Augusta Ada Byron'),
    message: fc.constantFrom('Hello', 'Please call me', 'I asked before'),
    country: fc.constantFrom('Germany', 'DE'),
  },
  { requiredKeys: [] },
);
/** Submissions of one person; the first names both keys, so that nothing is left to guess. */
const ofOnePerson = fc
  .tuple(
    said.map((one) => ({ ...one, email: 'ada@mills.example', phone: '+49 30 1234567' })),
    fc.array(
      said.filter((one) => 'email' in one || 'phone' in one),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([first, others]) => [first, ...others]);

const rules = ['first', 'last', 'most-complete'] as const;
const every = (rule: (typeof rules)[number]): SurvivorshipRules => ({
  email: rule,
  name: rule,
  phone: rule,
  company: rule,
  country: rule,
  employees: rule,
  message: rule,
  custom: rule,
});

const page = z.object({ items: z.array(z.looseObject({ leadId: z.string(), person: personFields })) });

/** What the leads show under each rule. */
const shown = async (leads: LeadsInMemory) => {
  const under: unknown[] = [];
  for (const [version, rule] of rules.entries()) {
    await leads.call('PUT /survivorship', { body: every(rule), headers: { 'if-match': String(version) } });
    const { items } = page.parse((await leads.call('GET /leads')).json);
    for (const { leadId } of items) {
      const { person, provenance } = leadDetail.parse((await leads.call('GET /leads/{leadId}', { path: { leadId } })).json);
      under.push({ rule, person, provenance });
    }
  }
  return under;
};

/** The submissions are stored in their order, and read in another one: one after the other, or all at once as a seed decides. */
const leadsAfter = async (submissions: readonly unknown[], order: readonly number[], seed: number | undefined) => {
  const world = seededWorld(seed ?? 0);
  const leads = leadsInMemory('2026-03-02T09:00:00.000Z', {
    ...(seed === undefined ? {} : { around: (table) => troubledTable(table, world, () => noTableTrouble) }),
    delay: world.turn,
    random: world.random,
    tries: 100,
  });
  await leads.hire('ann', 'bob');
  const source = await leads.register('standard-webhooks', { country: 'DE' });
  for (const [n, body] of submissions.entries()) {
    leads.move(1000);
    await leads.deliver(source, `msg_${n}`, body);
  }
  const stored = leads.events().filter((event) => event.name === 'SubmissionStored');
  const read = async (n: number): Promise<void> => {
    while ((await leads.read({ Records: [recordOf(stored[n], String(n))] })).batchItemFailures.length > 0);
  };
  if (seed === undefined) for (const n of order) await read(n);
  else await Promise.all(order.map(read));
  return shown(leads);
};

describe('the same submissions of one person', () => {
  it('give the same lead in any order, with the same values from the same submissions under each survivorship rule', async () => {
    await fc.assert(
      fc.asyncProperty(
        ofOnePerson.chain((submissions) => {
          const twice = [...submissions.keys(), ...submissions.keys()];
          const order = fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length });
          return fc.record({ submissions: fc.constant(submissions), order, seed: fc.option(fc.nat(), { nil: undefined }) });
        }),
        async ({ submissions, order, seed }) => {
          const inOrder = await leadsAfter(submissions, [...submissions.keys()], undefined);
          expect(inOrder).toHaveLength(rules.length);
          expect(await leadsAfter(submissions, order, seed)).toEqual(inOrder);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});
