import { epochMillis, instant, type Instant } from '@meilenstein/kernel';
import { queryAll, type Item, type Table } from '@meilenstein/runtime';
import { slotsOf, type DayOfMillis } from '../domain/company-days.ts';
import type { Known } from '../domain/course.ts';
import type { Cell } from '@meilenstein/forecasting/counts/counters';
import type { CountedCell } from '@meilenstein/forecasting/input/evidence';
import { firstDayOf, monthOf as monthOfDay, type MonthNumber } from '@meilenstein/forecasting/input/months';
import type { CohortCell } from '../../leaks/domain/cohort.ts';
import type { ProcessVersion } from '../domain/process-shape.ts';
import { readCourse } from './course-item.ts';
import { keys, monthOf, readCohortPlace, readPlace, shards } from '../../keys.ts';
import type { PipelineView } from './pipeline-view.ts';

/** Months of history that a forecast reads, the current one included. */
const monthsOfHistory = 37;

export type EvidenceStore = {
  readonly processes: () => Promise<readonly ProcessVersion[]>;
  /** counters as the engine takes them, orders in one currency only, days as the company's zone cuts them */
  readonly cells: (at: Instant, currency: string, dayOf: DayOfMillis) => Promise<readonly CountedCell[]>;
  /** every open opportunity */
  readonly open: () => Promise<readonly Known[]>;
  /** opportunities that ended, or whose order was cancelled, after an instant */
  readonly endedSince: (since: Instant, until: Instant) => Promise<readonly Known[]>;
  /** every opportunity that ended within the months of history */
  readonly ended: (at: Instant) => Promise<readonly Known[]>;
  readonly cohorts: (at: Instant) => Promise<readonly CohortCell[]>;
  /** when the newest of all that was heard was stored */
  readonly heardUntil: () => Promise<Instant | null>;
};

/** Counters by name, in a fixed order; one that went up and down again is as if it had never been. */
const countsOf = (item: Item): readonly (readonly [string, number])[] =>
  Object.entries(item)
    .flatMap(([name, count]) => (typeof count === 'number' && count !== 0 ? [[name, count] as const] : []))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const monthNumber = (month: string): MonthNumber => {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return (year - 1970) * 12 + number - 1;
};
const monthText = (month: MonthNumber): string => `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

const monthsBetween = (first: MonthNumber, last: MonthNumber): readonly string[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => monthText(first + n));

const monthsUntil = (at: Instant): readonly string[] => {
  const last = monthNumber(monthOf(at));
  return monthsBetween(last - monthsOfHistory + 1, last);
};

const flowOf = (month: string, [processId = '', segment = '', milestone = '']: readonly string[]): Cell => ({
  kind: 'flow',
  month: monthNumber(month),
  processId,
  segment: decodeURIComponent(segment),
  milestone,
});

/** Counts by quarter of an hour become counts by day; the day decides the month, not UTC. */
const byDay = (item: Item, month: string, cellAt: (month: MonthNumber) => Cell, dayOf: DayOfMillis): readonly CountedCell[] => {
  const began = slotsOf(month);
  return countsOf(item).map(([name, count]) => {
    const [, letter = '', slot] = /^([a-z]?)(\d+)$/.exec(name) ?? [];
    if (slot === undefined) return { cell: cellAt(monthNumber(month)), counts: { [name]: count } };
    const day = dayOf(began(Number(slot)));
    const of = monthOfDay(day);
    return { cell: cellAt(of), counts: { [`${letter}${day - firstDayOf(of) + 1}`]: count } };
  });
};

const cellsOf = (item: Item, currency: string, dayOf: DayOfMillis): readonly CountedCell[] => {
  const month = item.pk.slice(item.pk.indexOf('#') + 1);
  const [kind, ...parts] = item.sk.split('#');
  if (kind === 'FLOW') return [{ cell: flowOf(month, parts), counts: Object.fromEntries(countsOf(item)) }];
  if (kind === 'ARRIVALS') return byDay(item, month, (of) => ({ kind: 'arrivals', month: of, place: readPlace(parts) }), dayOf);
  const [code, ...place] = parts;
  if (code !== '' && code !== currency) return [];
  return byDay(item, month, (of) => ({ kind: 'outcomes', month: of, place: readPlace(place) }), dayOf);
};

const cellText = (cell: Cell): string =>
  cell.kind === 'flow'
    ? JSON.stringify([cell.month, cell.processId, cell.segment, cell.milestone])
    : JSON.stringify([cell.kind, cell.month, cell.place.processId, cell.place.segment, cell.place.teamId, cell.place.ownerId]);

/** Shards and quarters of an hour added up: each cell once, without zeros. */
const summed = (cells: readonly CountedCell[]): readonly CountedCell[] =>
  [...Map.groupBy(cells, ({ cell }) => cellText(cell)).values()].flatMap((group) => {
    const counts: Record<string, number> = {};
    for (const one of group)
      for (const [name, count] of Object.entries(one.counts)) {
        const sum = (counts[name] ?? 0) + count;
        counts[name] = sum;
      }
    const cell = group[0]?.cell;
    const kept = Object.entries(counts).filter(([, count]) => count !== 0);
    return cell === undefined || kept.length === 0 ? [] : [{ cell, counts: Object.fromEntries(kept) }];
  });

const cohortOf = (item: Item): CohortCell => {
  const counts = Object.fromEntries(countsOf(item));
  return {
    ...readCohortPlace(item.sk.split('#')),
    month: item.pk.slice(item.pk.indexOf('#') + 1),
    entries: counts['entries'] ?? 0,
    onward: new Map(
      Object.entries(counts).flatMap(([name, count]) => (name.startsWith('on:') ? [[Number(name.slice(3)), count] as const] : [])),
    ),
    byAct: { did: counts['by:did'] ?? 0, said: counts['by:said'] ?? 0, wrote: counts['by:wrote'] ?? 0 },
  };
};

/** Reads the view of the pipeline back. */
export const evidenceStore = (table: Table, view: PipelineView): EvidenceStore => {
  const ofPartitions = async (partitions: readonly string[]): Promise<readonly Item[]> =>
    (await Promise.all(partitions.map((partition) => queryAll(table, { partition })))).flat();

  return {
    processes: async () =>
      (await queryAll(table, { partition: 'PROCESSES' })).flatMap((item) =>
        view.processes.read(item).map(({ data }) => ({
          processId: data.processId,
          version: data.version,
          milestoneIds: data.milestones.map((one) => one.id),
        })),
      ),
    cells: async (at, currency, dayOf) =>
      summed((await ofPartitions(monthsUntil(at).map(keys.month))).flatMap((item) => cellsOf(item, currency, dayOf))),
    open: async () => (await ofPartitions(shards.map(keys.openIn))).map(readCourse),
    endedSince: async (since, until) => {
      const months = monthsBetween(monthNumber(monthOf(since)), monthNumber(monthOf(until)));
      const pages = months.map((month) => queryAll(table, { partition: keys.endedIn(month), between: [since, `${until}\uffff`] }));
      return (await Promise.all(pages)).flat().map(readCourse);
    },
    ended: async (at) => (await ofPartitions(monthsUntil(at).map(keys.endedIn))).map(readCourse),
    cohorts: async (at) => (await ofPartitions(monthsUntil(at).map(keys.cohorts))).map(cohortOf).filter((cell) => cell.entries > 0),
    heardUntil: async () => {
      const latest = await Promise.all(shards.map((shard) => table.query({ partition: keys.heard(shard), descending: true, limit: 1 })));
      const found = latest.flatMap((page) => page.items.map((item) => instant.parse(item.sk.split('#')[0])));
      return found.toSorted((a, b) => epochMillis(a) - epochMillis(b)).at(-1) ?? null;
    },
  };
};
