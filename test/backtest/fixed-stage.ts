// The rule of most products: a fixed probability for each stage times the amount, in the month of an expected closing date.
import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';
import type { Situation } from '@meilenstein/forecasting/input/situation';
import type { Cell } from '@meilenstein/forecasting/input/history';
import type { BaselineQuestion } from './baselines.ts';

const keysOf = (cell: Cell | undefined): readonly string[] => [
  'total\ntotal',
  `team\n${cell?.teamId ?? ''}`,
  `owner\n${cell?.ownerId ?? ''}`,
  `segment\n${cell?.segment ?? ''}`,
];

/** The mean number of days from arrival to order, over the orders before a day. */
const meanCycle = (events: readonly FlowEvent[]): ((before: number) => number) => {
  const arrived = new Map<string, number>();
  for (const { opportunityId, day } of events) arrived.set(opportunityId, Math.min(arrived.get(opportunityId) ?? day, day));
  const cycles = events
    .filter((event) => event.kind === 'won')
    .map((event) => ({ day: event.day, days: event.day - (arrived.get(event.opportunityId) ?? event.day) }))
    .toSorted((a, b) => a.day - b.day);
  let [next, sum] = [0, 0];
  return (before) => {
    for (; next < cycles.length && (cycles[next]?.day ?? 0) < before; next += 1) sum += cycles[next]?.days ?? 0;
    return sum / next;
  };
};

/**
 * The stage-weighted pipeline. Stages are equally spaced between 0 and 1; an opportunity is expected to close one mean cycle after its arrival,
 * or at once if that day has passed. Origins must be asked for in ascending order.
 */
export const fixedStage = (events: readonly FlowEvent[]) => {
  const cycleBefore = meanCycle(events);
  let sums = new Map<string, ReadonlyMap<string, number>>();
  const sumsUntil = ({ open, cells, today, processes }: Situation, until: number): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    const cycle = cycleBefore(today);
    const stages = processes[0]?.counts.milestones.length ?? 1;
    for (let i = 0; i < open.length; i += 1) {
      const known = open.known[i] ?? Number.NaN;
      if (Number.isNaN(known) || !(Math.max(today, (open.arrived[i] ?? 0) + cycle) < until)) continue;
      for (const key of keysOf(cells[open.cell[i] ?? 0]))
        found.set(key, (found.get(key) ?? 0) + (known * (open.milestone[i] ?? 0)) / stages);
    }
    return found;
  };
  let day = Number.NaN;
  return ({ kind, until, level, key }: BaselineQuestion, situation: Situation): number => {
    if (situation.today !== day) sums = new Map();
    day = situation.today;
    const known = sums.get(kind) ?? sumsUntil(situation, until);
    sums.set(kind, known);
    return known.get(`${level}\n${key}`) ?? 0;
  };
};
