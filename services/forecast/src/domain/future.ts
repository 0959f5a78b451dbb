import { addDays, daysBetween, splitByLargestRemainder, type Day } from '@meilenstein/kernel';
import type { Arrivals, Cell, Facts } from './facts.ts';
import type { OrderValue } from './order-value.ts';
import { concerns, remainingDays, type Question } from './question.ts';
import { winChances, winProbability, type pooledOf } from './win-probability.ts';

/** How far back arrivals tell the pace, in days. */
const paceDays = 90;

/** Business that does not exist yet. `wins`: expected number; `mean`: whole minor units; `variance` of a compound Poisson sum. */
export type Future = { readonly wins: number; readonly mean: number; readonly variance: number };

export const firstDayOf = (arrivals: readonly Arrivals[]): Day | undefined =>
  arrivals
    .filter((one) => one.count > 0)
    .map((one) => one.day)
    .toSorted()[0];

type Share = Cell & { readonly count: number };

/** Arrivals on whole days of the last `paceDays`, by cell, in a fixed order. */
const recentShares = (arrivals: readonly Arrivals[], today: Day): readonly Share[] => {
  const recent = arrivals.filter((one) => one.count > 0 && one.day < today && one.day >= addDays(today, -paceDays));
  const groups = Map.groupBy(recent, (one) => `${one.teamId}\n${one.repId}`);
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) =>
      first === undefined
        ? []
        : [{ teamId: first.teamId, repId: first.repId, count: others.reduce((sum, one) => sum + one.count, first.count) }],
    );
};

/** Of all that arrives on the remaining days, how much is still won in time, per arrival a day; over processes by their arrivals. */
const conversion = (facts: Facts, pooled: ReturnType<typeof pooledOf>, days: number): number => {
  const beginnings = facts.flow.filter((flow) => flow.milestoneId === null && flow.entries > 0);
  const all = beginnings.reduce((sum, flow) => sum + flow.entries, 0);
  return beginnings.reduce((sum, { processId, entries }) => {
    const versions = facts.processes.filter((one) => one.processId === processId).toSorted((a, b) => b.version - a.version);
    const chances = winChances(versions[0] ?? { processId, version: 1, milestoneIds: [] }, facts.flow, pooled, days);
    const wins = Array.from({ length: days }, (_, day) => winProbability(chances, null, day + 1)).reduce((a, b) => a + b, 0);
    return sum + (entries / all) * wins;
  }, 0);
};

/**
 * Arrivals per day × what of them is won within the days that then remain × the mean order. The company's whole sum is split over the
 * cells by their share of the arrivals, so that reps, teams and company add up to the minor unit.
 */
export const futureOf = (facts: Facts, question: Question, value: OrderValue, pooled: ReturnType<typeof pooledOf>): Future => {
  const shares = recentShares(facts.arrivals, question.today);
  const arrived = shares.reduce((sum, one) => sum + one.count, 0);
  const firstDay = firstDayOf(facts.arrivals);
  if (arrived === 0 || firstDay === undefined) return { wins: 0, mean: 0, variance: 0 };
  const perDay = arrived / Math.min(paceDays, daysBetween(firstDay, question.today));
  const wins = perDay * conversion(facts, pooled, remainingDays(question));
  const parts = splitByLargestRemainder(
    Math.round(wins * value.mean),
    shares.map((one) => one.count),
  );
  const own = shares.map((one, index) => ({ ...one, part: parts[index] ?? 0 })).filter((one) => concerns(question, one));
  const ownWins = (wins * own.reduce((sum, one) => sum + one.count, 0)) / arrived;
  return { wins: ownWins, mean: own.reduce((sum, one) => sum + one.part, 0), variance: ownWins * value.secondMoment };
};
