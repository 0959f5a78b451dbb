import { factReader, leadEvents, type LeadFact, type PersonFields } from '@meilenstein/contracts';
import { leadId, type Claim, type Decision, type Instant, type LeadId, type RepId } from '@meilenstein/kernel';
import {
  aggregateStore,
  confidentialPrefix,
  historyOf,
  partitionOf,
  queryAll,
  partitionPages,
  type AggregateDefinition,
  type ChangeResult,
  type Machinery,
  type PageRequest,
} from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveLead, lead, noLead, type CapturedLead, type Lead } from '../domain/lead.ts';
import type { Eligible, Pool } from '../domain/pool.ts';
import { nextLook } from '../domain/looks.ts';
import { byTime, dueEntry, duePartition, dueAfter, ownerPartition, prefixes } from './keys.ts';
import { leadLists } from './lead-lists.ts';
import type { PoolStore } from './pool-store.ts';
import type { PageOf } from './source-store.ts';

export type FoundLead = { readonly lead: CapturedLead; readonly version: number };

/** A decision about a lead, and who got it; undefined: the pool stays as it is. */
export type WithPool<R> = { readonly decision: Decision<LeadFact, R>; readonly to: RepId | undefined };

const mostTries = 250;

/** A lead that somebody has to look at, and where it stands among those. */
export type DueLead = { readonly leadId: LeadId; readonly place: string };
const dueItem = z.looseObject({ gsi2sk: z.string(), state: z.object({ leadId }) });

/** A lead that is part of another one, or nobody any more, is on no list. */
const isListed = (state: Lead): state is CapturedLead => state.status !== 'none' && state.status !== 'merged' && state.status !== 'erased';

const definition: AggregateDefinition<Lead, LeadFact> = {
  prefix: prefixes.lead,
  owner: 'leads',
  schemaNumber: 1,
  schema: lead,
  initial: noLead,
  fact: factReader(leadEvents),
  evolve: evolveLead,
  views: leadLists,
  index: (state) =>
    isListed(state)
      ? {
          gsi1pk: ownerPartition(state.owner?.repId ?? null),
          gsi1sk: byTime(state.capturedAt, state.leadId),
          ...dueEntry(state.leadId, nextLook(state.looks)),
        }
      : {},
};

/** Leads, and their way into the pool: lead and pool agree because they are written in one transaction. */
export const leadStore = (machinery: Machinery, pools: PoolStore) => {
  const store = aggregateStore(definition, machinery);

  type Options = { readonly eligible: readonly Eligible[]; readonly at: Instant; readonly expectedVersion?: number };

  /** Undefined where somebody else moved the chosen rep's count or the lead meanwhile. */
  const attempt = async <R>(
    id: LeadId,
    decide: (state: Lead, pool: Pool) => WithPool<R>,
    { eligible, at, ...expected }: Options,
  ): Promise<ChangeResult<Lead, R> | undefined> => {
    const [found, before] = await Promise.all([store.find(id), pools.of(eligible)]);
    const { decision, to } = decide(found?.state ?? noLead, before.pool);
    const alongside = to === undefined ? [] : pools.counted(before, to, at);
    let asked = 0;
    // `change` asks again after a lost race, but the count's write would be the old one: then this attempt is given up.
    const once = (_: Lead, version: number): Decision<LeadFact, R | typeof lost> => {
      asked += 1;
      return asked > 1 || version !== (found?.version ?? 0) ? { refused: lost } : decision;
    };
    const result = await store.change(id, once, { ...expected, alongside });
    if (!('refused' in result)) return result;
    return isLost(result.refused) ? undefined : { refused: result.refused };
  };

  /** A decision that takes from the pool: loads both, decides, writes both, and begins anew where somebody was faster. */
  const changeWithPool = async <R>(
    id: LeadId,
    decide: (state: Lead, pool: Pool) => WithPool<R>,
    options: Options,
  ): Promise<ChangeResult<Lead, R>> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const result = await attempt(id, decide, options);
      if (result !== undefined) return result;
    }
    throw new Error(`lead ${id}: ${mostTries} tries to take from the pool met somebody else's`);
  };

  /** The lead that a key leads to; one that was absorbed sends on to the one that stayed. */
  const holderOf = async (claim: Claim): Promise<CapturedLead | undefined> => {
    let id = await store.holderOf(claim);
    for (let steps = 0; id !== undefined && steps < 20; steps += 1) {
      const state: Lead | undefined = (await store.find(id))?.state;
      if (state === undefined || state.status === 'none' || state.status === 'erased') return undefined;
      if (state.mergedInto === null) return state;
      id = state.mergedInto;
    }
    return undefined;
  };

  const captured = ({ state, version }: { readonly state: Lead; readonly version: number }): readonly FoundLead[] =>
    state.status === 'none' ? [] : [{ lead: state, version }];

  const ofOwner = partitionPages(machinery.table, 'gsi1');

  return {
    find: async (id: LeadId): Promise<FoundLead | undefined> => {
      const found = await store.find(id);
      return found === undefined ? undefined : captured(found)[0];
    },
    change: store.change,
    changeMany: store.changeMany,
    changeTogether: store.changeTogether,
    refold: store.refold,
    historyOf: (id: LeadId) => historyOf(machinery.table, definition, id),
    /** what the confidential items of a lead say of the person; empty once it is forgotten */
    confidentialTexts: async (id: LeadId): Promise<readonly PersonFields[]> =>
      (await historyOf(machinery.table, definition, id)).flatMap((fact) =>
        fact.name === 'LeadCaptured' || fact.name === 'LeadAmended' ? [fact.confidential?.fields ?? {}] : [],
      ),
    /** deletes every item of a lead that says who the person is */
    forget: async (id: LeadId): Promise<void> => {
      const items = await queryAll(machinery.table, { partition: partitionOf(definition, id), prefix: confidentialPrefix });
      for (let from = 0; from < items.length; from += 90)
        await machinery.table.transact(items.slice(from, from + 90).map(({ pk, sk }) => ({ remove: { pk, sk } })));
    },
    /** every lead, page by page, in no order: for the nightly run only */
    all: async (after: string | null): Promise<{ readonly items: readonly CapturedLead[]; readonly next: string | null }> => {
      const page = await machinery.table.scan(after);
      const states = page.items.filter((item) => item.pk.startsWith(`${prefixes.lead}#`) && item.sk === 'STATE');
      return { items: states.flatMap((item) => captured(store.read(item)).map((found) => found.lead)), next: page.next };
    },
    /** leads of a shard of the due-index that somebody has to look at by now, the longest due first, each with its place there */
    dueIn: async (
      shard: number,
      now: Instant,
      { limit, after }: { readonly limit: number; readonly after: string | null },
    ): Promise<{ readonly items: readonly DueLead[]; readonly more: boolean }> => {
      const page = await machinery.table.query({ index: 'gsi2', partition: duePartition(shard), between: dueAfter(after, now), limit });
      return { items: page.items.map((item) => dueItem.parse(item)).map(({ gsi2sk, state }) => ({ leadId: state.leadId, place: gsi2sk })), more: page.next !== null }; // prettier-ignore
    },
    holderOf,
    changeWithPool,
    /** owner by owner, the newest lead of each first, back to `from`; `null` are the leads that nobody owns */
    ofOwners: async (owners: readonly (RepId | null)[], request: PageRequest & { readonly from?: Instant }): Promise<PageOf<FoundLead>> => {
      const page = await ofOwner(owners.map(ownerPartition), request);
      return { items: page.items.flatMap((item) => captured(store.read(item))), next: page.next };
    },
  };
};
export type LeadStore = ReturnType<typeof leadStore>;

const lost = { code: 'pool-has-moved' } as const;
const isLost = (refusal: unknown): refusal is typeof lost => refusal === lost;
