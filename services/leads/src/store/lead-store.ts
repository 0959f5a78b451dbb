import {
  factReader, leadAmended, leadAssigned, leadCaptured, leadConverted, leadScored, type LeadFact,
} from '@meilenstein/contracts'; // prettier-ignore
import { type Decision, type LeadId, type RepId } from '@meilenstein/kernel';
import { aggregateStore, fromCursor, toCursor, type AggregateStore, type ChangeResult, type Machinery } from '@meilenstein/runtime';
import { evolveLead, lead, noLead, type CapturedLead, type Lead } from '../domain/lead.ts';
import type { Pool } from '../domain/pool.ts';
import { byTime, ownerPartition, prefixes } from './keys.ts';
import type { PoolStore } from './pool-store.ts';
import type { PageOf, PageRequest } from './source-store.ts';

export type FoundLead = { readonly lead: CapturedLead; readonly version: number };

/** What a decision about a lead means for the pool; undefined: it stays as it is. */
export type WithPool<R> = { readonly decision: Decision<LeadFact, R>; readonly pool: Pool | undefined };

const mostTries = 250;

const leadAggregate = (machinery: Machinery): AggregateStore<Lead, LeadFact> =>
  aggregateStore<Lead, LeadFact>(
    {
      prefix: prefixes.lead,
      owner: 'leads',
      schemaNumber: 1,
      schema: lead,
      initial: noLead,
      fact: factReader([leadCaptured, leadAmended, leadScored, leadAssigned, leadConverted]),
      evolve: evolveLead,
      index: (state) =>
        state.status === 'none'
          ? {}
          : { gsi1pk: ownerPartition(state.owner?.repId ?? null), gsi1sk: byTime(state.capturedAt, state.leadId) },
    },
    machinery,
  );

/** Leads, and their way into the pool: lead and pool agree because they are written in one transaction. */
export const leadStore = (machinery: Machinery, pools: PoolStore) => {
  const store = leadAggregate(machinery);

  /** Undefined where somebody else moved the pool or the lead meanwhile. */
  const attempt = async <R>(
    id: LeadId,
    decide: (state: Lead, pool: Pool) => WithPool<R>,
    expected: { readonly expectedVersion?: number },
  ): Promise<ChangeResult<Lead, R> | undefined> => {
    const before = await pools.load();
    const found = await store.find(id);
    const { decision, pool } = decide(found?.state ?? noLead, before.pool);
    const alongside = pool === undefined ? [] : [pools.moved(before, pool)];
    let asked = 0;
    // `change` asks again after a lost race, but the pool's write would be the old one: then this attempt is given up.
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
    expected: { readonly expectedVersion?: number } = {},
  ): Promise<ChangeResult<Lead, R>> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const result = await attempt(id, decide, expected);
      if (result !== undefined) return result;
    }
    throw new Error(`lead ${id}: ${mostTries} tries to take from the pool met somebody else's`);
  };

  const captured = ({ state, version }: { readonly state: Lead; readonly version: number }): readonly FoundLead[] =>
    state.status === 'none' ? [] : [{ lead: state, version }];

  const pageOfOwner = async (owner: RepId | null, limit: number, after: string | undefined): Promise<PageOf<FoundLead>> => {
    const cursor = after === undefined ? {} : { after };
    const query = { index: 'gsi1', partition: ownerPartition(owner), limit, descending: true, ...cursor } as const;
    const page = await machinery.table.query(query);
    return { items: page.items.flatMap((item) => captured(store.read(item))), next: page.next };
  };

  return {
    find: async (id: LeadId): Promise<FoundLead | undefined> => {
      const found = await store.find(id);
      return found === undefined ? undefined : captured(found)[0];
    },
    change: store.change,
    changeMany: store.changeMany,
    refold: store.refold,
    holderOf: store.holderOf,
    changeWithPool,
    /** owner by owner, the newest lead of each first; `null` are the leads that nobody owns */
    ofOwners: async (owners: readonly (RepId | null)[], { limit, cursor }: PageRequest): Promise<PageOf<FoundLead>> => {
      const from = cursor === undefined ? { owner: '', inner: '' } : fromCursor(cursor);
      const remaining = [...new Set(owners)]
        .map((owner) => ({ owner, name: ownerPartition(owner) }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const items: FoundLead[] = [];
      for (const { owner, name } of remaining.filter((one) => one.name >= (from['owner'] ?? ''))) {
        if (items.length === limit) return { items, next: toCursor({ owner: name, inner: '' }) };
        const inner = name === from['owner'] && from['inner'] !== '' ? from['inner'] : undefined;
        const page = await pageOfOwner(owner, limit - items.length, inner);
        items.push(...page.items);
        if (page.next !== null) return { items, next: toCursor({ owner: name, inner: page.next }) };
      }
      return { items, next: null };
    },
  };
};
export type LeadStore = ReturnType<typeof leadStore>;

const lost = { code: 'pool-has-moved' } as const;
const isLost = (refusal: unknown): refusal is typeof lost => refusal === lost;
