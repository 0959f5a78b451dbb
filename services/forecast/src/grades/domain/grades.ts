import type { ForecastGrade } from '../../snapshots/domain/publish-snapshot.ts';

export type Ratio = { readonly numerator: number; readonly denominator: number; readonly ratio: number } | null;

/** Null where the denominator is 0: never 0 and never infinite. */
export const ratioOf = (numerator: number, denominator: number): Ratio =>
  denominator === 0 ? null : { numerator, denominator, ratio: numerator / denominator };

/** Below this number of ended windows no claim is made. */
const enoughWindows = 8;

/** A bias is flagged when it is above 5 % and above twice its standard error. */
const bias = { least: 0.05, standardErrors: 2 } as const;

/** √(2 ÷ π): the mean absolute value of a normal error, in standard deviations. */
const meanDistance = Math.sqrt(2 / Math.PI);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const wapeOf = (pairs: readonly (readonly [figure: number, actual: number])[]): Ratio =>
  ratioOf(sum(pairs.map(([figure, actual]) => Math.abs(actual - figure))), sum(pairs.map(([, actual]) => actual)));

const windowsOf = (graded: readonly ForecastGrade[]): number => new Set(graded.map((one) => one.window.label)).size;

const knownFigures = (graded: readonly ForecastGrade[], of: (one: ForecastGrade) => number | null) => {
  const known = graded.flatMap((one) => {
    const figure = of(one);
    return figure === null ? [] : [{ one, pair: [figure, one.actual] as const }];
  });
  return { windows: windowsOf(known.map(({ one }) => one)), pairs: known.map(({ pair }) => pair), of: known.map(({ one }) => one) };
};

/** The pinball loss of a quantile. */
const pinball = (level: number, quantile: number, actual: number): number =>
  actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);

const quantileScoreOf = (graded: readonly ForecastGrade[]): number | null => {
  const actual = sum(graded.map((one) => one.actual));
  if (actual <= 0) return null;
  const losses = graded.map(
    (one) => pinball(0.1, one.p10, one.actual) + pinball(0.5, one.p50, one.actual) + pinball(0.9, one.p90, one.actual),
  );
  return ((2 / 3) * sum(losses)) / actual;
};

/** The standard error is taken over windows: the errors of all nodes of a window count as one. */
const isBiased = (graded: readonly ForecastGrade[]): boolean => {
  const errors = [...Map.groupBy(graded, (one) => one.window.label).values()].map((some) => sum(some.map((one) => one.mean - one.actual)));
  const actual = sum(graded.map((one) => one.actual));
  const n = errors.length;
  if (n < enoughWindows || actual === 0) return false;
  const mean = sum(errors) / n;
  const deviation = Math.sqrt(sum(errors.map((error) => (error - mean) ** 2)) / (n - 1));
  return Math.abs(sum(errors) / actual) > bias.least && Math.abs(mean) > (bias.standardErrors * deviation) / Math.sqrt(n);
};

const floorOf = (graded: readonly ForecastGrade[]): number => meanDistance * sum(graded.map((one) => one.spread));

export type Grades = {
  readonly windows: number;
  readonly forecasts: number;
  readonly claim: boolean;
  readonly wape: Ratio;
  readonly bias: Ratio;
  readonly coverage: Ratio;
  readonly quantileScore: number | null;
  readonly toFloor: number | null;
  readonly biased: boolean;
  readonly baselines: readonly {
    readonly baseline: 'run-rate' | 'stage-weighted' | 'rep-estimates';
    readonly windows: number;
    readonly wape: Ratio;
  }[];
  readonly judgement: { readonly windows: number; readonly wape: Ratio; readonly computedWape: Ratio };
};

/** A baseline over the windows for which it has a figure, with the computed figures of the same windows. A claim needs eight of them. */
export type BaselineGrade = Grades['baselines'][number] & { readonly claim: boolean; readonly computedWape: Ratio };

/** The grades of the baselines, each over the windows for which it has a figure. */
export const baselineGradesOf = (graded: readonly ForecastGrade[]): readonly BaselineGrade[] => {
  const baseline = (name: BaselineGrade['baseline'], of: (one: ForecastGrade) => number | null): BaselineGrade => {
    const known = knownFigures(graded, of);
    const computedWape = wapeOf(known.of.map((one) => [one.mean, one.actual]));
    return { baseline: name, windows: known.windows, claim: known.windows >= enoughWindows, wape: wapeOf(known.pairs), computedWape };
  };
  return [
    baseline('run-rate', (one) => one.baselines.runRate),
    baseline('stage-weighted', (one) => one.baselines.stageWeighted),
    baseline('rep-estimates', (one) => one.baselines.repEstimates),
  ];
};

/** The grades of the forecasts of one horizon and of their baselines, each over the windows for which it has a figure. */
export const gradesOf = (graded: readonly ForecastGrade[]): Grades => {
  const windows = windowsOf(graded);
  const own = knownFigures(graded, (one) => one.mean);
  const judged = knownFigures(graded, (one) => one.judgement);
  const floor = floorOf(graded);
  const errors = sum(own.pairs.map(([figure, actual]) => Math.abs(actual - figure)));
  return {
    windows,
    forecasts: graded.length,
    claim: windows >= enoughWindows,
    wape: wapeOf(own.pairs),
    bias: ratioOf(sum(own.pairs.map(([figure, actual]) => figure - actual)), sum(own.pairs.map(([, actual]) => actual))),
    coverage: ratioOf(graded.filter((one) => one.p10 <= one.actual && one.actual <= one.p90).length, graded.length),
    quantileScore: quantileScoreOf(graded),
    toFloor: floor === 0 ? null : errors / floor,
    biased: isBiased(graded),
    baselines: baselineGradesOf(graded).map(({ baseline, windows: spoken, wape }) => ({ baseline, windows: spoken, wape })),
    judgement: {
      windows: judged.windows,
      wape: wapeOf(judged.pairs),
      computedWape: wapeOf(judged.of.map((one) => [one.mean, one.actual])),
    },
  };
};
