import type { Actor, Company } from '@meilenstein/contracts';
import { commit, commitPrefix, position } from '../aggregate/commit.ts';
import type { Table } from '../table/table.ts';

/** Who recorded something, by rep and roles: it names no subject of a token. */
export const recordedBy = ({ reps }: Company, by: Actor | { readonly kind: 'not-recorded' }) => {
  if (by.kind !== 'caller')
    return { kind: by.kind === 'not-recorded' ? ('not-recorded' as const) : ('system' as const), repId: null, roles: [] };
  const rep = reps.find(({ loginSubject }) => loginSubject === by.subject);
  return { kind: 'person' as const, repId: rep?.repId ?? null, roles: [...by.roles] };
};

/** The event of an aggregate: the partition and its position in the history. */
type EventPosition = { readonly partition: string; readonly sequence: number };

/** A decision of a caller has at most this many events, so the commit of one of them begins at most so many events before it. */
const mostEventsOfCaller = 3;

/**
 * Who recorded each event, in the order in which they are asked for; an event of a larger decision, such as an import, counts as recorded
 * by the system.
 */
export const recordersOf = async (table: Table, company: Company, events: readonly EventPosition[]) => {
  const keys = events.flatMap(({ partition, sequence }) =>
    Array.from({ length: mostEventsOfCaller }, (_, before) => ({
      pk: partition,
      sk: `${commitPrefix}${position(Math.max(sequence - before, 1))}`,
    })),
  );
  const distinct = new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key]));
  const items = await table.getMany([...distinct.values()]);
  const found = new Map([...distinct.keys()].map((name, index) => [name, items[index]]));
  return events.map(({ partition, sequence }) => {
    for (let first = sequence; first >= Math.max(sequence - mostEventsOfCaller + 1, 1); first -= 1) {
      const item = found.get(`${partition} ${commitPrefix}${position(first)}`);
      if (item === undefined) continue;
      const { actor = { kind: 'not-recorded' as const }, events: together } = commit.parse(item);
      return recordedBy(company, first + together.length > sequence ? actor : { kind: 'not-recorded' });
    }
    return { kind: 'system' as const, repId: null, roles: [] };
  });
};
