// Arbitrary flow events, for the properties of the engine.
import fc from 'fast-check';
import type { FlowEvent } from '../counts/flow-events.ts';
import { milestones } from './example-input.ts';

/** The first day on which anything happens, a Friday in 2026. */
export const firstDay = 20_454;

const sellers = [
  { owner: 'anna', team: 'north' },
  { owner: 'ben', team: 'north' },
  { owner: 'cora', team: 'south' },
  { owner: '', team: '' },
] as const;

const opportunity = fc.record({
  seller: fc.constantFrom(...sellers),
  segment: fc.constantFrom('large', 'small', ''),
  began: fc.nat({ max: 300 }),
  known: fc.option(fc.integer({ min: 1, max: 5_000_000_000 }), { freq: 5 }),
  steps: fc.array(fc.record({ after: fc.nat({ max: 60 }), milestone: fc.constantFrom(...milestones) }), { maxLength: 5 }),
  end: fc.option(
    fc.record({ after: fc.nat({ max: 80 }), kind: fc.constantFrom('won', 'lost'), minor: fc.option(fc.nat({ max: 5_000_000_000 })) }),
  ),
});

/** Events of some dozens of opportunities over a year: milestones skipped, repeated and out of order, amounts and owners missing. */
export const someEvents: fc.Arbitrary<readonly FlowEvent[]> = fc.array(opportunity, { minLength: 1, maxLength: 60 }).map((all) =>
  all.flatMap(({ seller, segment, began, known, steps, end }, n): readonly FlowEvent[] => {
    const who = { opportunityId: `o${n}`, owner: seller.owner, team: seller.team, segment };
    let day = firstDay + began;
    const created: FlowEvent = { ...who, day, kind: 'created', milestone: '', minor: known };
    const reached = steps.map(({ after, milestone }): FlowEvent => {
      day += after;
      return { ...who, day, kind: 'milestone', milestone, minor: null };
    });
    const ended: readonly FlowEvent[] =
      end === null ? [] : [{ ...who, day: day + end.after, kind: end.kind, milestone: '', minor: end.minor }];
    return [created, ...reached, ...ended];
  }),
);
