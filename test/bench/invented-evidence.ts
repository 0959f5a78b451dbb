import { additionsOf, type Counts } from '@meilenstein/forecasting/counts/counters';
import type { CountedCell, Evidence, PastForecast, ProcessShape } from '@meilenstein/forecasting/input/evidence';
import type { DayNumber, OpportunityHistory, Place, Stay } from '@meilenstein/forecasting/input/history';
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

const placeOf = (size: Size, random: () => number): Place => {
  const owner = Math.floor(random() * size.owners);
  return {
    processId: 'standard',
    // everybody sells in three segments
    segment: `s${(owner + Math.floor(random() * 3)) % size.segments}`,
    teamId: `t${owner % 10}`,
    ownerId: `o${owner}`,
  };
};

/** The stays of an opportunity that reached so many milestones, a few weeks each, the last one open or ended. */
const staysOf = (since: DayNumber, reached: number, end: 'won' | 'lost' | 'open', random: () => number): readonly Stay[] => {
  let day = since;
  return Array.from({ length: reached + 1 }, (_, n): Stay => {
    const milestone = n === 0 ? '' : `m${n}`;
    const from = day;
    day += Math.floor(random() * 40);
    if (n < reached) return { milestone, since: from, until: day, exit: `>m${n + 1}` };
    return end === 'open' ? { milestone, since: from, until: null, exit: null } : { milestone, since: from, until: day, exit: end };
  });
};

const historyOf = (id: string, since: DayNumber, size: Size, about: { open: boolean; random: () => number }): OpportunityHistory => {
  const { open, random } = about;
  const place = placeOf(size, random);
  const known = Math.round(50_000 * Math.exp(2 * random()));
  const reached = Math.floor(random() * (size.milestones + 1));
  const end = open ? 'open' : random() < 0.4 ? 'won' : 'lost';
  const stays = staysOf(since, reached, end, random);
  const ended = stays.at(-1)?.until ?? null;
  return {
    id,
    stays,
    places: [{ since, place }],
    amounts: [{ since, minor: random() < 0.1 ? null : known }],
    orders: end === 'won' && ended !== null ? [{ day: ended, wins: 1, minor: known, known, place }] : [],
  };
};

/** Histories that ended within three years, one after the other. */
export function* endedHistories(size: Size): Generator<OpportunityHistory> {
  const random = seeded(3);
  const span = historyDays - 45 * (size.milestones + 1);
  for (let n = 0; n < size.ended; n += 1)
    yield historyOf(`e${n}`, today - historyDays + Math.floor(random() * span), size, { open: false, random });
}

const openHistories = (size: Size): readonly OpportunityHistory[] => {
  const random = seeded(4);
  const begin = () => today - 45 * (size.milestones + 1) - Math.floor(random() * 60);
  return Array.from({ length: size.open }, (_, n) => historyOf(`x${n}`, begin(), size, { open: true, random }));
};

/** Adds what histories say to cells by name: the update that a store makes. */
export const addTo = (cells: Map<string, { readonly cell: CountedCell['cell']; readonly counts: Record<string, number> }>) => {
  return (history: OpportunityHistory, sign: 1 | -1): void => {
    for (const { cell, by } of additionsOf(history)) {
      const key =
        cell.kind === 'flow'
          ? `${cell.month} ${cell.processId} ${cell.segment} ${cell.milestone}`
          : `${cell.kind} ${cell.month} ${cell.place.processId} ${cell.place.teamId} ${cell.place.ownerId} ${cell.place.segment}`;
      const known = cells.get(key) ?? { cell, counts: {} };
      cells.set(key, known);
      for (const [name, count] of Object.entries(by)) known.counts[name] = (known.counts[name] ?? 0) + sign * count;
    }
  };
};

const pastOf = (size: Size): readonly PastForecast[] => {
  const nodes = [
    { level: 'total' as const, key: '' },
    ...Array.from({ length: 10 }, (_, n) => ({ level: 'team' as const, key: `t${n}` })),
    ...Array.from({ length: size.owners }, (_, n) => ({ level: 'owner' as const, key: `o${n}` })),
    ...Array.from({ length: size.segments }, (_, n) => ({ level: 'segment' as const, key: `s${n}` })),
  ];
  const track = {
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
      track,
    })),
  );
};

/** What a forecast of such a company stands on. */
export const inventedEvidence = (size: Size): Evidence => {
  const open = openHistories(size);
  const cells = new Map<string, { cell: CountedCell['cell']; counts: Record<string, number> & Counts }>();
  const add = addTo(cells);
  for (const history of endedHistories(size)) add(history, 1);
  for (const history of open) add(history, 1);
  return { processes: [shapeOf(size)], cells: [...cells.values()], open, past: pastOf(size) };
};
