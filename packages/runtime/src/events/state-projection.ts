import type { Envelope } from '@meilenstein/contracts';
import * as z from 'zod';
import { writeTogether } from '../table/certain-writes.ts';
import { keyText, largestTransaction, type Item, type Key, type Table, type Write } from '../table/table.ts';
import { emptyHistory, receivedHistory, storedEvent, withReceived, type ReceivedHistory } from './received-history.ts';
import { completeUntil } from './sequence-ranges.ts';
import type { StoredEvent, Withdraw } from './withdraw.ts';

export type StateProjectionDefinition<E extends Envelope, State> = {
  /** the names of its events; no other view of the table has them */
  readonly names: readonly E['name'][];
  /** where the row of an event's subject lies */
  readonly rowKey: (event: E) => Key;
  /** reads an event that a row of the older form holds */
  readonly event: (stored: unknown) => E;
  readonly schema: z.ZodType<State>;
  readonly initial: State;
  /** equal sets of events have to give equal states, in whatever order they come */
  readonly merge: (state: State, event: E) => State;
  /** forgets what only an event up to `complete` could need: all of them are in the state */
  readonly forget?: (state: State, complete: number) => State;
  /** what stays of each event beside the row, in an item of its own; its key follows from the subject and the sequence */
  readonly itemOf?: (event: E) => Item | undefined;
};

/** A row as it was read. `older`: its events, where it is of the form that kept all of them; they are not in the state yet. */
type StateRow<E extends Envelope, State> = {
  readonly state: State;
  readonly history: ReceivedHistory;
  readonly older: readonly E[];
};

export type StateProjection<E extends Envelope, State> = {
  /** takes events in any order, any number of times; equal sets of events give equal rows */
  readonly fold: (events: readonly E[]) => Promise<void>;
  /** a row as a query returned it */
  readonly read: (row: Item) => StateRow<E, State>;
  /** empties each row that has received one of the events, because it keeps none: its subject has to be republished */
  readonly withdraw: Withdraw;
};

const stateItem = z.looseObject({ version: z.int(), ...receivedHistory.shape, state: z.unknown() });
const olderItem = z.looseObject({ version: z.int(), events: z.array(z.unknown()) });
const itemOfEvent = z.looseObject({ of: storedEvent });
const eventNames = z.looseObject({ version: z.int(), events: z.array(z.looseObject({ name: z.string() })).min(1) });

const maxTries = 8;

const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk });

type Change = { readonly row: Write; readonly items: readonly Write[] };

/**
 * A view whose events replace each other: the row of a subject holds the state they come to and which sequences were received, never the
 * events, so it does not grow with time. Rows that hold events are read, and rewritten with the next event.
 *
 * Where the history of the subject was set back, an event of a lost future may be in the state. As soon as that is known, the row and its
 * items begin anew, and republishing fills them: nothing says what the state was without that event.
 */
export const stateProjection = <E extends Envelope, State>(
  definition: StateProjectionDefinition<E, State>,
  deps: { readonly table: Table; readonly delay: (millis: number) => Promise<void>; readonly random: () => number },
): StateProjection<E, State> => {
  const { names, rowKey, initial, schema, merge, forget = (state: State) => state, itemOf = () => undefined } = definition;

  const read = (item: Item): StateRow<E, State> => {
    if ('events' in item) return { state: initial, history: emptyHistory, older: olderItem.parse(item).events.map(definition.event) };
    const { state, version: _, ...row } = stateItem.parse(item);
    return { state: schema.parse(state), history: receivedHistory.parse(row), older: [] };
  };

  const changeOf = (key: Key, found: Item | undefined, events: readonly E[]): Change | undefined => {
    const before = found === undefined ? { state: initial, history: emptyHistory, older: [] } : read(found);
    let { state, history } = before;
    const items = new Map<string, Write>();
    for (const event of [...before.older, ...events]) {
      const step = withReceived(history, event);
      if (step === undefined) continue;
      history = step.history;
      state = merge(step.forgotten.length === 0 ? state : initial, event);
      for (const sequence of step.forgotten) {
        const item = itemOf({ ...event, sequence });
        if (item !== undefined) items.set(keyText(item), { remove: keyOf(item) });
      }
      const item = itemOf(event);
      if (item !== undefined) items.set(keyText(item), { put: { ...item, of: storedEvent.parse(event) } });
    }
    if (history === before.history) return undefined;
    const version = found === undefined ? 0 : z.int().parse(found['version']);
    const row = { ...key, version: version + 1, ...history, state: forget(state, completeUntil(history.received)) };
    return { row: { put: row, when: version === 0 ? 'absent' : { versionIs: version } }, items: [...items.values()] };
  };

  const isOwn = (name: string): boolean => names.some((one) => one === name);

  /** What taking events out of an item of the table writes; nothing where it is none of this view's, or holds none of them. */
  const withdrawal = (item: Item, isWithdrawn: Parameters<Withdraw>[1]): readonly Write[] => {
    const isOwnWithdrawn = (event: StoredEvent): boolean => isOwn(event.name) && isWithdrawn(event);
    const stored = itemOfEvent.safeParse(item).data?.of;
    if (stored !== undefined) return isOwnWithdrawn(stored) ? [{ remove: keyOf(item) }] : [];
    const row = stateItem.safeParse(item).data;
    if (row !== undefined) return row.latest.some(isOwnWithdrawn) ? [{ remove: keyOf(item) }] : [];
    if (eventNames.safeParse(item).data?.events.every(({ name }) => isOwn(name)) !== true) return [];
    const { older } = read(item);
    const lost = older.filter(isOwnWithdrawn);
    if (lost.length === 0) return [];
    const events = older.filter((event) => !lost.includes(event));
    return [
      ...lost.flatMap((event) => itemOf(event) ?? []).map((own): Write => ({ remove: keyOf(own) })),
      events.length === 0 ? { remove: keyOf(item) } : { put: { ...item, version: z.int().parse(item['version']) + 1, events } },
    ];
  };

  const attempt = async (byRow: ReadonlyMap<string, readonly E[]>): Promise<ReadonlyMap<string, readonly E[]>> => {
    const rows = [...byRow].flatMap(([name, [first, ...others]]) =>
      first === undefined ? [] : [{ name, key: rowKey(first), events: [first, ...others] }],
    );
    const found = await deps.table.getMany(rows.map(({ key }) => key));
    const conflicts = await Promise.all(
      rows.map(async ({ name, key, events }, index) => {
        const change = changeOf(key, found[index], events);
        return change === undefined || (await write(deps.table, change)) ? [] : [[name, events] as const];
      }),
    );
    return new Map(conflicts.flat());
  };

  return {
    read,
    withdraw: async (items, isWithdrawn) => {
      const changes = items.map((item) => withdrawal(item, isWithdrawn)).filter((writes) => writes.length > 0);
      for (const writes of changes) {
        const outcome = await writeTogether(deps, writes);
        if (!outcome.done) throw new Error('a row changed while events were taken out of it');
      }
      return changes.length;
    },
    fold: async (events) => {
      let pending: ReadonlyMap<string, readonly E[]> = Map.groupBy(events, (event) => keyText(rowKey(event)));
      for (let tries = 0; pending.size > 0; tries += 1) {
        if (tries === maxTries)
          throw new Error(`${maxTries} tries to fold events conflicted with other changes: ${[...pending.keys()].slice(0, 5).join(', ')}`);
        if (tries > 0) await deps.delay(deps.random() * 25 * 2 ** tries);
        pending = await attempt(pending);
      }
    },
  };
};

/**
 * Writes the items of a row before it or with it. An item follows from one event alone, so writing it again changes nothing, and the row is
 * what says that the event was received.
 */
const write = async (table: Table, { row, items }: Change): Promise<boolean> => {
  const rest = [...items];
  while (rest.length >= largestTransaction) if (!(await table.transact(rest.splice(0, largestTransaction))).done) return false;
  return (await table.transact([...rest, row])).done;
};
