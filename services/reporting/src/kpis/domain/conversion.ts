import { addDays, addMillis, type Instant } from '@meilenstein/kernel';
import { ratio, type NodeFacts, type Measure, type MeasureContext } from './kpi.ts';

const dayMillis = 86_400_000;

/** A lead or opportunity that entered a step, and since when it is known in the next step. */
export type Entry = {
  readonly recordedAt: Instant;
  readonly next: Instant | null;
  /** when it was subtracted by a merge (-1) or restored (1); in the order of the decisions */
  readonly merges: readonly { readonly recordedAt: Instant; readonly by: 1 | -1 }[];
  readonly sourceId: string | null;
  /** undefined where the market is not recorded */
  readonly market?: string | null;
};

export type Step = {
  /** the time that each entry has; every entry is evaluated once, at the end of its own time */
  readonly horizonDays: number;
  /** by source and market too, for the company */
  readonly isSplit: boolean;
  readonly entriesOf: (
    facts: NodeFacts,
    question: MeasureContext,
    span: { readonly from: Instant; readonly until: Instant },
  ) => readonly Entry[];
};

const conversionOf = (entries: readonly Entry[], horizonDays: number, dimension: string): Measure => {
  const isBy = (at: Instant | null, entry: Entry): boolean => at !== null && at < addMillis(entry.recordedAt, horizonDays * dayMillis);
  const counted = entries.filter((entry) => entry.merges.findLast((merge) => isBy(merge.recordedAt, entry))?.by !== -1);
  return ratio(counted.filter((entry) => isBy(entry.next, entry)).length, counted.length, dimension);
};

const groups = (entries: readonly Entry[]): readonly (readonly [string, readonly Entry[]])[] => {
  const bySource = Map.groupBy(entries, (one) => `source ${one.sourceId ?? 'unknown'}`);
  const byMarket = Map.groupBy(
    entries.filter((one) => one.market !== undefined),
    (one) => `market ${one.market ?? 'unknown'}`,
  );
  return [...bySource, ...byMarket].toSorted(([a], [b]) => (a < b ? -1 : 1));
};

/** The conversion of the cohort whose horizon has just ended, and the youngest cohort, marked as immature. */
export const conversion =
  ({ horizonDays, isSplit, entriesOf }: Step) =>
  (facts: NodeFacts, question: MeasureContext): readonly Measure[] => {
    const { period, from, until, node } = question;
    const back = -horizonDays * dayMillis;
    const mature = entriesOf(facts, question, { from: addMillis(from, back), until: addMillis(until, back) });
    const young = entriesOf(facts, question, { from, until });
    const name = `cohort from ${addDays(period.from, -horizonDays)}`;
    const split = isSplit && node.level === 'company' ? groups(mature) : [];
    return [
      conversionOf(mature, horizonDays, name),
      ...split.map(([group, entries]) => conversionOf(entries, horizonDays, `${group}, ${name}`)),
      { ...conversionOf(young, horizonDays, `cohort from ${period.from}`), value: null, immature: true },
    ];
  };
