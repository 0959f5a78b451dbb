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

const courseOf = (...events: readonly FlowEvent[]) =>
  historiesFromEvents(events)[0]?.dwells.map(({ milestone, since, until, exit }) =>
    `${milestone || '–'} ${since} ${until ?? '…'} ${exit ?? ''}`.trim(),
  );

describe('the history that events tell', () => {
  it('goes from milestone to milestone; one that was created with a milestone reaches it at once', () => {
    expect(courseOf(event(1, 'created', 'need', 5), event(4, 'milestone', 'offer'), event(9, 'won', '', 7))).toEqual([
      '– 1 1 >need',
      'need 1 4 >offer',
      'offer 4 9 won',
    ]);
  });

  it('stands at the furthest milestone: repeated, earlier and unheard-of ones tell nothing new', () => {
    const told = [event(1, 'created'), event(3, 'milestone', 'offer'), event(5, 'milestone', 'need'), event(6, 'milestone', 'offer')];
    expect(courseOf(...told, event(7, 'milestone', 'another'))).toEqual(['– 1 3 >offer', 'offer 3 …']);
  });

  it('puts what happened on one day into the order of the process', () => {
    expect(courseOf(event(2, 'won'), event(2, 'milestone', 'offer'), event(2, 'milestone', 'need'), event(2, 'created'))).toEqual([
      '– 2 2 >need',
      'need 2 2 >offer',
      'offer 2 2 won',
    ]);
  });

  it('is over once: what comes after the end changes nothing', () => {
    expect(courseOf(event(1, 'created'), event(2, 'lost'), event(3, 'won'), event(4, 'milestone', 'need'))).toEqual(['– 1 2 lost']);
  });

  it('takes the known amount for an order without one', () => {
    const [history] = historiesFromEvents([event(1, 'created', '', 500), event(2, 'milestone', 'need', 700), event(3, 'won')]);
    expect(history?.orders.map(({ minor, known }) => [minor, known])).toEqual([[700, 700]]);
  });

  it('is told as far as it is known where the beginning is missing', () => {
    expect(courseOf(event(8, 'milestone', 'trial'), event(9, 'lost'))).toEqual(['– 8 8 >trial', 'trial 8 9 lost']);
  });
});

describe('the order of milestones that nobody published', () => {
  const days = (entries: Readonly<Record<string, number>>) => new Map(Object.entries(entries));

  it('is the one in which opportunities reached them, skipped ones included', () => {
    expect(milestoneOrder([days({ a: 1, c: 5 }), days({ a: 2, b: 3 }), days({ b: 1, c: 2 })])).toEqual(['a', 'b', 'c']);
  });

  it('follows the many where a few went another way', () => {
    expect(milestoneOrder([days({ a: 1, b: 2 }), days({ a: 1, b: 2 }), days({ b: 1, a: 2 })])).toEqual(['a', 'b']);
  });

  it('puts those first that more reach, where all happens on one day', () => {
    expect(milestoneOrder([days({ z: 1, a: 1 }), days({ z: 4 })])).toEqual(['z', 'a']);
  });
});
