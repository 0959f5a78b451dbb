import { dayNumber } from '../format/days.ts';

/** The figures of one day, as numbers for positions; what a reader sees is written from the API's texts. */
type Quantiles = { readonly p10: number; readonly p50: number; readonly p90: number };
export type FanDay = Quantiles & { readonly day: string; readonly booked: number };

export type FanInput = {
  /** the first day of the window, and the first day after it */
  readonly from: string;
  readonly until: string;
  readonly today: string;
  /** what was forecast on earlier days, in any order */
  readonly snapshots: readonly FanDay[];
  readonly now: Quantiles & { readonly booked: number };
  readonly target: number | undefined;
  readonly judgement: number | undefined;
};

export type Point = { readonly x: number; readonly y: number };
export type Band = { readonly x: number; readonly low: number; readonly high: number };

/** Everything that is drawn, in days since the window began and in money. */
export type Fan = {
  readonly days: number;
  readonly today: number;
  readonly band: readonly Band[];
  readonly median: readonly Point[];
  /** booked stays until the day on which it changes */
  readonly booked: readonly Point[];
  readonly cone: readonly [Band, Band];
  readonly lowest: number;
  readonly highest: number;
};

const withSteps = (points: readonly Point[]): readonly Point[] =>
  points.flatMap((point, index) => {
    const before = points[index - 1];
    return before === undefined || before.y === point.y ? [point] : [{ x: point.x, y: before.y }, point];
  });

/** The lines of a fan: earlier days up to now, and from now to the end of the window. A day's last snapshot gives way to what is true now. */
export const fanOf = ({ from, until, today, snapshots, now, target, judgement }: FanInput): Fan => {
  const first = dayNumber(from);
  const days = dayNumber(until) - first;
  const todayAt = Math.min(Math.max(dayNumber(today) - first, 0), days);
  const earlier = snapshots
    .map((snapshot) => ({ ...snapshot, x: dayNumber(snapshot.day) - first }))
    .filter(({ x }) => x >= 0 && x < todayAt)
    .toSorted((a, b) => a.x - b.x);
  const known = [...earlier, { ...now, x: todayAt }];
  const figures = known.flatMap(({ booked, p10, p90 }) => [booked, p10, p90]);
  const others = [target, judgement].filter((value) => value !== undefined);
  return {
    days,
    today: todayAt,
    band: known.map(({ x, p10, p90 }) => ({ x, low: p10, high: p90 })),
    median: known.map(({ x, p50 }) => ({ x, y: p50 })),
    booked: withSteps(known.map(({ x, booked }) => ({ x, y: booked }))),
    cone: [
      { x: todayAt, low: now.booked, high: now.booked },
      { x: days, low: now.p10, high: now.p90 },
    ],
    lowest: Math.min(0, ...figures, ...others),
    highest: Math.max(1, ...figures, ...others),
  };
};

/** The days at which the axis has a label, with their distance from the first day: as many as there is room for. */
export const dayTicks = (days: number, most: number): readonly number[] => {
  const step = [1, 2, 7, 14, 28].find((each) => days / each <= most) ?? 28;
  return Array.from({ length: Math.floor(days / step) + 1 }, (_, index) => index * step);
};

/** Moves labels apart that would cover each other; their order stays, and as few as possible move. */
export const spread = (wanted: readonly number[], gap: number, lowest: number, highest: number): readonly number[] => {
  const order = wanted.map((at, index) => ({ at, index })).toSorted((a, b) => a.at - b.at);
  const down = order.reduce<readonly number[]>((done, { at }) => [...done, Math.max(at, lowest, (done.at(-1) ?? -Infinity) + gap)], []);
  const up = down.reduceRight<readonly number[]>(
    (done, at) => [Math.min(at, highest, (done[0] ?? Number.POSITIVE_INFINITY) - gap), ...done],
    [],
  );
  return wanted.map((at, index) => up[order.findIndex((each) => each.index === index)] ?? at);
};
