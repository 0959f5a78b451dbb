import type { Envelope, Fact, Happened, Origin, ServiceName } from '@meilenstein/contracts';
import { earlierOf, type Clock } from '@meilenstein/kernel';
import type * as z from 'zod';
import type { StateForm } from './lift-state.ts';
import { commitItem, commitPrefix, eventId, position } from './commit.ts';
import type { Ids } from '../identity.ts';
import type { Item, Table, Write } from '../table/table.ts';
import { currentTrace } from '../function/trace.ts';

/** What a store needs from the outside; `delay` waits between tries, `random` is in [0, 1). */
export type Machinery = {
  readonly table: Table;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly delay: (millis: number) => Promise<void>;
  readonly random: () => number;
};

export type AggregateDefinition<State, F extends Fact> = StateForm & {
  /** prefix of the keys, such as `LEAD` */
  readonly prefix: string;
  readonly owner: ServiceName;
  /** reads the newest form; what it fills in by defaults needs no new form */
  readonly schema: z.ZodType<State>;
  readonly initial: State;
  /** what of the state is stored: `schema` must fill in the rest; absent: all of it */
  readonly stored?: (state: State) => unknown;
  /** one stored event with its confidential part, back to what the fold takes; reading is validating */
  readonly fact: (stored: unknown) => Happened<F>;
  readonly evolve: (state: State, fact: Happened<F>) => State;
  /** what of the state the audit compares, such as the newest of its versions; absent: all of it */
  readonly audited?: (state: State) => unknown;
  /** attributes that put the item with the state on an index */
  readonly index?: (state: State, id: string) => Readonly<Record<string, string>>;
  /** further writes of the same transaction, such as sums, from the facts or from the states before and after; no item twice */
  readonly views?: (facts: readonly Happened<F>[], states: { readonly before: State; readonly after: State }) => readonly Write[];
};

export const partitionOf = ({ prefix }: { readonly prefix: string }, id: string): string => `${prefix}#${id}`;

type Before<State> = { readonly id: string; readonly state: State; readonly version: number; readonly origin: Origin };

/** A decision that became history: the state after it, its events, and the items that keep them. */
export type Folded<State, F extends Fact> = {
  readonly state: State;
  readonly version: number;
  readonly events: readonly Envelope[];
  readonly facts: readonly Happened<F>[];
  readonly commit: Item;
  readonly confidential: Item | undefined;
};

const envelopesOf = <State, F extends Fact>(
  definition: AggregateDefinition<State, F>,
  { clock, ids }: Machinery,
  { id, version, origin }: Before<State>,
  facts: readonly F[],
): readonly Envelope[] => {
  const storedAt = clock.now();
  const { correlationId, causedBy } = currentTrace() ?? { correlationId: ids.next(), causedBy: null };
  return facts.map((fact, index) => {
    const occurredAt = fact.occurredAt ?? storedAt;
    const recordedAt = origin === 'import' ? earlierOf(fact.recordedAt ?? occurredAt, storedAt) : storedAt;
    const sequence = version + index + 1;
    const head = { id: eventId(definition.owner, partitionOf(definition, id), sequence), subject: id, sequence, storedAt, origin };
    return { ...head, name: fact.name, version: fact.version, occurredAt, recordedAt, correlationId, causedBy, data: fact.data };
  });
};

/** Gives the facts of a decision their times, ids and trace, and folds them. Undefined if there are none. */
export const foldDecision = <State, F extends Fact>(
  definition: AggregateDefinition<State, F>,
  machinery: Machinery,
  before: Before<State>,
  said: readonly F[],
): Folded<State, F> | undefined => {
  const [first, ...others] = envelopesOf(definition, machinery, before, said);
  if (first === undefined) return undefined;
  const events = [first, ...others] as const;
  const facts = events.map((head, index) => definition.fact({ ...head, confidential: said[index]?.confidential }));
  const partition = partitionOf(definition, before.id);
  const parts = said.flatMap(({ confidential }, i) => (confidential === undefined ? [] : [[String(before.version + i + 1), confidential]]));
  return {
    state: facts.reduce(definition.evolve, before.state),
    version: before.version + events.length,
    events,
    facts,
    commit: commitItem(partition, definition.owner, events, currentTrace()?.actor),
    confidential:
      parts.length === 0
        ? undefined
        : { pk: partition, sk: `${confidentialPrefix}${position(first.sequence)}`, parts: Object.fromEntries(parts) },
  };
};

export const confidentialPrefix = 'CONFIDENTIAL#';
export const isCommit = (item: Item): boolean => item.sk.startsWith(commitPrefix);
