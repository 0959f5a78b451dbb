import { factReader, leadEvents, type LeadFact, type Origin, type PersonFields } from '@meilenstein/contracts';
import { leadId, type Claim, type Decision, type Instant, type LeadId, type RepId } from '@meilenstein/kernel';
import {
  aggregateStore,
  confidentialPrefix,
  fromCursor,
  historyOf,
  partitionOf,
  queryAll,
  partitionPages,
  toCursor,
  type AggregateDefinition,
  type ChangeResult,
  type Machinery,
  type PageRequest,
  type Write,
} from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveLead, lead, noLead, withoutBlanks, type CapturedLead, type Lead } from '../domain/lead.ts';
import { nextCheckAt } from '../domain/timers.ts';
import { leadLists } from './lead-lists.ts';
import type { KeyMatch } from '../../identity/domain/identify.ts';
import { isOpen } from '../domain/is-open.ts';
import { routingRecord, type RoutingRecord } from '../domain/lead-assignment.ts';
import { byTime, dueAfter, dueEntry, duePartition, ownerPartition, prefixes, queueKey, queuePartition } from '../../keys.ts';
import { openLeadsChanged } from '../../assignment/store/rotation-store.ts';
import type { PageOf } from '../../capture/store/source-store.ts';

export type FoundLead = { readonly lead: CapturedLead; readonly version: number };

const mostTries = 250;

/** A lead that is due, and its position in the due-index. */
export type DueLead = { readonly leadId: LeadId; readonly position: string };
const dueItem = z.looseObject({ gsi2sk: z.string(), state: z.object({ leadId }) });

/** Merged and erased leads are in no list. */
const isListed = (state: Lead): state is CapturedLead => state.status !== 'none' && state.status !== 'merged' && state.status !== 'erased';

const waiting = z.looseObject({ leadId });

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
    ...leadLists(facts, states),
  ],
  index: (state) =>
    isListed(state)
      ? {
          gsi1pk: ownerPartition(state.owner?.repId ?? null),
          gsi1sk: byTime(state.capturedAt, state.leadId),
          ...dueEntry(state.leadId, nextCheckAt(state.timers)),
        }
      : {},
};

/** A decision about a lead, and what is written in the same transaction. */
export type Plan<R> = { readonly decision: Decision<LeadFact, R>; readonly alongside: readonly Write[] };

type PlanOptions = { readonly expectedVersion?: number; readonly origin?: Origin };

export const leadStore = (machinery: Machinery) => {
  const store = aggregateStore(definition, machinery);

  /** Undefined if the lead, or what the plan was based on, changed in the meantime. */
  const attempt = async <R>(
    id: LeadId,
    plan: (state: Lead) => Promise<Plan<R>>,
    options: PlanOptions,
  ): Promise<ChangeResult<Lead, R> | undefined> => {
    const found = await store.find(id);
    const { decision, alongside } = await plan(found?.state ?? noLead);
    let asked = 0;
    // `change` asks again after a lost race, but the writes beside the lead would be outdated: then this attempt ends.
    const once = (_: Lead, version: number): Decision<LeadFact, R | typeof lost> => {
      asked += 1;
      return asked > 1 || version !== (found?.version ?? 0) ? { refused: lost } : decision;
    };
    const result = await store.change(id, once, { ...options, alongside });
    if (!('refused' in result)) return result;
    return isLost(result.refused) ? undefined : { refused: result.refused };
  };

  /** A change that depends on more than the lead: after a lost race everything is read and decided again. */
  const changeByPlan = async <R>(
    id: LeadId,
    plan: (state: Lead) => Promise<Plan<R>>,
    options: PlanOptions = {},
  ): Promise<ChangeResult<Lead, R>> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const result = await attempt(id, plan, options);
      if (result !== undefined) return result;
      await machinery.delay(machinery.random() * 10 * Math.min(tries, 10));
    }
    throw new Error(`lead ${id}: ${mostTries} plans for it conflicted with other changes`);
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

  return {
    audited: store.audited,
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
    /** deletes every confidential item of a lead */
    forget: async (id: LeadId): Promise<void> => {
      const items = await queryAll(machinery.table, { partition: partitionOf(definition, id), prefix: confidentialPrefix });
      for (let from = 0; from < items.length; from += 90)
        await machinery.table.transact(items.slice(from, from + 90).map(({ pk, sk }) => ({ remove: { pk, sk } })));
    },
    /** every lead, page by page, in no order: for the nightly run only */
    all: async (after: string | null): Promise<{ readonly items: readonly CapturedLead[]; readonly next: string | null }> => {
      const page = await machinery.table.scan(after);
      const states = page.items.filter((item) => item.pk.startsWith(`${prefixes.lead}#`) && item.sk === 'STATE');
      return { items: states.flatMap((item) => withVersion(store.read(item)).map((found) => found.lead)), next: page.next };
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
    changeByPlan,
    /** leads that wait in a queue, the earliest due first */
    inQueue: async (queue: string, { limit, cursor }: PageRequest): Promise<PageOf<FoundLead>> => {
      const from = cursor === undefined ? undefined : fromCursor(cursor, ['after']).after;
      const page = await machinery.table.query({ partition: queuePartition(queue), limit, ...(from === undefined ? {} : { after: from }) });
      const ids = page.items.map((item) => waiting.parse(item).leadId);
      const found = await Promise.all(ids.map((id) => store.find(id)));
      return {
        items: found.flatMap((one) => (one === undefined ? [] : withVersion(one))),
        next: page.next === null ? null : toCursor({ after: page.next }),
      };
    },
    /** by owner, the newest lead first, back to `from`; `null` stands for leads without an owner */
    ofOwners: async (owners: readonly (RepId | null)[], request: PageRequest & { readonly from?: Instant }): Promise<PageOf<FoundLead>> => {
      const page = await ofOwner(owners.map(ownerPartition), request);
      return { items: page.items.flatMap((item) => withVersion(store.read(item))), next: page.next };
    },
  };
};
export type LeadStore = ReturnType<typeof leadStore>;

const lost = { code: 'plan-is-old' } as const;
const isLost = (refusal: unknown): refusal is typeof lost => refusal === lost;
