import {
  instant,
  type AccountId,
  type Day,
  type Instant,
  type LeadId,
  type ProcessId,
  type RepId,
  type SourceId,
  type TeamId,
} from '@meilenstein/kernel';
import type { Key } from '@meilenstein/runtime';

/** Every key of the table, in one place. Aggregates keep `STATE`, `COMMIT#…` and `CONFIDENTIAL#…` under their prefix. */
export const prefixes = {
  source: 'SOURCE',
  submission: 'SUBMISSION',
  lead: 'LEAD',
  points: 'POINTS',
  survivorship: 'SURVIVORSHIP',
  retention: 'RETENTION',
  serviceLevels: 'SERVICE',
  commitments: 'COMMITMENTS',
  sequences: 'SEQUENCES',
  qualification: 'QUALIFICATION',
  segments: 'SEGMENTS',
  routing: 'ROUTING',
  territories: 'TERRITORIES',
  seller: 'SELLER',
} as const;

export const rawKey = (submission: string): Key => ({ pk: `${prefixes.submission}#${submission}`, sk: 'RAW' });
export const fetchedKey = (submission: string): Key => ({ pk: `${prefixes.submission}#${submission}`, sk: 'FETCHED' });

/** What a mailbox was asked, by a keyed digest of it. */
export const askedMailboxKey = (digest: string): Key => ({ pk: `MAILBOX#${digest}`, sk: 'ASKED' });

/** Which secret the persons of this table are recognised by. */
export const personKeyFingerprintKey: Key = { pk: 'PERSON_KEY', sk: 'FINGERPRINT' };

export const retentionBookmarkKey: Key = { pk: `${prefixes.retention}#BOOKMARK`, sk: 'BOOKMARK' };

/** The rotation state: who took part at the last routing, and for each rep the counts by rotation and the number of open leads. */
export const rotationsPartition = 'TURNS';
export const rotationHeadKey = (rotation: string): Key => ({ pk: rotationsPartition, sk: `HEAD#${rotation}` });
export const rotationRepKey = (rep: RepId): Key => ({ pk: rotationsPartition, sk: `REP#${rep}` });

/** Copies of all profiles, so that routing reads them with one consistent query. */
export const profilesPartition = 'PROFILES';
export const profileKey = (rep: RepId): Key => ({ pk: profilesPartition, sk: rep });
export const sellersWatchedKey: Key = { pk: profilesPartition, sk: '#WATCHED' };

/** The sales to an account by time, the latest last; an older deployment has one item `OWNER`, which sorts first. */
export const accountPartition = (account: AccountId): string => `ACCOUNT#${account}`;
export const soldKey = (account: AccountId, at: Instant, lead: LeadId): Key => ({
  pk: accountPartition(account),
  sk: `SOLD#${byTime(at, lead)}`,
});

/** Contacts that many names use and about which nobody has decided, the longest waiting first. */
export const sharedContactsPartition = 'SHARED_CONTACTS';
export const sharedContactKey = (at: Instant, lead: LeadId, contact: string): Key => ({
  pk: sharedContactsPartition,
  sk: byTime(at, `${lead}#${contact}`),
});

export const queuePartition = (queue: string): string => `QUEUE#${queue}`;
export const queueKey = (queue: string, dueAt: Instant, lead: LeadId): Key => ({ pk: queuePartition(queue), sk: byTime(dueAt, lead) });

export const dueOfQueueKey = (sort: string): Instant => instant.parse(sort.slice(0, sort.indexOf('#')));

/** The processes that pipeline has published. */
export const processKey = (id: ProcessId): Key => ({ pk: 'PROCESSES', sk: id });

export const pointsVersionKey = (version: number): Key => ({ pk: `${prefixes.points}#VERSIONS`, sk: String(version).padStart(10, '0') });

/** All sources by name: a company has some dozens. */
export const sourcesPartition = 'SOURCES';
export const byName = (name: string, id: SourceId) => ({ gsi1pk: sourcesPartition, gsi1sk: `${name.toLowerCase()}#${id}` });

export const sourceDayPartition = (source: SourceId, day: Day): string => `SOURCE#${source}#DAY#${day}`;
export const quarantinePartition = 'QUARANTINE';
/** The quarantined submissions that mention a contact, which is only stored as a keyed digest. */
export const mentionsPartition = (digest: string): string => `MENTION#${digest}`;
export const mentionKey = (digest: string, submission: string): Key => ({ pk: mentionsPartition(digest), sk: submission });
export const touchpointsPartition = (lead: LeadId): string => `LEAD#${lead}`;

export const ownerPartition = (owner: RepId | null): string => (owner === null ? 'UNOWNED' : `OWNER#${owner}`);

/** The leads of an owner on which nobody has to work any more; so that those in work are read without them. */
export const endedPartition = (owner: RepId | null): string => `${ownerPartition(owner)}#ENDED`;

export const byTime = (at: Instant, id: string): string => `${at}#${id}`;

/** The due-index is spread over so many partitions that each takes 1,000 leads a second. */
export const dueShards = 8;
const shardOf = (id: string): number => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % dueShards;
export const duePartition = (shard: number): string => `DUE#${shard}`;
/** The due-index entry of a lead: its earliest timer, or none. */
export const dueEntry = (id: LeadId, at: Instant | undefined): Readonly<Record<string, string>> =>
  at === undefined ? {} : { gsi2pk: duePartition(shardOf(id)), gsi2sk: byTime(at, id) };
/**
 * The key range of everything that is due at an instant after a position; from the longest due if there is no position or nothing
 * before it. `!` sorts before and `~` after every character of an id.
 */
export const dueAfter = (position: string | null, now: Instant): readonly [string, string] => {
  const [from, until] = [position === null ? '0' : `${position}!`, byTime(now, '~')];
  return [from < until ? from : '0', until];
};

export const sweepBookmarkKey: Key = { pk: 'DUE#BOOKMARK', sk: 'BOOKMARK' };

/** What was learned from leads that ended is one item: only ends are learned, by one schedule, so nobody queues for it. */
export const learnedKey: Key = { pk: 'LEARNED#MODEL', sk: 'MODEL' };
export const outcomeKey = (lead: LeadId): Key => ({ pk: `OUTCOME#${lead}`, sk: 'OUTCOME' });
export const dueOutcomes = 'OUTCOMES#DUE';
export const learnedOutcomes = 'OUTCOMES#LEARNED';

/** Service-level entries by the UTC day of deadline and of answer; reading applies the company's time zone. */
export const serviceLevelDay = (day: Day): string => `LEDGER#${day}`;
export const serviceLevelKey = (day: Day, lead: LeadId, round: number): Key => ({
  pk: serviceLevelDay(day),
  sk: round === 1 ? `LEAD#${lead}` : `LEAD#${lead}#${round}`,
});
export const qualifiedDay = (day: Day): string => `QUALIFIED#${day}`;
export const qualifiedKey = (day: Day, stage: string, lead: LeadId): Key => ({ pk: qualifiedDay(day), sk: `${stage}#${lead}` });

export const sequencesVersionKey = (version: number): Key => ({
  pk: `${prefixes.sequences}#VERSIONS`,
  sk: String(version).padStart(10, '0'),
});
/** A task is stored with its lead, and while open it is in a list (gsi1). */
export const taskKey = (lead: LeadId, task: string): Key => ({ pk: `${prefixes.lead}#${lead}`, sk: `TASK#${task}` });
export const ownerTasks = (owner: RepId | null): string => (owner === null ? 'TASKS#NOBODY' : `TASKS#REP#${owner}`);
export const managerTasks = (team: TeamId | null): string => (team === null ? 'TASKS#NOBODY' : `TASKS#TEAM#${team}`);
export const trialsPartition = (plan: string, experiment: string): string => `TRIALS#${plan}#${experiment}`;
