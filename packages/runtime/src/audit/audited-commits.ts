import type { AuditedChange, AuditedCommit, AuditedEvent, Sentences } from '@meilenstein/contracts';
import type { AuditedAggregate } from '../aggregate/audited-aggregate.ts';
import { eventsOf, type Commit } from '../aggregate/commit.ts';
import type { Language } from '@meilenstein/kernel';
import type { Table } from '../table/table.ts';
import { commitsUpTo } from './find-commits.ts';
import { stateDifference } from './state-difference.ts';

/** What the audit of a service knows: its kinds of aggregates by the names that people use, and what its events say in words. */
export type AuditedService = {
  readonly aggregates: Readonly<Record<string, AuditedAggregate>>;
  readonly sentences: Sentences;
};

const mostChanges = 100;
const atOnce = 8;

type Changes = readonly (readonly AuditedChange[])[];

const keyOf = ({ pk, sk }: Commit): string => `${pk} ${sk}`;

/** What each event of the commits of one aggregate changed, from the fold of its history up to the newest of them. */
const changesOf = async (table: Table, commits: readonly Commit[], aggregate: AuditedAggregate): Promise<Map<string, Changes>> => {
  const [newest, ...others] = commits.map(({ sk }) => sk).toSorted((a, b) => (a > b ? -1 : 1));
  const [{ pk } = { pk: '' }] = commits;
  const changes = new Map<string, Changes>();
  if (newest === undefined) return changes;
  const wanted = new Set<string>([newest, ...others]);
  const follow = aggregate.follow();
  for await (const one of commitsUpTo(table, pk, newest)) {
    const states = eventsOf(one).map(({ envelope }) => follow(envelope));
    if (wanted.has(one.sk))
      changes.set(
        keyOf(one),
        states.map(({ before, after }) => stateDifference(before, after)),
      );
  }
  return changes;
};

/** Commits as the audit tells them, in the order in which they were found. */
export const auditedCommits = async (
  table: Table,
  { aggregates, sentences }: AuditedService,
  commits: readonly Commit[],
  language: Language,
): Promise<readonly AuditedCommit[]> => {
  const byPrefix = new Map(Object.entries(aggregates).map(([kind, aggregate]) => [aggregate.prefix, { kind, aggregate }]));
  const placeOf = ({ pk }: Pick<Commit, 'pk'>) => ({ prefix: pk.slice(0, pk.indexOf('#')), id: pk.slice(pk.indexOf('#') + 1) });
  const histories = [...Map.groupBy(commits, ({ pk }) => pk)];
  const changes = new Map<string, Changes>();
  for (let from = 0; from < histories.length; from += atOnce) {
    const folded = histories.slice(from, from + atOnce).map(async ([pk, some]) => {
      const known = byPrefix.get(placeOf({ pk }).prefix);
      return known === undefined ? new Map<string, Changes>() : changesOf(table, some, known.aggregate);
    });
    for (const found of await Promise.all(folded)) for (const [key, one] of found) changes.set(key, one);
  }
  return commits.map((one) => {
    const { prefix, id } = placeOf(one);
    const events = eventsOf(one).map(({ envelope: { name, sequence, occurredAt } }, index): AuditedEvent => {
      const all = changes.get(keyOf(one))?.[index] ?? [];
      return {
        name,
        sequence,
        occurredAt,
        sentence: sentences[name]?.[language] ?? name,
        changes: all.slice(0, mostChanges),
        moreChanges: Math.max(0, all.length - mostChanges),
      };
    });
    return {
      storedAt: one.storedAt,
      actor: one.actor ?? { kind: 'not-recorded' },
      requestId: one.correlationId,
      causedBy: one.causedBy,
      origin: one.origin,
      aggregate: { kind: byPrefix.get(prefix)?.kind ?? prefix.toLowerCase(), id },
      events,
    };
  });
};
