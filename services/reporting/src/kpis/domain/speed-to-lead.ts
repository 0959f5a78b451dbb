import type { ReportFact } from '../../facts/domain/report-fact.ts';
import type { NodeFacts, Measure, MeasureContext } from './kpi.ts';

type Answer = Extract<ReportFact, { kind: 'answer' }>;

/** The percentile by nearest rank; null for an empty list. */
const percentile = (values: readonly number[], part: number): number | null =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(part * values.length) - 1)] ?? null;

const inMinutes = (millis: number | null): number | null => (millis === null ? null : Math.round(millis / 600) / 100);

/** The working minutes to the answer that a share of the answered leads did not exceed; the numerator is the number of leads. */
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

/** The speed to lead of a node; for the company also by source and market. */
export const speedToLead =
  (part: number) =>
  (facts: NodeFacts, { from, until, node }: MeasureContext): readonly Measure[] => {
    const answers = facts.of('answer', from, until);
    const all = speedOf(answers, part, '');
    if (node.level !== 'company') return [all];
    const bySource = groups(answers, (one) => `source ${one.sourceId}`);
    const byMarket = groups(answers, (one) => `market ${one.market ?? 'unknown'}`);
    return [all, ...[...bySource, ...byMarket].map(([name, some]) => speedOf(some, part, name))];
  };
