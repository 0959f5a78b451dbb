// Simple forecasts that need no engine: the figures to beat.
import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';
import { firstDayOf, monthOf } from '@meilenstein/forecasting/input/months';

type Series = { readonly days: number[]; readonly sums: number[]; readonly amounts: number[] };

export type Outcomes = {
  /** won at a node on the days [from, until) */
  readonly won: (level: string, key: string, from: number, until: number) => number;
  readonly amounts: (level: string, key: string, from: number, until: number) => readonly number[];
  readonly firstOrder: number;
};

const firstAtOrAfter = (days: readonly number[], day: number): number => {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The nodes that an order counts for. */
const nodesOf = (event: FlowEvent): readonly (readonly [level: string, key: string])[] => [
  ['total', 'total'],
  ['team', event.team],
  ['owner', event.owner],
  ['segment', event.segment],
];

/** The orders of a file by node: the first order of each opportunity, with the last known amount if it has none. */
export const outcomesOf = (events: readonly FlowEvent[]): Outcomes => {
  const series = new Map<string, Series>();
  const known = new Map<string, number>();
  const over = new Set<string>();
  const inOrder = events.toSorted((a, b) => a.day - b.day || (a.kind === 'won' ? 1 : 0) - (b.kind === 'won' ? 1 : 0));
  for (const event of inOrder) {
    if (over.has(event.opportunityId)) continue;
    if (event.kind === 'won' || event.kind === 'lost') over.add(event.opportunityId);
    else if (event.minor !== null) known.set(event.opportunityId, event.minor);
    if (event.kind !== 'won') continue;
    const amount = event.minor ?? known.get(event.opportunityId) ?? 0;
    for (const node of nodesOf(event)) {
      const own = series.get(node.join('\n')) ?? { days: [], sums: [0], amounts: [] };
      series.set(node.join('\n'), own);
      own.days.push(event.day);
      own.amounts.push(amount);
      own.sums.push((own.sums.at(-1) ?? 0) + amount);
    }
  }
  const slice = (level: string, key: string, from: number, until: number) => {
    const own = series.get(`${level}\n${key}`);
    return { own, start: firstAtOrAfter(own?.days ?? [], from), end: firstAtOrAfter(own?.days ?? [], until) };
  };
  return {
    won: (level, key, from, until) => {
      const { own, start, end } = slice(level, key, from, until);
      return (own?.sums[end] ?? 0) - (own?.sums[start] ?? 0);
    },
    amounts: (level, key, from, until) => {
      const { own, start, end } = slice(level, key, from, until);
      return own?.amounts.slice(start, end) ?? [];
    },
    firstOrder: series.get('total\ntotal')?.days[0] ?? Number.POSITIVE_INFINITY,
  };
};

/** A forecast that the baselines make as well. */
export type BaselineQuestion = {
  readonly level: string;
  readonly key: string;
  readonly kind: string;
  readonly from: number;
  readonly until: number;
};

const back = ({ kind, from, until }: BaselineQuestion, months: number, weeks: number): readonly [number, number] =>
  kind.endsWith('m')
    ? [firstDayOf(monthOf(from) - months), firstDayOf(monthOf(from) - months + (monthOf(until) - monthOf(from)))]
    : [from - 7 * weeks, until - 7 * weeks];

/** Baselines that use only orders before the window's start. Undefined without enough history. */
export const baselines: Readonly<Record<string, (question: BaselineQuestion, outcomes: Outcomes) => number | undefined>> = {
  last: (question, outcomes) => {
    const length = question.until - question.from;
    const [from] = question.kind.endsWith('m')
      ? back(question, monthOf(question.until) - monthOf(question.from), 0)
      : [question.from - length];
    return from < outcomes.firstOrder - length ? undefined : outcomes.won(question.level, question.key, from, question.from);
  },
  'run-rate': (question, outcomes) => {
    const length = question.until - question.from;
    const days = Math.min(6 * length, question.from - outcomes.firstOrder);
    return days <= 0 ? undefined : (outcomes.won(question.level, question.key, question.from - days, question.from) * length) / days;
  },
  'quarter ago': (question, outcomes) => seasonal(question, outcomes, back(question, 3, 13)),
  'year ago': (question, outcomes) => seasonal(question, outcomes, back(question, 12, 52)),
};

const seasonal = ({ level, key, from: origin }: BaselineQuestion, outcomes: Outcomes, [from, until]: readonly [number, number]) =>
  from < outcomes.firstOrder || until > origin ? undefined : outcomes.won(level, key, from, until);
