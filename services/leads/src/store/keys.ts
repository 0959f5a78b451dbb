import type { Day, Instant, LeadId, ProcessId, RepId, SourceId } from '@meilenstein/kernel';
import type { Key } from '@meilenstein/runtime';

/** Every key of the table, in one place. Aggregates keep `STATE`, `COMMIT#…` and `CONFIDENTIAL#…` under their prefix. */
export const prefixes = {
  source: 'SOURCE',
  submission: 'SUBMISSION',
  lead: 'LEAD',
  points: 'POINTS',
  survivorship: 'SURVIVORSHIP',
  retention: 'RETENTION',
} as const;

export const rawKey = (submission: string): Key => ({ pk: `${prefixes.submission}#${submission}`, sk: 'RAW' });
export const fetchedKey = (submission: string): Key => ({ pk: `${prefixes.submission}#${submission}`, sk: 'FETCHED' });

export const retentionBookmarkKey: Key = { pk: `${prefixes.retention}#BOOKMARK`, sk: 'BOOKMARK' };

export const poolPartition = 'POOL';
export const poolMembersKey: Key = { pk: poolPartition, sk: 'MEMBERS' };
export const poolRepKey = (rep: RepId): Key => ({ pk: poolPartition, sk: `REP#${rep}` });

/** The processes that pipeline has published. */
export const processKey = (id: ProcessId): Key => ({ pk: 'PROCESSES', sk: id });

export const pointsVersionKey = (version: number): Key => ({ pk: `${prefixes.points}#VERSIONS`, sk: String(version).padStart(10, '0') });

/** All sources by name: a company has some dozens. */
export const sourcesPartition = 'SOURCES';
export const byName = (name: string, id: SourceId) => ({ gsi1pk: sourcesPartition, gsi1sk: `${name.toLowerCase()}#${id}` });

export const sourceDayPartition = (source: SourceId, day: Day): string => `SOURCE#${source}#DAY#${day}`;
export const quarantinePartition = 'QUARANTINE';
export const touchpointsPartition = (lead: LeadId): string => `LEAD#${lead}`;

export const ownerPartition = (owner: RepId | null): string => (owner === null ? 'UNOWNED' : `OWNER#${owner}`);

export const byTime = (at: Instant, id: string): string => `${at}#${id}`;
