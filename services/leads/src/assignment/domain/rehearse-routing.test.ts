import { routingRules } from '@meilenstein/contracts';
import { addMillis, leadId, type Facts } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rehearseRouting, type PastLead } from './rehearse-routing.ts';
import { noRoutingState, routeLead, type RoutingSetup } from './route-lead.ts';
import { exampleSetup, monday, withProfiles } from '../../testing/routing-example.ts';

const minute = 60_000;
const past = (index: number, facts: Facts, changes: Partial<PastLead> = {}): PastLead => ({
  leadId: leadId.parse(`lead-${index}`),
  at: addMillis(monday, index * minute),
  facts,
  accountOwner: null,
  endedAt: null,
  ...changes,
});
const facts = fc.record({ country: fc.constantFrom('DE', 'AT', 'FR', null), employees: fc.option(fc.integer({ min: 1, max: 900 })) });
const leads = fc
  .array(fc.tuple(facts, fc.option(fc.nat(90))), { maxLength: 40 })
  .map((list) =>
    list.map(([about, minutes], index) =>
      past(index, about, { endedAt: minutes === null ? null : addMillis(monday, (index + minutes) * minute) }),
    ),
  );

describe('rehearseRouting', () => {
  const everybody: RoutingSetup = {
    ...withProfiles({ repId: 'eve', weight: 3 }, { repId: 'ann', capacity: 2 }),
    version: 2,
    document: routingRules.parse({
      rules: [{ id: 'all', name: 'All', when: { field: 'country', test: 'present' }, to: {} }],
      queue: { queueId: 'inbox', minutes: 60 },
    }),
  };

  it('says who would have received which lead, and how many each rep', () => {
    const given = [past(0, { country: 'FR' }), past(1, { country: 'AT' })];
    const { changed, active, candidate } = rehearseRouting({ active: exampleSetup, candidate: everybody }, noRoutingState, given);
    expect(changed).toHaveLength(2);
    expect(active).toEqual({ 'queue inbox': 2 });
    expect(Object.values(candidate).reduce((sum, one) => sum + one, 0)).toBe(2);
  });

  it('frees the capacity of leads that have ended', () => {
    const only = {
      ...everybody,
      ...withProfiles(...['bob', 'cem', 'dee', 'eve'].map((repId) => ({ repId, capacity: 0 })), { repId: 'ann', capacity: 1 }),
      document: everybody.document,
    };
    const given = [
      past(0, { country: 'DE' }, { endedAt: addMillis(monday, 3 * minute) }),
      ...[1, 2, 3, 4].map((index) => past(index, { country: 'DE' })),
    ];
    expect(rehearseRouting({ active: only, candidate: only }, noRoutingState, given).active).toEqual({ ann: 2, 'queue inbox': 3 });
  });

  it('predicts what happens once the version is active and the same leads come again', () => {
    fc.assert(
      fc.property(leads, (given) => {
        const rehearsal = rehearseRouting({ active: exampleSetup, candidate: everybody }, noRoutingState, given);
        let state = noRoutingState;
        const ends: { at: string; repId: string }[] = [];
        const reality = given.map((lead) => {
          const over = ends.filter((one) => one.at <= lead.at);
          ends.splice(0, ends.length, ...ends.filter((one) => one.at > lead.at));
          const openLeads = over.reduce((open, { repId }) => ({ ...open, [repId]: (open[repId] ?? 0) - 1 }), state.openLeads);
          const { routing, after } = routeLead(everybody, { ...state, openLeads }, lead, lead.at);
          state = after;
          if (routing.to.kind === 'rep' && lead.endedAt !== null) ends.push({ at: lead.endedAt, repId: routing.to.repId });
          return routing;
        });
        for (const { leadId: id, candidate } of rehearsal.changed) expect(reality.find((one) => one.leadId === id)).toEqual(candidate);
        const got = Object.entries(rehearsal.candidate).filter(([name]) => !name.startsWith('queue'));
        for (const [repId, count] of got)
          expect(reality.filter((one) => one.to.kind === 'rep' && one.to.repId === repId)).toHaveLength(count);
      }),
      { numRuns: 60 },
    );
  });
});
