import { factReader, leadErased, leadEvents, type LeadFact, type Origin, type PersonFields } from '@meilenstein/contracts';
import { leadId, type Claim, type Instant, type LeadId, type RepId } from '@meilenstein/kernel';
import {
  aggregateStore,
  commit,
  confidentialPrefix,
  deleteAll,
  eventsOf,
  fromCursor,
  historyOf,
  isCommit,
  partitionOf,
  partitionPages,
  queryAll,
  wholePartitions,
  toCursor,
  type AggregateDefinition,
  type ChangeResult,
  type DecidedChange,
  type Item,
  type Machinery,
  type PageRequest,
  type Retries,
  type Write,
} from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveLead, lead, noLead, withoutBlanks, type CapturedLead, type Lead } from '../domain/lead.ts';
import { nextCheckAt } from '../domain/timers.ts';
import { leadLists } from './lead-lists.ts';
import type { KeyMatch } from '../../identity/domain/identify.ts';
import { isOpen } from '../domain/is-open.ts';
import { routingRecord, type RoutingRecord } from '../domain/lead-assignment.ts';
import {
  byTime,
  dueAfter,
  dueEntry,
  duePartition,
  endedPartition,
  ownerPartition,
  prefixes,
  dueOfQueueKey,
  queueKey,
  queuePartition,
  sharedContactKey,
  sharedContactsPartition,
} from '../../keys.ts';
import type { AssignmentDecision } from '../../assignment/domain/assign-by-rules.ts';
import type { ChangedRotation } from '../../assignment/domain/route-lead.ts';
import { openLeadsChanged, rotationWrites, type LoadedRotations } from '../../assignment/store/rotation-store.ts';
import type { PageOf } from '../../capture/store/source-store.ts';

export type FoundLead = { readonly lead: CapturedLead; readonly version: number };

/** Every assignment changes the item of its rep, so in a burst many leads compete for the same few items. */
const whileOthersAssign: Retries = { tries: 250, longestDelay: 100 };

/** A lead that is due, and its position in the due-index. */
export type DueLead = { readonly leadId: LeadId; readonly position: string };
const dueItem = z.looseObject({ gsi2sk: z.string(), state: z.object({ leadId }) });

/** Part of the table. */
type LeadsPage = {
  readonly items: readonly CapturedLead[];
  readonly erasures: readonly { readonly leadId: LeadId; readonly at: Instant }[];
  readonly next: string | null;
};

/** Merged and erased leads are in no list. */
const isListed = (state: Lead): state is CapturedLead => state.status !== 'none' && state.status !== 'merged' && state.status !== 'erased';

const waiting = z.looseObject({ leadId });
const listedContact = z.looseObject({ leadId, contactId: z.string() });

const ownerOfOpen = (state: Lead): RepId | null => (isOpen(state) ? (state.owner?.repId ?? null) : null);

type States = { readonly before: Lead; readonly after: Lead };

/** A lead is in the list of its queue while it waits. */
const queueChanged = ({ before, after }: States): readonly Write[] => {
  const keyOf = (state: Lead) =>
    state.status === 'none' || state.queue === null ? undefined : queueKey(state.queue.queueId, state.queue.dueAt, state.leadId);
  const [left, entered] = [keyOf(before), keyOf(after)];
  if (left?.pk === entered?.pk && left?.sk === entered?.sk) return [];
  const put = after.status === 'none' || entered === undefined ? [] : [{ put: { ...entered, leadId: after.leadId } }];
  return [...(left === undefined ? [] : [{ remove: left }]), ...put];
};

const undecidedContacts = (state: Lead): ReadonlyMap<string, Item> =>
  new Map(
    state.status === 'none'
      ? []
      : Object.entries(state.sharedContacts).flatMap(([contactId, { at, decision }]) => {
          if (decision !== null) return [];
          const item = { ...sharedContactKey(at, state.leadId, contactId), leadId: state.leadId, contactId };
          return [[item.sk, item] as const];
        }),
  );

/** A contact that many names use is listed until somebody decides. */
const sharedContactsChanged = ({ before, after }: States): readonly Write[] => {
  const [were, are] = [undecidedContacts(before), undecidedContacts(after)];
  return [
    ...[...were.values()].filter(({ sk }) => !are.has(sk)).map(({ pk, sk }) => ({ remove: { pk, sk } })),
    ...[...are.values()].filter(({ sk }) => !were.has(sk)).map((item) => ({ put: item })),
  ];
};

const definition: AggregateDefinition<Lead, LeadFact> = {
  prefix: prefixes.lead,
  owner: 'leads',
  schemaNumber: 1,
  schema: lead,
  initial: noLead,
  stored: withoutBlanks,
  fact: factReader(leadEvents),
  evolve: evolveLead,
  views: (facts, states) => [
    ...openLeadsChanged(ownerOfOpen(states.before), ownerOfOpen(states.after)),
    ...queueChanged(states),
    ...sharedContactsChanged(states),
    ...leadLists(facts, states),
  ],
  index: (state) =>
    isListed(state)
      ? {
          gsi1pk: (isOpen(state) ? ownerPartition : endedPartition)(state.owner?.repId ?? null),
          gsi1sk: byTime(state.capturedAt, state.leadId),
          ...dueEntry(state.leadId, nextCheckAt(state.timers)),
        }
      : {},
};

/** Changes of leads that are decided together, and the new state of the rotation in which they count. */
export type DecidedLeads<R> = {
  readonly changes: readonly DecidedChange<Lead, LeadFact, R>[];
  readonly rotation?: ChangedRotation | null;
  /** a step on the way: after it is written, everything is loaded and decided again */
  readonly isStep?: boolean;
};

type WithRotations = { readonly rotations?: LoadedRotations | undefined };

export const leadStore = (machinery: Machinery) => {
  const store = aggregateStore(definition, machinery);

  /** Leads and the rotation in which they count, in one transaction; after a concurrent change everything is loaded and decided again. */
  const changeAssigned = <S extends WithRotations, R>(
    load: () => Promise<S>,
    decide: (situation: S) => DecidedLeads<R>,
    options: { readonly origin?: Origin; readonly retryTaken?: boolean } = {},
  ) =>
    store.changeWith<S, R>(
      load,
      (situation) => {
        const { changes, rotation = null, isStep = false } = decide(situation);
        if (rotation === null || situation.rotations === undefined) return { changes, isStep };
        const { writes, goFirst } = rotationWrites(situation.rotations, rotation);
        return goFirst ? { changes: [], alongside: writes, isStep: true } : { changes, alongside: writes, isStep };
      },
      { retries: whileOthersAssign, ...options },
    );

  /** A change of a lead that depends on more than the lead. */
  const changeWith = async <S extends WithRotations, R>(
    id: LeadId,
    load: (lead: Lead) => Promise<S>,
    decide: (lead: Lead, situation: S) => AssignmentDecision<R>,
    { expectedVersion, ...options }: { readonly expectedVersion?: number; readonly origin?: Origin } = {},
  ): Promise<ChangeResult<Lead, R>> => {
    const result = await changeAssigned(
      async () => {
        const found = await store.find(id);
        const situation = await load(found?.state ?? noLead);
        return { found, situation, rotations: situation.rotations };
      },
      ({ found, situation }): DecidedLeads<R> => {
        const { decision, rotation } = decide(found?.state ?? noLead, situation);
        return { changes: [{ id, found, decision, ...(expectedVersion === undefined ? {} : { expectedVersion }) }], rotation };
      },
      options,
    );
    if (!('changed' in result)) return result;
    const [changed] = result.changed;
    if (changed === undefined) throw new Error(`lead ${id}: a change has no result`);
    return { changed };
  };

  /** The lead that holds a key, and the lead into which it was merged, through any number of merges. */
  const findByKey = async (claim: Claim): Promise<KeyMatch | undefined> => {
    let id = await store.holderOf(claim);
    let record: CapturedLead | undefined;
    for (let steps = 0; id !== undefined && steps < 20; steps += 1) {
      const state: Lead | undefined = (await store.find(id))?.state;
      if (state === undefined || state.status === 'none' || state.status === 'erased') return undefined;
      record ??= state;
      if (state.mergedInto === null) return { record, holder: state };
      id = state.mergedInto;
    }
    return undefined;
  };

  const withVersion = ({ state, version }: { readonly state: Lead; readonly version: number }): readonly FoundLead[] =>
    state.status === 'none' ? [] : [{ lead: state, version }];

  const ofOwner = partitionPages(machinery.table, 'gsi1');
  const wholeOwners = wholePartitions(machinery.table, 'gsi1');

  return {
    audited: store.audited,
    /** every lead of some owners, in no order; `openOnly`: those in work */
    allOf: async (
      owners: readonly (RepId | null)[],
      { openOnly, most }: { readonly openOnly: boolean; readonly most: number },
    ): Promise<{ readonly leads: readonly FoundLead[]; readonly isComplete: boolean }> => {
      const partitions = owners.flatMap((owner) => (openOnly ? [ownerPartition(owner)] : [ownerPartition(owner), endedPartition(owner)]));
      const { items, isComplete } = await wholeOwners(partitions, most);
      const found = items.flatMap((item) => withVersion(store.read(item)));
      return { leads: openOnly ? found.filter(({ lead }) => isOpen(lead)) : found, isComplete };
    },
    findMany: async (ids: readonly LeadId[]): Promise<readonly FoundLead[]> =>
      (await store.findMany(ids)).flatMap((found) => (found === undefined ? [] : withVersion(found))),
    /** how many leads wait in a queue, how many are overdue at an instant, and the earliest deadline */
    queueLength: async (queue: string, at: Instant) => {
      const dues = (await queryAll(machinery.table, { partition: queuePartition(queue) })).map(({ sk }) => dueOfQueueKey(sk));
      return { leads: dues.length, overdue: dues.filter((dueAt) => dueAt <= at).length, earliestDueAt: dues[0] ?? null };
    },
    find: async (id: LeadId): Promise<FoundLead | undefined> => {
      const found = await store.find(id);
      return found === undefined ? undefined : withVersion(found)[0];
    },
    change: store.change,
    changeMany: store.changeMany,
    changeTogether: store.changeTogether,
    refold: store.refold,
    historyOf: (id: LeadId) => historyOf(machinery.table, definition, id),
    /** the last routing decision; null if the rules never decided or the person was erased */
    lastRouting: async ({ leadId: id, routing }: CapturedLead): Promise<RoutingRecord | null> => {
      const decisions = routing === null ? [] : await historyOf(machinery.table, definition, id);
      const last = decisions.findLast((fact) => fact.name === 'LeadRouted');
      return last === undefined ? null : routingRecord(last);
    },
    /** the personal fields in the confidential items of a lead; empty after erasure */
    confidentialTexts: async (id: LeadId): Promise<readonly PersonFields[]> =>
      (await historyOf(machinery.table, definition, id)).flatMap((fact) =>
        fact.name === 'LeadCaptured' || fact.name === 'LeadCorrected' || fact.name === 'LeadAmended'
          ? [fact.confidential?.fields ?? {}]
          : [],
      ),
    /** deletes every confidential item of a lead and returns how many there were; throws where some are left */
    forget: (id: LeadId): Promise<number> => deleteAll(machinery, { partition: partitionOf(definition, id), prefix: confidentialPrefix }),
    /** every lead, and every order to erase one, page by page, in no order: for the nightly run only */
    all: async (after: string | null): Promise<LeadsPage> => {
      const page = await machinery.table.scan(after);
      const own = page.items.filter((item) => item.pk.startsWith(`${prefixes.lead}#`));
      return {
        items: own.filter((item) => item.sk === 'STATE').flatMap((item) => withVersion(store.read(item)).map((found) => found.lead)),
        erasures: own
          .filter(isCommit)
          .flatMap((item) => eventsOf(commit.parse(item)))
          .filter(({ envelope }) => envelope.name === leadErased.name)
          .map(({ envelope }) => ({ leadId: leadId.parse(envelope.subject), at: envelope.storedAt })),
        next: page.next,
      };
    },
    /** leads of a shard of the due-index that are due by now, the longest due first, each with its position */
    dueIn: async (
      shard: number,
      now: Instant,
      { limit, after }: { readonly limit: number; readonly after: string | null },
    ): Promise<{ readonly items: readonly DueLead[]; readonly more: boolean }> => {
      const page = await machinery.table.query({ index: 'gsi2', partition: duePartition(shard), between: dueAfter(after, now), limit });
      return {
        items: page.items.map((item) => dueItem.parse(item)).map(({ gsi2sk, state }) => ({ leadId: state.leadId, position: gsi2sk })),
        more: page.next !== null,
      };
    },
    findByKey,
    changeWith,
    changeAssigned,
    findLoaded: store.find,
    /** leads that wait in a queue, the earliest due first */
    inQueue: async (queue: string, { limit, cursor }: PageRequest): Promise<PageOf<FoundLead>> => {
      const from = cursor === undefined ? undefined : fromCursor(cursor, ['after']).after;
      const page = await machinery.table.query({ partition: queuePartition(queue), limit, ...(from === undefined ? {} : { after: from }) });
      const ids = page.items.map((item) => waiting.parse(item).leadId);
      const found = await store.findMany(ids);
      return {
        items: found.flatMap((one) => (one === undefined ? [] : withVersion(one))),
        next: page.next === null ? null : toCursor({ after: page.next }),
      };
    },
    /** contacts that many names use and about which nobody has decided, the longest waiting first */
    sharedContacts: async ({ limit, cursor }: PageRequest): Promise<PageOf<FoundLead & { readonly contactId: string }>> => {
      const from = cursor === undefined ? undefined : fromCursor(cursor, ['after']).after;
      const page = await machinery.table.query({
        partition: sharedContactsPartition,
        limit,
        ...(from === undefined ? {} : { after: from }),
      });
      const listed = page.items.map((item) => listedContact.parse(item));
      const found = await store.findMany(listed.map((one) => one.leadId));
      return {
        items: listed.flatMap(({ contactId }, index) => {
          const one = found[index];
          return one === undefined ? [] : withVersion(one).map((lead) => ({ ...lead, contactId }));
        }),
        next: page.next === null ? null : toCursor({ after: page.next }),
      };
    },
    /** by owner, those in work first and the newest first, back to `from`; `null` stands for leads without an owner */
    ofOwners: async (owners: readonly (RepId | null)[], request: PageRequest & { readonly from?: Instant }): Promise<PageOf<FoundLead>> => {
      const page = await ofOwner(
        owners.flatMap((owner) => [ownerPartition(owner), endedPartition(owner)]),
        request,
      );
      return { items: page.items.flatMap((item) => withVersion(store.read(item))), next: page.next };
    },
  };
};
export type LeadStore = ReturnType<typeof leadStore>;
