import type { EnvelopeOf, processPublished } from '@meilenstein/contracts';
import { epochMillis, instant, type Instant } from '@meilenstein/kernel';
import { queryAll, type Item, type Table } from '@meilenstein/runtime';
import * as z from 'zod';
import { slotsOf, type DayOfMillis } from '../domain/company-days.ts';
import type { OpportunityTimeline } from '../domain/timeline.ts';
import type { CounterKey } from '@meilenstein/forecasting/counts/counters';
import type { Counter } from '@meilenstein/forecasting/input/forecast-input';
import { firstDayOf, monthOf as monthOfDay, type MonthNumber } from '@meilenstein/forecasting/input/months';
import type { MonthlyCohort } from '../../leaks/domain/cohort.ts';
import type { ProcessVersion } from '../domain/process-shape.ts';
import { readTimeline } from './timeline-item.ts';
import { keys, monthOf, readCohortDimensions, readCell, shards } from '../../keys.ts';
import type { PipelineView } from './pipeline-view.ts';

/** Months of history that a forecast reads, the current one included. */
const monthsOfHistory = 37;

export type PipelineFactsStore = {
  readonly processes: () => Promise<readonly ProcessVersion[]>;
  /** counters in the engine's form: orders in one currency only, days in the company's zone */
  readonly counters: (at: Instant, currency: string, dayOf: DayOfMillis) => Promise<readonly Counter[]>;
  /** every open opportunity */
  readonly open: () => Promise<readonly OpportunityTimeline[]>;
  /** opportunities that ended, or whose order was cancelled, after an instant */
  readonly endedSince: (since: Instant, until: Instant) => Promise<readonly OpportunityTimeline[]>;
  /** every opportunity that ended within the months of history */
  readonly ended: (at: Instant) => Promise<readonly OpportunityTimeline[]>;
  readonly cohorts: (at: Instant) => Promise<readonly MonthlyCohort[]>;
  /** when the newest event received so far was stored */
  readonly receivedUntil: () => Promise<Instant | null>;
};

/** Counts by name in a fixed order. A count that has returned to 0 is left out. */
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

const flowOf = (month: string, [processId = '', segment = '', milestone = '']: readonly string[]): CounterKey => ({
  kind: 'flow',
  month: monthNumber(month),
  processId,
  segment: decodeURIComponent(segment),
  milestone,
});

/** Turns counts by quarter of an hour into counts by day. The local day decides the month, not UTC. */
const byDay = (item: Item, month: string, keyAt: (month: MonthNumber) => CounterKey, dayOf: DayOfMillis): readonly Counter[] => {
  const began = slotsOf(month);
  return countsOf(item).map(([name, count]) => {
    const [, letter = '', slot] = /^([a-z]?)(\d+)$/.exec(name) ?? [];
    if (slot === undefined) return { key: keyAt(monthNumber(month)), counts: { [name]: count } };
    const day = dayOf(began(Number(slot)));
    const of = monthOfDay(day);
    return { key: keyAt(of), counts: { [`${letter}${day - firstDayOf(of) + 1}`]: count } };
  });
};

const countersOf = (item: Item, currency: string, dayOf: DayOfMillis): readonly Counter[] => {
  const month = item.pk.slice(item.pk.indexOf('#') + 1);
  const [kind, ...parts] = item.sk.split('#');
  if (kind === 'FLOW') return [{ key: flowOf(month, parts), counts: Object.fromEntries(countsOf(item)) }];
  if (kind === 'ARRIVALS') return byDay(item, month, (of) => ({ kind: 'arrivals', month: of, cell: readCell(parts) }), dayOf);
  const [code, ...cell] = parts;
  if (code !== '' && code !== currency) return [];
  return byDay(item, month, (of) => ({ kind: 'outcomes', month: of, cell: readCell(cell) }), dayOf);
};

const counterText = (key: CounterKey): string =>
  key.kind === 'flow'
    ? JSON.stringify([key.month, key.processId, key.segment, key.milestone])
    : JSON.stringify([key.kind, key.month, key.cell.processId, key.cell.segment, key.cell.teamId, key.cell.ownerId]);

/** Adds up shards and quarters of an hour: each counter once, without zeros. */
const summed = (counters: readonly Counter[]): readonly Counter[] =>
  [...Map.groupBy(counters, ({ key }) => counterText(key)).values()].flatMap((group) => {
    const counts: Record<string, number> = {};
    for (const one of group)
      for (const [name, count] of Object.entries(one.counts)) {
        const sum = (counts[name] ?? 0) + count;
        counts[name] = sum;
      }
    const key = group[0]?.key;
    const kept = Object.entries(counts).filter(([, count]) => count !== 0);
    return key === undefined || kept.length === 0 ? [] : [{ key, counts: Object.fromEntries(kept) }];
  });

const cohortOf = (item: Item): MonthlyCohort => {
  const counts = Object.fromEntries(countsOf(item));
  return {
    ...readCohortDimensions(item.sk.split('#')),
    month: item.pk.slice(item.pk.indexOf('#') + 1),
    entries: counts['entries'] ?? 0,
    onward: new Map(
      Object.entries(counts).flatMap(([name, count]) => (name.startsWith('on:') ? [[Number(name.slice(3)), count] as const] : [])),
    ),
    byAct: { did: counts['by:did'] ?? 0, said: counts['by:said'] ?? 0, wrote: counts['by:wrote'] ?? 0 },
  };
};

const processVersionOf = ({ processId, version, milestones }: EnvelopeOf<typeof processPublished>['data']): ProcessVersion => ({
  processId,
  version,
  milestoneIds: milestones.map((one) => one.id),
});

const versionItem = z.object({ processId: z.string(), version: z.int(), milestoneIds: z.array(z.string()) });

/** Reads the pipeline view. */
export const pipelineFactsStore = (table: Table, view: PipelineView): PipelineFactsStore => {
  const ofPartitions = async (partitions: readonly string[]): Promise<readonly Item[]> =>
    (await Promise.all(partitions.map((partition) => queryAll(table, { partition })))).flat();

  return {
    processes: async () => {
      const [rows, versions] = await Promise.all([
        queryAll(table, { partition: 'PROCESSES' }),
        queryAll(table, { partition: keys.processVersions }),
      ]);
      const older = rows.flatMap((item) => view.processes.older(item)).map(({ data }) => processVersionOf(data));
      return [...older, ...versions.map((item) => versionItem.parse(item))];
    },
    counters: async (at, currency, dayOf) =>
      summed((await ofPartitions(monthsUntil(at).map(keys.month))).flatMap((item) => countersOf(item, currency, dayOf))),
    open: async () => (await ofPartitions(shards.map(keys.openIn))).map(readTimeline),
    endedSince: async (since, until) => {
      const months = monthsBetween(monthNumber(monthOf(since)), monthNumber(monthOf(until)));
      const pages = months.map((month) => queryAll(table, { partition: keys.endedIn(month), between: [since, `${until}\uffff`] }));
      return (await Promise.all(pages)).flat().map(readTimeline);
    },
    ended: async (at) => (await ofPartitions(monthsUntil(at).map(keys.endedIn))).map(readTimeline),
    cohorts: async (at) => (await ofPartitions(monthsUntil(at).map(keys.cohorts))).map(cohortOf).filter((key) => key.entries > 0),
    receivedUntil: async () => {
      const latest = await Promise.all(shards.map((shard) => table.query({ partition: keys.received(shard), descending: true, limit: 1 })));
      const found = latest.flatMap((page) => page.items.map((item) => instant.parse(item.sk.split('#')[0])));
      return found.toSorted((a, b) => epochMillis(a) - epochMillis(b)).at(-1) ?? null;
    },
  };
};
