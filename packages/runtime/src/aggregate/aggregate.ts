import type { Claim, Decision, Instant } from '@meilenstein/kernel';
import type { Envelope, Fact, Happened, Origin } from '@meilenstein/contracts';
import * as z from 'zod';
import { auditedAggregate, type AuditedAggregate } from './audited-aggregate.ts';
import { commit, eventsOf } from './commit.ts';
import { confidentialPrefix, foldDecision, isCommit, partitionOf, type AggregateDefinition, type Machinery } from './fold-decision.ts';
import { liftedState } from './lift-state.ts';
import { mergeAdditions, touchSameItem } from '../table/merged-writes.ts';
import { largestTransaction, queryAll, type Item, type Key, type Table, type Write } from '../table/table.ts';

export type Loaded<State> = { readonly state: State; readonly version: number };

export type Changed<State> = Loaded<State> & { readonly events: readonly Envelope[] };

/** `stale`: the current version, which is not the expected one. `taken`: a claim that another aggregate holds. */
export type ChangeResult<State, R> =
  | { readonly changed: Changed<State> }
  | { readonly refused: R }
  | { readonly stale: number }
  | { readonly taken: Claim };

type ChangeOptions = {
  /** from `If-Match`; absent: any version */
  readonly expectedVersion?: number;
  readonly origin?: Origin;
  /** further items of the same transaction, such as a raw body */
  readonly alongside?: readonly Write[];
};

type Decide<State, F, R> = (state: State, version: number) => Decision<F, R>;

type Entry<State, F, R> = { readonly id: string; readonly decide: Decide<State, F, R> };

/** A decision about an aggregate, as it was when it was loaded. */
export type DecidedChange<State, F, R> = {
  readonly id: string;
  readonly found: Loaded<State> | undefined;
  readonly decision: Decision<F, R>;
  readonly expectedVersion?: number;
};

/** What was decided from everything that was loaded: it is written in one transaction. */
type DecidedChanges<State, F, R> = {
  readonly changes: readonly DecidedChange<State, F, R>[];
  /** further items of the same transaction, also where no aggregate changes */
  readonly alongside?: readonly Write[];
  /** a step on the way: after it is written, everything is loaded and decided again */
  readonly isStep?: boolean;
};

/** How often a change is tried, and the longest delay between two tries, in milliseconds. */
export type Retries = { readonly tries: number; readonly longestDelay: number };

type ChangeWithOptions = Pick<ChangeOptions, 'origin'> & {
  /** for changes that compete for an item with many others */
  readonly retries?: Retries;
  /** load and decide again if another aggregate holds a claim, instead of answering `taken` */
  readonly retryTaken?: boolean;
};

type NotChanged<State, R> = Exclude<ChangeResult<State, R>, { readonly changed: unknown }>;

/** A change that is decided and not written yet. `claims`: those whose writes come first, in the same order. */
export type PreparedChange<State> = {
  readonly id: string;
  readonly changed: Changed<State>;
  readonly writes: readonly Write[];
  readonly claims: readonly Claim[];
};

export type AggregateStore<State, F extends Fact> = {
  readonly audited: AuditedAggregate;
  /** the current state; undefined if nothing has happened yet */
  readonly find: (id: string) => Promise<Loaded<State> | undefined>;
  /** the states of many, read in batches; in the order of the ids */
  readonly findMany: (ids: readonly string[]) => Promise<readonly (Loaded<State> | undefined)[]>;
  /**
   * Decides on a state that was read before and writes nothing: many such changes go into few transactions with `writePacked`, each on
   * condition that its state is still the one that was read. A `result` where there is nothing to write.
   */
  readonly prepare: <R>(
    entry: Entry<State, F, R> & { readonly found: Loaded<State> | undefined } & Pick<ChangeOptions, 'expectedVersion'>,
  ) => PreparedChange<State> | { readonly result: ChangeResult<State, R> };
  /**
   * Loads everything that a decision depends on, decides, and writes the result in one transaction. After a concurrent change it loads
   * and decides again, with jitter: this is the only retry loop, and the other changes are cases of it. The first refusal (or stale
   * version) is the answer. Together the changes may not touch an item twice.
   */
  readonly changeWith: <Situation, R>(
    load: () => Promise<Situation>,
    decide: (situation: Situation) => DecidedChanges<State, F, R>,
    options?: ChangeWithOptions,
  ) => Promise<{ readonly changed: readonly Changed<State>[] } | NotChanged<State, R>>;
  /**
   * Loads, decides, and writes state, events, confidential part and claims in one transaction. A decision without events writes
   * nothing. Tries again after a concurrent change (8 tries, with jitter), unless `expectedVersion` says otherwise.
   */
  readonly change: <R>(id: string, decide: Decide<State, F, R>, options?: ChangeOptions) => Promise<ChangeResult<State, R>>;
  /** many aggregates with few transactions; results in the order of the entries. Ids must differ. */
  readonly changeMany: <R>(entries: readonly Entry<State, F, R>[], origin: Origin) => Promise<readonly ChangeResult<State, R>[]>;
  /** Several aggregates in one transaction: all of them change, or none. */
  readonly changeTogether: <R>(
    entries: readonly (Entry<State, F, R> & Pick<ChangeOptions, 'expectedVersion'>)[],
  ) => Promise<{ readonly changed: readonly Changed<State>[] } | NotChanged<State, R>>;
  /** the state as it was known at an instant: the fold of all events recorded by then */
  readonly asOf: (id: string, at: Instant) => Promise<State | undefined>;
  /** the fold of all events: must equal `find` */
  readonly refold: (id: string) => Promise<State>;
  /** the state item as a list or an index returned it */
  readonly read: (item: Item) => Loaded<State>;
  /** the aggregate that holds a claim */
  readonly holderOf: (claim: Claim) => Promise<string | undefined>;
  /** the aggregates that hold each of many claims, read in batches; in the order of the claims */
  readonly holdersOf: (claims: readonly Claim[]) => Promise<readonly (string | undefined)[]>;
};

const stateItem = z.looseObject({ version: z.int(), schema: z.int(), state: z.unknown() });
const confidentialItem = z.looseObject({ parts: z.record(z.string(), z.unknown()) });
const claimItem = z.looseObject({ holder: z.string() });

const claimKey = (claim: Claim): Key => ({ pk: `CLAIM#${claim.kind}#${claim.value}`, sk: 'CLAIM' });

type Plan<State, R> = { readonly result: ChangeResult<State, R> } | PreparedChange<State>;

const usualRetries: Retries = { tries: 8, longestDelay: 3200 };

/** Builds the store of one kind of aggregate over a service's table. */
export const aggregateStore = <State, F extends Fact>(
  definition: AggregateDefinition<State, F>,
  machinery: Machinery,
): AggregateStore<State, F> => {
  const { table } = machinery;
  const stateKey = (id: string): Key => ({ pk: partitionOf(definition, id), sk: 'STATE' });

  const read = (item: Item): Loaded<State> => {
    const stored = stateItem.parse(item);
    const state = liftedState(definition, stored.schema, stored.state, `${String(item.pk)} / ${String(item.sk)}`);
    return { state: definition.schema.parse(state), version: stored.version };
  };

  const plan = <R>(id: string, found: Loaded<State> | undefined, decide: Decide<State, F, R>, options: ChangeOptions): Plan<State, R> => {
    const version = found?.version ?? 0;
    const before = found?.state ?? definition.initial;
    if (options.expectedVersion !== undefined && options.expectedVersion !== version) return { result: { stale: version } };
    const decision = decide(before, version);
    if ('refused' in decision) return { result: { refused: decision.refused } };
    const folded = foldDecision(definition, machinery, { id, state: before, version, origin: options.origin ?? 'live' }, decision.events);
    if (folded === undefined) return { result: { changed: { state: before, version, events: [] } } };
    const { state, version: next, events, facts, confidential } = folded;
    const claims = decision.claims ?? [];
    const writes = mergeAdditions([
      ...claims.map((claim) => ({ put: { ...claimKey(claim), holder: id }, when: 'absent' as const })),
      {
        put: {
          ...stateKey(id),
          version: next,
          schema: definition.schemaNumber,
          state: definition.stored?.(state) ?? state,
          ...definition.index?.(state, id),
        },
        when: version === 0 ? 'absent' : { versionIs: version },
      },
      { put: folded.commit, when: 'absent' },
      ...(confidential === undefined ? [] : [{ put: confidential }]),
      ...(decision.releases ?? []).map((claim) => ({ remove: claimKey(claim) })),
      ...(definition.views?.(facts, { before, after: state }) ?? []),
      ...(options.alongside ?? []),
    ]);
    return { id, changed: { state, version: next, events }, writes, claims };
  };

  const find = async (id: string): Promise<Loaded<State> | undefined> => {
    const item = await table.get(stateKey(id));
    return item === undefined ? undefined : read(item);
  };

  const findMany = async (ids: readonly string[]): Promise<readonly (Loaded<State> | undefined)[]> =>
    (await table.getMany(ids.map(stateKey))).map((item) => (item === undefined ? undefined : read(item)));

  const changeWith: AggregateStore<State, F>['changeWith'] = async (load, decide, options = {}) => {
    const { origin = 'live', retries = usualRetries, retryTaken = false } = options;
    let ids = '';
    for (let attempt = 1; attempt <= retries.tries; attempt += 1) {
      const { changes, alongside = [], isStep = false } = decide(await load());
      ids = changes.map((one) => one.id).join(', ');
      const plans = changes.map(({ id, found, decision, ...expected }) => plan(id, found, () => decision, { ...expected, origin }));
      for (const one of plans) if ('result' in one && !('changed' in one.result)) return one.result;
      const changed = plans.flatMap((one) => ('changed' in one ? [one.changed] : 'changed' in one.result ? [one.result.changed] : []));
      const writes = mergeAdditions([...plans.flatMap((one) => ('writes' in one ? one.writes : [])), ...alongside]);
      const outcome = writes.length === 0 ? ({ done: true } as const) : await table.transact(writes);
      if (outcome.done && isStep) continue;
      if (outcome.done) return { changed };
      const [first] = plans;
      const claims = first !== undefined && 'claims' in first && !retryTaken ? first.claims : [];
      const taken = claims.find((_, index) => outcome.failed.includes(index));
      if (taken !== undefined && (await holderOf(taken)) !== changes[0]?.id) return { taken };
      if (attempt < retries.tries) await machinery.delay(machinery.random() * Math.min(25 * 2 ** attempt, retries.longestDelay));
    }
    throw new Error(`${definition.prefix} ${ids}: ${retries.tries} tries to change it conflicted with other changes`);
  };

  const change = async <R>(
    id: string,
    decide: Decide<State, F, R>,
    { alongside = [], ...options }: ChangeOptions = {},
  ): Promise<ChangeResult<State, R>> => {
    const { expectedVersion, origin = 'live' } = options;
    const result = await changeWith(
      () => find(id),
      (found) => {
        const version = found?.version ?? 0;
        // A stale version is the answer, whatever the decision would have been.
        const isStale = expectedVersion !== undefined && expectedVersion !== version;
        const decision: Decision<F, R> = isStale ? { events: [] } : decide(found?.state ?? definition.initial, version);
        const isChange = 'events' in decision && decision.events.length > 0;
        const expected = expectedVersion === undefined ? {} : { expectedVersion };
        return { changes: [{ id, found, decision, ...expected }], alongside: isChange ? alongside : [] };
      },
      { origin },
    );
    if (!('changed' in result)) return result;
    const [changed] = result.changed;
    if (changed === undefined) throw new Error(`${definition.prefix} ${id}: a change has no result`);
    return { changed };
  };

  const holder = (item: Item | undefined): string | undefined => (item === undefined ? undefined : claimItem.parse(item).holder);
  const holderOf = async (claim: Claim): Promise<string | undefined> => holder(await table.get(claimKey(claim)));

  const changeMany = async <R>(
    entries: readonly Entry<State, F, R>[],
    storedOrigin: Origin,
  ): Promise<readonly ChangeResult<State, R>[]> => {
    const options = { origin: storedOrigin };
    const found = await findMany(entries.map((entry) => entry.id));
    const results = new Map<number, ChangeResult<State, R>>();
    let batch: { index: number; planned: Extract<Plan<State, R>, { writes: unknown }> }[] = [];
    const flush = async (): Promise<void> => {
      const pending = batch;
      batch = [];
      if (pending.length === 0) return;
      const outcome = await table.transact(mergeAdditions(pending.flatMap((one) => one.planned.writes)));
      for (const one of pending) {
        const entry = entries[one.index];
        if (outcome.done) results.set(one.index, { changed: one.planned.changed });
        else if (entry !== undefined) results.set(one.index, await change(entry.id, entry.decide, options));
      }
    };
    for (const [index, entry] of entries.entries()) {
      const planned = plan(entry.id, found[index], entry.decide, options);
      if ('result' in planned) {
        results.set(index, planned.result);
        continue;
      }
      const open = batch.flatMap((one) => one.planned.writes);
      if (open.length + planned.writes.length > largestTransaction || touchSameItem(open, planned.writes)) await flush();
      batch.push({ index, planned });
    }
    await flush();
    return entries.map((entry, index) => {
      const result = results.get(index);
      if (result === undefined) throw new Error(`${definition.prefix} ${entry.id}: no result`);
      return result;
    });
  };

  const changeTogether: AggregateStore<State, F>['changeTogether'] = (entries) =>
    changeWith(
      () => findMany(entries.map((entry) => entry.id)),
      (found) => ({
        changes: entries.map(({ id, decide, ...expected }, index) => {
          const loaded = found[index];
          return { id, found: loaded, decision: decide(loaded?.state ?? definition.initial, loaded?.version ?? 0), ...expected };
        }),
      }),
    );

  const history = (id: string): Promise<readonly Happened<F>[]> => historyOf(table, definition, id);

  return {
    audited: auditedAggregate(definition),
    find,
    findMany,
    prepare: ({ id, found, decide, ...options }) => plan(id, found, decide, options),
    changeWith,
    change,
    changeMany,
    changeTogether,
    read,
    holderOf,
    holdersOf: async (claims) => (await table.getMany(claims.map(claimKey))).map(holder),
    asOf: async (id, at) => {
      const known = (await history(id)).filter((fact) => fact.recordedAt <= at);
      return known.length === 0 ? undefined : known.reduce(definition.evolve, definition.initial);
    },
    refold: async (id) => (await history(id)).reduce(definition.evolve, definition.initial),
  };
};

/** The facts of an aggregate, with the confidential parts that still exist. */
export const historyOf = async <State, F extends Fact>(
  table: Table,
  definition: AggregateDefinition<State, F>,
  id: string,
): Promise<readonly Happened<F>[]> => {
  const items = await queryAll(table, { partition: partitionOf(definition, id) });
  const hidden: Readonly<Record<string, unknown>> = Object.assign(
    {},
    ...items.filter((item) => item.sk.startsWith(confidentialPrefix)).map((item) => confidentialItem.parse(item).parts),
  );
  return items
    .filter(isCommit)
    .flatMap((item) => eventsOf(commit.parse(item)))
    .map(({ envelope }) => definition.fact({ ...envelope, confidential: hidden[String(envelope.sequence)] }));
};
