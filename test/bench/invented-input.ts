import { additionsOf, type Counts } from '@meilenstein/forecasting/counts/counters';
import type { Counter, ForecastInput, EarlierForecast, ProcessShape } from '@meilenstein/forecasting/input/forecast-input';
import type { DayNumber, OpportunityHistory, Cell, Dwell } from '@meilenstein/forecasting/input/history';
import { firstDayOf, monthOf } from '@meilenstein/forecasting/input/months';
import { seeded } from '../backtest/known-truth.ts';

export type Size = {
  readonly open: number;
  readonly ended: number;
  readonly segments: number;
  readonly milestones: number;
  readonly owners: number;
};

export const today: DayNumber = 20_400;
const historyDays = 3 * 365;

const shapeOf = (size: Size): ProcessShape => ({
  processId: 'standard',
  milestones: Array.from({ length: size.milestones }, (_, n) => ({ milestone: `m${n + 1}`, conversion: null, medianDays: null })),
});

const cellOf = (size: Size, random: () => number): Cell => {
  const owner = Math.floor(random() * size.owners);
  return {
    processId: 'standard',
    // everybody sells in three segments
    segment: `s${(owner + Math.floor(random() * 3)) % size.segments}`,
    teamId: `t${owner % 10}`,
    ownerId: `o${owner}`,
  };
};

/** The dwells of an opportunity that reached this many milestones, a few weeks each; the last one is open or ended. */
const dwellsOf = (since: DayNumber, reached: number, end: 'won' | 'lost' | 'open', random: () => number): readonly Dwell[] => {
  let day = since;
  return Array.from({ length: reached + 1 }, (_, n): Dwell => {
    const milestone = n === 0 ? '' : `m${n}`;
    const from = day;
    day += Math.floor(random() * 40);
    if (n < reached) return { milestone, since: from, until: day, exit: `>m${n + 1}` };
    return end === 'open' ? { milestone, since: from, until: null, exit: null } : { milestone, since: from, until: day, exit: end };
  });
};

const historyFromEvents = (
  id: string,
  since: DayNumber,
  size: Size,
  about: { open: boolean; random: () => number },
): OpportunityHistory => {
  const { open, random } = about;
  const cell = cellOf(size, random);
  const known = Math.round(50_000 * Math.exp(2 * random()));
  const reached = Math.floor(random() * (size.milestones + 1));
  const end = open ? 'open' : random() < 0.4 ? 'won' : 'lost';
  const dwells = dwellsOf(since, reached, end, random);
  const ended = dwells.at(-1)?.until ?? null;
  return {
    id,
    dwells,
    cells: [{ since, cell }],
    amounts: [{ since, minor: random() < 0.1 ? null : known }],
    orders: end === 'won' && ended !== null ? [{ day: ended, wins: 1, minor: known, known, cell }] : [],
  };
};

/** Histories that ended within three years, one after the other. */
export function* endedHistories(size: Size): Generator<OpportunityHistory> {
  const random = seeded(3);
  const span = historyDays - 45 * (size.milestones + 1);
  for (let n = 0; n < size.ended; n += 1)
    yield historyFromEvents(`e${n}`, today - historyDays + Math.floor(random() * span), size, { open: false, random });
}

const openHistories = (size: Size): readonly OpportunityHistory[] => {
  const random = seeded(4);
  const begin = () => today - 45 * (size.milestones + 1) - Math.floor(random() * 60);
  return Array.from({ length: size.open }, (_, n) => historyFromEvents(`x${n}`, begin(), size, { open: true, random }));
};

/** Adds histories to counters by name, as the store does. */
export const addTo = (counters: Map<string, { readonly key: Counter['key']; readonly counts: Record<string, number> }>) => {
  return (history: OpportunityHistory, sign: 1 | -1): void => {
    for (const { key, by } of additionsOf(history)) {
      const name =
        key.kind === 'flow'
          ? `${key.month} ${key.processId} ${key.segment} ${key.milestone}`
          : `${key.kind} ${key.month} ${key.cell.processId} ${key.cell.teamId} ${key.cell.ownerId} ${key.cell.segment}`;
      const counter = counters.get(name) ?? { key, counts: {} };
      counters.set(name, counter);
      for (const [count, amount] of Object.entries(by)) counter.counts[count] = (counter.counts[count] ?? 0) + sign * amount;
    }
  };
};

const earlierForecastsOf = (size: Size): readonly EarlierForecast[] => {
  const nodes = [
    { level: 'total' as const, key: '' },
    ...Array.from({ length: 10 }, (_, n) => ({ level: 'team' as const, key: `t${n}` })),
    ...Array.from({ length: size.owners }, (_, n) => ({ level: 'owner' as const, key: `o${n}` })),
    ...Array.from({ length: size.segments }, (_, n) => ({ level: 'segment' as const, key: `s${n}` })),
  ];
  const record = {
    mean: 1e8,
    p10: 8e7,
    p90: 1.2e8,
    experts: { flow: 1e8, calibrated: 1e8, runRate: 9e7, last: 8e7 },
    variance: 1e14,
    wins: 500,
  };
  return Array.from({ length: 24 }, (_, n) => monthOf(today) - 1 - n).flatMap((month) =>
    nodes.map((node) => ({
      node,
      origin: firstDayOf(month),
      window: { kind: 'month', from: firstDayOf(month), until: firstDayOf(month + 1) },
      record,
    })),
  );
};

/** The input of a forecast of a company of this size. */
export const inventedInput = (size: Size): ForecastInput => {
  const open = openHistories(size);
  const counters = new Map<string, { key: Counter['key']; counts: Record<string, number> & Counts }>();
  const add = addTo(counters);
  for (const history of endedHistories(size)) add(history, 1);
  for (const history of open) add(history, 1);
  return { processes: [shapeOf(size)], counters: [...counters.values()], open, earlierForecasts: earlierForecastsOf(size) };
};
