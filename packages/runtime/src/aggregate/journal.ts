import type { Fact, Happened } from '@meilenstein/contracts';
import type { Decision } from '@meilenstein/kernel';
import * as z from 'zod';
import { auditedAggregate, type AuditedAggregate } from './audited-aggregate.ts';
import { historyOf, type Changed, type Loaded } from './aggregate.ts';
import { commitPrefix, position } from './commit.ts';
import { foldDecision, partitionOf, type AggregateDefinition, type Machinery } from './fold-decision.ts';
import { liftedState } from './lift-state.ts';
import { writeTogether } from '../table/certain-writes.ts';
import type { Item, Key, Write } from '../table/table.ts';

export type JournalStore<State, F extends Fact> = {
  readonly audited: AuditedAggregate;
  readonly find: (id: string) => Promise<Loaded<State> | undefined>;
  /** the states of many, by their first or second commit: for those that rarely have a third */
  readonly states: (ids: readonly string[]) => Promise<readonly (Loaded<State> | undefined)[]>;
  /** creates one without reading first, with attributes of the item beside the state; false if it exists already */
  readonly begin: (id: string, said: readonly F[], attributes?: Readonly<Record<string, string>>) => Promise<boolean>;
  /** decides and writes one item; tries again after a concurrent change */
  readonly change: <R>(
    id: string,
    decide: (state: State) => Decision<F, R>,
    alongside?: readonly Write[],
  ) => Promise<{ readonly changed: Changed<State> } | { readonly refused: R }>;
  readonly refold: (id: string) => Promise<State>;
  readonly read: (item: Item) => Loaded<State>;
};

type JournalDefinition<State, F extends Fact> = Omit<AggregateDefinition<State, F>, 'index'> & {
  readonly index: (state: State, id: string, version: number) => Readonly<Record<string, string>>;
};

const journalItem = z.looseObject({ pk: z.string(), sk: z.string(), events: z.array(z.unknown()), schema: z.int(), state: z.unknown() });

/**
 * A store for aggregates with a small state and a short life, such as a submission: the state lies in the newest commit, so a change is
 * one item, put on condition that it is absent, and costs a quarter of a transaction. An index entry belongs to the commit that made it
 * and stays; no claims, no confidential parts.
 */
export const journalStore = <State, F extends Fact>(
  definition: JournalDefinition<State, F>,
  machinery: Machinery,
): JournalStore<State, F> => {
  const { table } = machinery;
  const keyOf = (id: string, sequence: number): Key => ({ pk: partitionOf(definition, id), sk: `${commitPrefix}${position(sequence)}` });

  const read = (item: Item): Loaded<State> => {
    const { pk, sk, events, schema, state } = journalItem.parse(item);
    return {
      state: definition.schema.parse(liftedState(definition, schema, state, `${pk} / ${sk}`)),
      version: Number(sk.slice(commitPrefix.length)) + events.length - 1,
    };
  };

  const find = async (id: string): Promise<Loaded<State> | undefined> => {
    const partition = partitionOf(definition, id);
    const [newest] = (await table.query({ partition, prefix: commitPrefix, descending: true, limit: 1 })).items;
    return newest === undefined ? undefined : read(newest);
  };

  type Next = { readonly put: Write; readonly changed: Changed<State> };

  const { index, ...plain } = definition;
  const next = (id: string, { state, version }: Loaded<State>, said: readonly F[], attributes = {}): Next | undefined => {
    const folded = foldDecision(plain, machinery, { id, state, version, origin: 'live' }, said);
    if (folded === undefined) return undefined;
    const after = { state: folded.state, version: folded.version, events: folded.events };
    const item = {
      ...attributes,
      ...folded.commit,
      schema: definition.schemaNumber,
      state: after.state,
      ...index(after.state, id, after.version),
    };
    return { put: { put: item, when: 'absent' }, changed: after };
  };

  const nothing: Loaded<State> = { state: definition.initial, version: 0 };

  return {
    audited: auditedAggregate(plain),
    find,
    read,
    states: async (ids) => {
      const items = await table.getMany(ids.flatMap((id) => [keyOf(id, 1), keyOf(id, 2)]));
      return ids.map((_, index) => {
        const newest = items[2 * index + 1] ?? items[2 * index];
        return newest === undefined ? undefined : read(newest);
      });
    },
    begin: async (id, said, attributes = {}) => {
      const first = next(id, nothing, said, attributes);
      return first !== undefined && (await writeTogether(machinery, [first.put])).done;
    },
    change: async (id, decide, alongside = []) => {
      for (let attempt = 0; attempt < 8; attempt += 1) {
        if (attempt > 0) await machinery.delay(machinery.random() * 25 * 2 ** attempt);
        const before = (await find(id)) ?? nothing;
        const decision = decide(before.state);
        if ('refused' in decision) return decision;
        const said = next(id, before, decision.events);
        if (said === undefined) return { changed: { ...before, events: [] } };
        if ((await table.transact([said.put, ...alongside])).done) return { changed: said.changed };
      }
      throw new Error(`${definition.prefix} ${id}: 8 tries to change it conflicted with other changes`);
    },
    refold: async (id) =>
      (await historyOf(table, plain, id)).reduce((state, fact: Happened<F>) => definition.evolve(state, fact), definition.initial),
  };
};
