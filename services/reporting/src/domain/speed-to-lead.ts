import type { Countable } from './facts.ts';
import type { Facts, Measure, Question } from './kpi.ts';

type Answer = Extract<Countable, { kind: 'answer' }>;

/** Nearest rank: the smallest value that so much of all are not above. Null of nothing. */
const percentile = (values: readonly number[], part: number): number | null =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(part * values.length) - 1)] ?? null;

const inMinutes = (millis: number | null): number | null => (millis === null ? null : Math.round(millis / 600) / 100);

/** Working minutes to the answer that a part of all leads answered in the period did not exceed; of how many is the numerator. */
const speedOf = (answers: readonly Answer[], part: number, dimension: string): Measure => ({
  dimension,
  numerator: answers.length,
  denominator: null,
  value: inMinutes(
    percentile(
      answers.map((one) => one.waitedMillis),
      part,
    ),
  ),
  immature: false,
});

const groups = (answers: readonly Answer[], nameOf: (one: Answer) => string): readonly (readonly [string, readonly Answer[]])[] =>
  [...Map.groupBy(answers, nameOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** For every node; of the company also for each source and market. */
export const speedToLead =
  (part: number) =>
  (facts: Facts, { from, until, node }: Question): readonly Measure[] => {
    const answers = facts.of('answer', from, until);
    const all = speedOf(answers, part, '');
    if (node.level !== 'company') return [all];
    const bySource = groups(answers, (one) => `source ${one.sourceId}`);
    const byMarket = groups(answers, (one) => `market ${one.market ?? 'unknown'}`);
    return [all, ...[...bySource, ...byMarket].map(([name, some]) => speedOf(some, part, name))];
  };
