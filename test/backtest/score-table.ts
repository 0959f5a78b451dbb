import { floorOf, scoresOf, wapeOf } from '@meilenstein/forecasting/learning/scores';
import type { BaselineQuestion, Outcomes } from './baselines.ts';
import { baselines } from './baselines.ts';

/** A forecast in minor units, and the figure of the fixed-stage rule. */
export type ScoredForecast = BaselineQuestion & {
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly fixedStage: number;
  /** absent where no estimates were repEstimates */
  readonly repEstimates?: number | undefined;
};

const percent = (value: number | null): string => (value === null ? '–' : (value * 100).toFixed(1));

const names = [...Object.keys(baselines), 'fixed stage', 'rep estimates'] as const;

const figure = (name: string, one: ScoredForecast, outcomes: Outcomes): number | undefined =>
  name === 'fixed stage' ? one.fixedStage : name === 'rep estimates' ? one.repEstimates : baselines[name]?.(one, outcomes);

export type GroupScore = {
  readonly kind: string;
  readonly level: string;
  /** the number of windows; a claim needs eight */
  readonly n: number;
  readonly scores: ReturnType<typeof scoresOf>;
  /** WAPE by baseline; null if it lacked history for any of the windows */
  readonly baselines: Readonly<Record<string, number | null>>;
  /** the lowest WAPE of the baselines with a figure for every window; null: none */
  readonly best: number | null;
};

/** The scores of one horizon at one level, beside those of the baselines. */
const scoreGroup = (group: readonly ScoredForecast[], outcomes: Outcomes): Omit<GroupScore, 'kind' | 'level'> => {
  const graded = group.map((one) => ({
    ...one,
    actual: outcomes.won(one.level, one.key, one.from, one.until),
    floor: floorOf(outcomes.amounts(one.level, one.key, one.from, one.until)),
  }));
  const baselineWape = (name: string): number | null => {
    const pairs = graded.map((one) => ({ actual: one.actual, figure: figure(name, one, outcomes) }));
    const complete = pairs.flatMap(({ actual, figure }) => (figure === undefined ? [] : [{ actual, figure }]));
    return complete.length < pairs.length ? null : wapeOf(complete);
  };
  const ofBaselines = Object.fromEntries(names.map((name) => [name, baselineWape(name)]));
  const complete = Object.values(ofBaselines).filter((wape) => wape !== null);
  return {
    n: new Set(group.map((one) => one.from)).size,
    scores: scoresOf(graded),
    baselines: ofBaselines,
    best: complete.length === 0 ? null : Math.min(...complete),
  };
};

/** Every horizon at every level, in the order in which they first appear. */
export const scoreAll = (forecasts: readonly ScoredForecast[], outcomes: Outcomes): readonly GroupScore[] =>
  [...Map.groupBy(forecasts, ({ kind, level }) => `${kind} ${level}`)].map(([key, group]) => {
    const [kind = '', level = ''] = key.split(' ');
    return { kind, level, ...scoreGroup(group, outcomes) };
  });

/** The table as text: shares in percent of what came. */
export const scoreTable = (groups: readonly GroupScore[]): string => {
  // most files carry no estimates
  const shown = names.filter((name) => name !== 'rep estimates' || groups.some((group) => group.baselines['rep estimates'] !== null));
  const head = ['ahead', 'level', 'n', 'WAPE', 'bias', 'cov80', 'CRPS', 'floor', 'best baseline', ...shown];
  const rows = groups.map(({ kind, level, n, scores, baselines: ofBaselines, best }) => [
    kind,
    level,
    `${n}${n < 8 ? ' (few)' : ''}`,
    ...[scores.wape, scores.bias, scores.cov80, scores.crps, scores.floor, best].map(percent),
    ...shown.map((name) => percent(ofBaselines[name] ?? null)),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ');
  return [line(head), ...rows.map(line)].join('\n');
};
