import { describe, expect, it } from 'vitest';
import { historiesFromEvents } from '../testing/example-input.ts';
import type { FlowEvent } from './flow-events.ts';
import { milestoneOrder } from '../input/milestone-order.ts';

const event = (day: number, kind: FlowEvent['kind'], milestone = '', minor: number | null = null): FlowEvent => ({
  opportunityId: 'o',
  day,
  kind,
  milestone,
  minor,
  owner: 'anna',
  team: 'north',
  segment: 'large',
});

const dwellsOf = (...events: readonly FlowEvent[]) =>
  historiesFromEvents(events)[0]?.dwells.map(({ milestone, since, until, exit }) =>
    `${milestone || '–'} ${since} ${until ?? '…'} ${exit ?? ''}`.trim(),
  );

describe('the history made from flow events', () => {
  it('moves from milestone to milestone and starts at the milestone that the creation names', () => {
    expect(dwellsOf(event(1, 'created', 'need', 5), event(4, 'milestone', 'offer'), event(9, 'won', '', 7))).toEqual([
      '– 1 1 >need',
      'need 1 4 >offer',
      'offer 4 9 won',
    ]);
  });

  it('stays at the furthest milestone when a repeated, earlier or unknown one is reported', () => {
    const reported = [event(1, 'created'), event(3, 'milestone', 'offer'), event(5, 'milestone', 'need'), event(6, 'milestone', 'offer')];
    expect(dwellsOf(...reported, event(7, 'milestone', 'another'))).toEqual(['– 1 3 >offer', 'offer 3 …']);
  });

  it('orders the events of one day as the process does', () => {
    expect(dwellsOf(event(2, 'won'), event(2, 'milestone', 'offer'), event(2, 'milestone', 'need'), event(2, 'created'))).toEqual([
      '– 2 2 >need',
      'need 2 2 >offer',
      'offer 2 2 won',
    ]);
  });

  it('ignores events after the end', () => {
    expect(dwellsOf(event(1, 'created'), event(2, 'lost'), event(3, 'won'), event(4, 'milestone', 'need'))).toEqual(['– 1 2 lost']);
  });

  it('uses the known amount for an order without an amount', () => {
    const [history] = historiesFromEvents([event(1, 'created', '', 500), event(2, 'milestone', 'need', 700), event(3, 'won')]);
    expect(history?.orders.map(({ minor, known }) => [minor, known])).toEqual([[700, 700]]);
  });

  it('begins with the first known event when the creation is missing', () => {
    expect(dwellsOf(event(8, 'milestone', 'trial'), event(9, 'lost'))).toEqual(['– 8 8 >trial', 'trial 8 9 lost']);
  });
});

describe('the order of unpublished milestones', () => {
  const days = (entries: Readonly<Record<string, number>>) => new Map(Object.entries(entries));

  it('is the order in which opportunities reached them, even if some were skipped', () => {
    expect(milestoneOrder([days({ a: 1, c: 5 }), days({ a: 2, b: 3 }), days({ b: 1, c: 2 })])).toEqual(['a', 'b', 'c']);
  });

  it('follows the majority', () => {
    expect(milestoneOrder([days({ a: 1, b: 2 }), days({ a: 1, b: 2 }), days({ b: 1, a: 2 })])).toEqual(['a', 'b']);
  });

  it('puts the more frequent milestone first when both are reached on the same day', () => {
    expect(milestoneOrder([days({ z: 1, a: 1 }), days({ z: 4 })])).toEqual(['z', 'a']);
  });
});
