import type { ForecastHorizon, ForecastNode, ForecastWindow, WindowKind } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import type { Key } from '@meilenstein/runtime';
import type { CounterKey } from '@meilenstein/forecasting/counts/counters';
import type { Cell } from '@meilenstein/forecasting/input/history';

/** Shards of counters that all teams write to. The shard follows from the opportunity's id, so it never changes. */
const counterShards = 4;

/** Shards of items that are read as a whole: many partitions share the writes and answer in parallel. */
export const shards = Array.from({ length: 16 }, (_, shard) => shard);

const shardOf = (opportunity: string, count: number): number => {
  let sum = 0;
  for (let i = 0; i < opportunity.length; i += 1) sum = (sum * 31 + opportunity.charCodeAt(i)) % 65_521;
  return sum % count;
};

/** `2026-11` of an instant in UTC: counters must not move when the company's zone changes. */
export const monthOf = (at: Instant): string => at.slice(0, 7);

// Segments are free text and must be encoded; ids are not.
const text = encodeURIComponent;
const cellText = ({ processId, segment, teamId, ownerId }: Cell): string => [processId, text(segment), teamId, ownerId].join('#');

export type CohortDimensions = {
  readonly processId: string;
  readonly segment: string | null;
  readonly teamId: string;
  readonly milestoneId: string | null;
};

type FlowCounterKey = Extract<CounterKey, { readonly kind: 'flow' }>;

export const keys = {
  opportunity: (id: string): Key => ({ pk: `OPPORTUNITY#${id}`, sk: 'ROW' }),
  process: (id: string): Key => ({ pk: 'PROCESSES', sk: id }),
  processVersions: 'PROCESS-VERSIONS',
  processVersion: (id: string, sequence: number): Key => ({ pk: keys.processVersions, sk: `${id}#${String(sequence).padStart(6, '0')}` }),
  targets: (subject: string): Key => ({ pk: 'TARGETS', sk: subject }),
  targetsOf: (level: string, key: string): string => `TARGETS#${level}#${key}`,
  month: (month: string): string => `MONTH#${month}`,
  flow: (id: string, month: string, { processId, segment, milestone }: Omit<FlowCounterKey, 'kind' | 'month'>): Key => ({
    pk: keys.month(month),
    sk: `FLOW#${processId}#${text(segment)}#${milestone}#${shardOf(id, counterShards)}`,
  }),
  arrivals: (month: string, cell: Cell): Key => ({ pk: keys.month(month), sk: `ARRIVALS#${cellText(cell)}` }),
  /** `currency` '': losses */
  outcomes: (month: string, currency: string, cell: Cell): Key => ({
    pk: keys.month(month),
    sk: `OUTCOMES#${currency}#${cellText(cell)}`,
  }),
  cohorts: (month: string): string => `COHORTS#${month}`,
  cohort: (month: string, { processId, segment, teamId, milestoneId }: CohortDimensions): Key => ({
    pk: keys.cohorts(month),
    sk: [processId, segment === null ? '' : `=${text(segment)}`, teamId, milestoneId ?? ''].join('#'),
  }),
  openIn: (shard: number): string => `OPEN#${shard}`,
  open: (id: string): Key => ({ pk: keys.openIn(shardOf(id, shards.length)), sk: id }),
  estimateRow: (id: string): Key => ({ pk: `OPPORTUNITY#${id}`, sk: 'ESTIMATES' }),
  estimatesIn: (shard: number): string => `ESTIMATES#${shard}`,
  estimates: (id: string): Key => ({ pk: keys.estimatesIn(shardOf(id, shards.length)), sk: id }),
  endedIn: (month: string): string => `ENDED#${month}`,
  ended: (id: string, at: Instant): Key => ({ pk: keys.endedIn(monthOf(at)), sk: `${at}#${id}` }),
  received: (shard: number): string => `RECEIVED#${shard}`,
  lastReceived: (id: string, at: Instant): Key => ({ pk: keys.received(shardOf(id, shards.length)), sk: `${at}#${id}` }),
  snapshotsOf: ({ kind, label }: ForecastWindow): string => `WINDOW#${kind}#${label}`,
  gradedAt: (level: ForecastNode['level'], kind: WindowKind, horizon: ForecastHorizon): string => `GRADED#${level}#${kind}#${horizon}`,
  replayedAt: (level: ForecastNode['level'], kind: WindowKind, horizon: ForecastHorizon): string => `REPLAYED#${level}#${kind}#${horizon}`,
  replayedIn: (run: number): string => `${String(run).padStart(6, '0')}#`,
  gradedOf: (key: string): string => `${text(key)}#`,
  judgementsOf: ({ level, key }: ForecastNode, kind: WindowKind): string => `JUDGEMENTS#${kind}#${level}#${text(key)}`,
  stages: 'STAGE_PROBABILITIES',
  earlierForecastsOf: (kind: WindowKind): string => `EARLIER#${kind}`,
  earlierForecasts: (kind: WindowKind, from: string, part: number): Key => ({
    pk: keys.earlierForecastsOf(kind),
    sk: `${from}#${String(part).padStart(4, '0')}`,
  }),
};

/** Reads a cell back from a key. */
export const readCell = ([processId = '', segment = '', teamId = '', ownerId = '']: readonly string[]): Cell => ({
  processId,
  segment: decodeURIComponent(segment),
  teamId,
  ownerId,
});

export const readCohortDimensions = ([
  processId = '',
  segment = '',
  teamId = '',
  milestoneId = '',
]: readonly string[]): CohortDimensions => ({
  processId,
  segment: segment === '' ? null : decodeURIComponent(segment.slice(1)),
  teamId,
  milestoneId: milestoneId === '' ? null : milestoneId,
});
