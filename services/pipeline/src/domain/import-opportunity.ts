import {
  settle,
  type Fact,
  type Happened,
  type Milestone,
  type OpportunityDimensions,
  type OpportunityFact,
  type OpportunityRow,
} from '@meilenstein/contracts';
import { isRefused, toMoney, type Decision, type Instant, type Refusal } from '@meilenstein/kernel';
import { amendOpportunity } from './amend-opportunity.ts';
import { cancelOrder } from './cancel-order.ts';
import { loseOpportunity } from './lose-opportunity.ts';
import { openOpportunity } from './open-opportunity.ts';
import { evolveOpportunity, type Opportunity } from './opportunity.ts';
import { recordMilestone, type CustomerEvidence, type RateOf } from './record-milestone.ts';

/** A row with what the file alone does not say. `opening`: the dimensions an `opportunity` row opens with. */
export type ImportRow = {
  readonly row: OpportunityRow;
  readonly opening: OpportunityDimensions | undefined;
  readonly milestones: readonly Milestone[];
  readonly rateOf: RateOf;
};

export type RowResult = { readonly changed: boolean } | { readonly refused: Refusal };

const knownAt = (row: OpportunityRow): Instant => row.recordedAt ?? row.occurredAt;

const evidenceOf = (row: Extract<OpportunityRow, { kind: 'evidence' }>): CustomerEvidence => {
  const { act, by, occurredAt, channel, quote } = row;
  return { act, by, occurredAt, channel, quote };
};

/** The opportunity says already what the row says: it was taken before. Recognised by content, so that nothing more is kept. */
const isThere = (opportunity: Opportunity, { row, milestones }: ImportRow): boolean => {
  if (opportunity.status === 'none') return false;
  switch (row.kind) {
    case 'opportunity':
      return false;
    case 'evidence':
      return opportunity.reached.some((reached) => reached.milestoneId === row.milestoneId && reached.occurredAt === row.occurredAt);
    case 'order':
      return opportunity.reached.some((reached) => reached.milestoneId === milestones.at(-1)?.id && reached.occurredAt === row.occurredAt);
    case 'loss':
      return opportunity.status === 'lost' && opportunity.reason === row.reason;
    case 'cancellation':
      return opportunity.status === 'cancelled' && opportunity.reason === row.reason;
  }
};

/** An `opportunity` row opens, or amends what is open; what was closed since keeps what it closed with. */
const openOrAmend = (opportunity: Opportunity, opening: OpportunityDimensions): Decision<OpportunityFact> => {
  if (opportunity.status === 'none') return openOpportunity(opportunity, opening);
  if (opportunity.status !== 'open') return { events: [] };
  const { amount, segment, repId, teamId } = opening;
  return amendOpportunity(opportunity, { amount, segment, owner: { repId, teamId } });
};

/** The rules are those of every day, at the time when the company knew. */
const decide = (opportunity: Opportunity, one: ImportRow): Decision<OpportunityFact> => {
  const { row, opening, milestones, rateOf } = one;
  if (isThere(opportunity, one)) return { events: [] };
  const around = { milestones, rateOf, now: knownAt(row) };
  switch (row.kind) {
    case 'opportunity':
      return opening === undefined ? { events: [] } : openOrAmend(opportunity, opening);
    case 'evidence':
      return recordMilestone(
        opportunity,
        { milestoneId: row.milestoneId, evidence: evidenceOf(row), amount: undefined, recordedBy: null },
        around,
      );
    case 'order': {
      const evidence = {
        act: 'wrote',
        by: { party: 'customer', role: 'buyer' },
        occurredAt: row.occurredAt,
        channel: row.channel,
      } as const;
      const last = milestones.at(-1)?.id ?? '';
      return recordMilestone(opportunity, { milestoneId: last, evidence, amount: toMoney(row.amount), recordedBy: null }, around);
    }
    case 'loss':
      return loseOpportunity(opportunity, { reason: row.reason, occurredAt: row.occurredAt });
    case 'cancellation':
      return cancelOrder(opportunity, { reason: row.reason, cancelledAt: row.occurredAt });
  }
};

const stamped = <F extends Fact>(fact: F, row: OpportunityRow): F => ({ ...fact, occurredAt: row.occurredAt, recordedAt: knownAt(row) });

/** All rows of one opportunity in the order of the file, as one decision; a refused row does not hurt the others. */
export const importOpportunity = (
  opportunity: Opportunity,
  rows: readonly ImportRow[],
): { readonly events: readonly OpportunityFact[]; readonly results: readonly RowResult[] } => {
  const events: OpportunityFact[] = [];
  const results: RowResult[] = [];
  let state = opportunity;
  for (const one of rows) {
    const decision = decide(state, one);
    if (isRefused(decision)) {
      results.push({ refused: decision.refused });
      continue;
    }
    const facts = decision.events.map((fact) => stamped(fact, one.row));
    state = facts.map((fact): Happened<OpportunityFact> => settle(fact, one.row.occurredAt)).reduce(evolveOpportunity, state);
    events.push(...facts);
    results.push({ changed: facts.length > 0 });
  }
  return { events, results };
};
