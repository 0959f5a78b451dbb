import type { MilestoneState } from './course.ts';
import type { Facts, OpenOpportunity } from './facts.ts';
import type { OrderValue } from './order-value.ts';
import { concerns, remainingDays, type Question } from './question.ts';
import { winChances, winProbability, type Chances, type pooledOf } from './win-probability.ts';

export type AtMilestone = {
  readonly processId: string;
  readonly milestoneId: MilestoneState;
  readonly opportunities: number;
  readonly withoutAmount: number;
  readonly expected: number;
};

/** Open opportunities: `total` in whole minor units, and the moments for the interval. */
export type Existing = {
  readonly total: number;
  readonly byMilestone: readonly AtMilestone[];
  readonly variance: number;
  /** -log of the chance that none of them is won */
  readonly intensity: number;
};

type Rated = OpenOpportunity & { readonly probability: number; readonly expected: number; readonly variance: number };

const rate = (one: OpenOpportunity, probability: number, value: OrderValue): Rated => {
  const worth = one.value ?? value.mean;
  const uncertain = one.value === null ? value.variance : 0;
  return {
    ...one,
    probability,
    // each is rounded by itself, so that any grouping of them adds up
    expected: Math.round(probability * worth),
    variance: probability * (1 - probability) * worth ** 2 + probability * uncertain,
  };
};

const groupKey = (one: OpenOpportunity): string => `${one.processId}\n${one.milestoneId ?? ''}`;

const byMilestone = (rated: readonly Rated[]): readonly AtMilestone[] =>
  [...Map.groupBy(rated, groupKey).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) =>
      group.slice(0, 1).map(({ processId, milestoneId }) => ({
        processId,
        milestoneId,
        opportunities: group.length,
        withoutAmount: group.filter((one) => one.value === null).length,
        expected: group.reduce((sum, one) => sum + one.expected, 0),
      })),
    );

/** What the open opportunities of the node will bring within the window, from the furthest milestone of each. */
export const existingOf = (facts: Facts, question: Question, value: OrderValue, pooled: ReturnType<typeof pooledOf>): Existing => {
  const days = remainingDays(question);
  const known = new Map<string, Chances>();
  const chancesOf = ({ processId, processVersion }: OpenOpportunity): Chances => {
    const key = `${processId}\n${processVersion}`;
    const process = facts.processes.find((one) => one.processId === processId && one.version === processVersion);
    const chances =
      known.get(key) ?? winChances(process ?? { processId, version: processVersion, milestoneIds: [] }, facts.flow, pooled, days);
    known.set(key, chances);
    return chances;
  };
  const rated = facts.open
    .filter((one) => concerns(question, one))
    .map((one) => rate(one, winProbability(chancesOf(one), one.milestoneId, days), value));
  return {
    total: rated.reduce((sum, one) => sum + one.expected, 0),
    byMilestone: byMilestone(rated),
    variance: rated.reduce((sum, one) => sum + one.variance, 0),
    intensity: rated.reduce((sum, one) => sum - Math.log1p(-one.probability), 0),
  };
};
