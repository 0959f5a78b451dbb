import { UnexpectedEvent, type Envelope } from '@meilenstein/contracts';
import { canonicalJson } from '@meilenstein/kernel';
import * as z from 'zod';
import { survivingEvents } from './surviving-events.ts';
import { writeTogether } from '../table/certain-writes.ts';
import { mergeAdditions } from '../table/merged-writes.ts';
import { keyText, largestTransaction, type Item, type Key, type Table, type Write } from '../table/table.ts';
import type { Withdraw } from './withdraw.ts';

/** What one subject adds to the views: integers in shared items, or whole items of its own. */
export type Contribution = { readonly add: Key; readonly by: Readonly<Record<string, number>> } | { readonly put: Item };

export type ProjectionDefinition<E extends Envelope> = {
  /** where the row of an event's subject lies: apart from those of other kinds of subjects that may have the same id */
  readonly rowKey: (event: E) => Key;
  /** a stored event back to what the fold takes; reading is validating */
  readonly event: (stored: unknown) => E;
  /** everything that a subject's events, in order of sequence, mean for the views: a pure function, computed anew each time */
  readonly contributions: (events: readonly E[]) => readonly Contribution[];
  /**
   * Raised where the same events mean more or other items of the subject than before; absent: 1. A row of an older revision that receives
   * any event, even a known one, writes all its items again. Sums stay as they are: for those, empty the table.
   */
  readonly revision?: number;
  /** further attributes of the row, such as index keys */
  readonly attributes?: (events: readonly E[]) => Readonly<Record<string, unknown>>;
};

export type Projection<E extends Envelope> = {
  /** takes events in any order, any number of times; equal sets of events give equal views */
  readonly fold: (events: readonly E[]) => Promise<void>;
  /** the events of a row as a query returned it */
  readonly read: (row: Item) => readonly E[];
  readonly withdraw: Withdraw;
};

const row = z.looseObject({ version: z.int(), revision: z.int().default(1), events: z.array(z.unknown()) });

type Change = { readonly row: Write; readonly others: readonly Write[] };

/** `isKept`: whether the table holds the earlier items as they are computed now. */
const difference = (before: readonly Contribution[], after: readonly Contribution[], isKept: boolean): readonly Write[] => {
  const additions = mergeAdditions([
    ...before.flatMap((one): Write[] =>
      'add' in one ? [{ add: one.add, by: Object.fromEntries(Object.entries(one.by).map(([name, by]) => [name, -by])) }] : [],
    ),
    ...after.flatMap((one): Write[] => ('add' in one ? [one] : [])),
  ]).flatMap((write): Write[] => {
    if (!('add' in write)) return [];
    const by = Object.fromEntries(Object.entries(write.by).filter(([, value]) => value !== 0));
    return Object.keys(by).length === 0 ? [] : [{ add: write.add, by }];
  });
  const old = new Map(before.flatMap((one) => ('put' in one ? [[keyText(one.put), one.put] as const] : [])));
  const puts = after.flatMap((one): Write[] => {
    if (!('put' in one)) return [];
    const same = old.get(keyText(one.put));
    old.delete(keyText(one.put));
    return isKept && same !== undefined && canonicalJson(same) === canonicalJson(one.put) ? [] : [{ put: one.put }];
  });
  return [...additions, ...puts, ...[...old.values()].map(({ pk, sk }): Write => ({ remove: { pk, sk } }))];
};

/** A view over a service's table. The row of a subject stores the events that were received; everything else follows from them. */
export const projection = <E extends Envelope>(
  definition: ProjectionDefinition<E>,
  deps: { readonly table: Table; readonly delay: (millis: number) => Promise<void>; readonly random: () => number },
): Projection<E> => {
  const latest = definition.revision ?? 1;
  const read = (item: Item): readonly E[] => row.parse(item).events.map(definition.event);

  const changeOf = (key: Key, found: Item | undefined, next: (before: readonly E[]) => readonly E[]): Change | undefined => {
    const before = found === undefined ? [] : read(found);
    const after = survivingEvents(next(before));
    const { version, revision } = found === undefined ? { version: 0, revision: latest } : row.parse(found);
    const isKept = revision === latest;
    if (isKept && before.length === after.length && after.every((event, index) => event.id === before[index]?.id)) return undefined;
    const others = difference(definition.contributions(before), definition.contributions(after), isKept);
    if (after.length === 0) return { row: { remove: key }, others };
    const put = {
      ...key,
      version: version + 1,
      ...(latest === 1 ? {} : { revision: latest }),
      events: after,
      ...definition.attributes?.(after),
    };
    return { row: { put, when: version === 0 ? 'absent' : { versionIs: version } }, others };
  };

  /** Whether an item of the table is a row of this view. */
  const isRow = (item: Item): boolean => {
    const stored = row.safeParse(item).data?.events[0];
    if (stored === undefined) return false;
    try {
      return keyText(definition.rowKey(definition.event(stored))) === keyText(item);
    } catch (error) {
      if (error instanceof UnexpectedEvent) return false;
      throw error;
    }
  };

  const attempt = async (byRow: ReadonlyMap<string, readonly E[]>): Promise<ReadonlyMap<string, readonly E[]>> => {
    const rows = [...byRow].flatMap(([subject, [first, ...others]]) =>
      first === undefined ? [] : [{ subject, key: definition.rowKey(first), heard: [first, ...others] }],
    );
    const found = await deps.table.getMany(rows.map(({ key }) => key));
    const changes = rows.flatMap(({ subject, key, heard }, index) => {
      const change = changeOf(key, found[index], (before) => [...before, ...heard.toReversed()]);
      return change === undefined ? [] : [{ subject, change }];
    });
    const again = new Map<string, readonly E[]>();
    for (const batch of inTransactions(changes)) {
      const outcome = await deps.table.transact(batch.writes);
      if (!outcome.done) for (const subject of batch.subjects) again.set(subject, byRow.get(subject) ?? []);
    }
    return again;
  };

  return {
    read,
    withdraw: async (items, isWithdrawn) => {
      let changed = 0;
      for (const item of items.filter(isRow)) {
        const change = changeOf({ pk: item.pk, sk: item.sk }, item, (before) => before.filter((event) => !isWithdrawn(event)));
        if (change === undefined) continue;
        const outcome = await writeTogether(deps, [change.row, ...change.others]);
        if (!outcome.done) throw new Error(`${keyText(item)} changed while events were taken out of it`);
        changed += 1;
      }
      return changed;
    },
    fold: async (events) => {
      let pending: ReadonlyMap<string, readonly E[]> = Map.groupBy(events, (event) => keyText(definition.rowKey(event)));
      for (let tries = 0; pending.size > 0; tries += 1) {
        if (tries === 8)
          throw new Error(`8 tries to fold events conflicted with other changes: ${[...pending.keys()].slice(0, 5).join(', ')}`);
        if (tries > 0) await deps.delay(deps.random() * 25 * 2 ** tries);
        pending = await attempt(pending);
      }
    },
  };
};

type Batch = { readonly subjects: readonly string[]; readonly writes: readonly Write[] };

/** Packs subjects into as few transactions as the limit allows; sums that several subjects share are added up first. */
const inTransactions = (changes: readonly { readonly subject: string; readonly change: Change }[]): readonly Batch[] => {
  const batches: Batch[] = [];
  let open: Batch = { subjects: [], writes: [] };
  for (const { subject, change } of changes) {
    const own: Write[] = [change.row, ...change.others];
    const merged = mergeAdditions([...open.writes, ...own]);
    if (merged.length <= largestTransaction) {
      open = { subjects: [...open.subjects, subject], writes: merged };
      continue;
    }
    batches.push(open);
    open = { subjects: [subject], writes: mergeAdditions(own) };
  }
  return open.subjects.length === 0 ? batches : [...batches, open];
};
