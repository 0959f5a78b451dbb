import {
  stampFact,
  type Fact,
  type Happened,
  type OpportunityDimensions,
  type OpportunityFact,
  type OpportunityRow,
} from '@meilenstein/contracts';
import { decided, isRefused, refused, toMoney, type Claim, type Decision, type Refusal } from '@meilenstein/kernel';
import { amendOpportunity } from '../../opportunities/domain/amend-opportunity.ts';
import { checkSegment } from '../../opportunities/domain/check-segment.ts';
import { cancelOrder } from '../../opportunities/domain/cancel-order.ts';
import { recordedAtOf, type ImportRow } from './import-row.ts';
import { loseOpportunity } from '../../opportunities/domain/lose-opportunity.ts';
import { importEstimate } from '../../opportunities/domain/import-estimate.ts';
import { openOpportunity } from '../../opportunities/domain/open-opportunity.ts';
import { evolveOpportunity, type ExistingOpportunity, type Opportunity } from '../../opportunities/domain/opportunity.ts';
import type { CustomerEvidence } from '../../opportunities/domain/customer-evidence.ts';
import { recordMilestone } from '../../opportunities/domain/record-milestone.ts';
import { compareOpening, compareWithImported, compareTerms, type RowOf, type ComparedField } from './already-imported.ts';

export type RowResult = { readonly became: 'created' | 'updated' | 'unchanged' } | { readonly refused: Refusal };

const evidenceOf = ({ act, by, occurredAt, channel, quote }: RowOf<'evidence'>): CustomerEvidence => ({
  act,
  by,
  occurredAt,
  channel,
  quote,
});

const orderEvidence = ({ occurredAt, channel }: RowOf<'order'>): CustomerEvidence => ({
  act: 'wrote',
  by: { party: 'customer', role: 'buyer' },
  occurredAt,
  channel,
});

/** What was imported stays: an equal row changes nothing, any other is refused by the first field that differs. */
const keepImported = (compared: readonly ComparedField[]): Decision<OpportunityFact> => {
  const differing = compared.find(({ agrees }) => !agrees);
  if (differing === undefined) return decided();
  const { field, value } = differing;
  const message = 'an earlier import has another value, and imported history does not change';
  return refused('history-immutable', message, { field, ...(value === null ? {} : { value }) });
};

/** An `opportunity` row opens an opportunity or amends an open one; a closed one keeps its values. */
const openOrAmend = (
  opportunity: Opportunity,
  row: RowOf<'opportunity'>,
  opening: OpportunityDimensions,
  segments: readonly string[],
): Decision<OpportunityFact> => {
  const isNew = opportunity.status === 'none' || opportunity.dimensions.segment !== opening.segment;
  const unknown = isNew ? checkSegment(opening.segment, segments) : undefined;
  if (unknown !== undefined) return { refused: unknown };
  if (opportunity.status === 'none') return openOpportunity(opportunity, opening);
  const fixed = compareOpening(opportunity, row, opening);
  const terms = compareTerms(opportunity, row);
  if (opportunity.status !== 'open' || fixed.some(({ agrees }) => !agrees)) return keepImported([...fixed, ...terms]);
  const { amount, segment, repId, teamId } = opening;
  const amended = amendOpportunity(opportunity, { amount, segment, owner: { repId, teamId } });
  return isRefused(amended) || amended.events.length > 0 ? amended : keepImported(terms);
};

const record = (opportunity: ExistingOpportunity, importRow: ImportRow, row: RowOf<'evidence' | 'order'>): Decision<OpportunityFact> => {
  const { milestones, rateOf, teamAt, orderId, rowClaim } = importRow;
  const last = milestones.at(-1)?.id ?? '';
  const command =
    row.kind === 'evidence'
      ? { milestoneId: row.milestoneId, evidence: evidenceOf(row), amount: undefined }
      : { milestoneId: last, evidence: orderEvidence(row), amount: toMoney(row.amount), orderId };
  return recordMilestone(
    opportunity,
    { ...command, recordedBy: null, rowId: rowClaim?.value },
    { milestones, rateOf, teamAt, now: recordedAtOf(row) },
  );
};

/** Applies the usual rules at the time at which the company knew. */
const decideWithoutEstimate = (opportunity: Opportunity, importRow: ImportRow): Decision<OpportunityFact> => {
  const { row, opening } = importRow;
  if (row.kind === 'opportunity') return opening === undefined ? decided() : openOrAmend(opportunity, row, opening, importRow.segments);
  if (opportunity.status === 'none')
    return refused('opportunity-not-found', 'no earlier row opens it; put the rows into the order in which things happened');
  if (row.kind === 'estimate') return decided();
  const compared = compareWithImported(opportunity, row, importRow);
  if (compared !== undefined) return keepImported(compared);
  switch (row.kind) {
    case 'evidence':
    case 'order':
      return record(opportunity, importRow, row);
    case 'loss':
      return loseOpportunity(opportunity, { reason: row.reason, occurredAt: row.occurredAt });
    case 'cancellation':
      return cancelOrder(opportunity, { reason: row.reason, cancelledAt: row.occurredAt });
  }
};

/** Turns the refusal of a command into one of a row: it names a field of the row, or else the opportunity. */
const toRowRefusal = (refusal: Refusal, row: OpportunityRow): Refusal => {
  if (refusal.field !== undefined) return { ...refusal, field: refusal.field.replace(/^evidence\./, '') };
  if (row.kind === 'opportunity') return { ...refusal, field: 'externalId', value: row.externalId };
  const { opportunity } = row;
  return { ...refusal, field: 'opportunity', value: 'externalId' in opportunity ? opportunity.externalId : opportunity.opportunityId };
};

/** A row that only adds an estimate to something already imported updates it. */
const resultOf = ([first]: readonly OpportunityFact[], row: OpportunityRow): RowResult => {
  if (first === undefined) return { became: 'unchanged' };
  const adds = first.name === 'RepEstimateImported' && row.kind !== 'estimate';
  return { became: adds || first.name === 'OpportunityAmended' ? 'updated' : 'created' };
};

const stampRow = <F extends Fact>(fact: F, row: OpportunityRow): F => ({
  ...fact,
  occurredAt: row.occurredAt,
  recordedAt: recordedAtOf(row),
});

const rowOfAnotherOpportunity = refused(
  'row-of-another-opportunity',
  'it was imported for another opportunity, and imported rows do not move',
);

const apply = (opportunity: Opportunity, facts: readonly OpportunityFact[], { occurredAt }: OpportunityRow): Opportunity =>
  facts.map((fact): Happened<OpportunityFact> => stampFact(fact, occurredAt)).reduce(evolveOpportunity, opportunity);

/** What the row records, and the estimate that it carries: either both are accepted or neither. */
const decideRow = (opportunity: Opportunity, importRow: ImportRow): Decision<OpportunityFact> => {
  const decision = decideWithoutEstimate(opportunity, importRow);
  if (isRefused(decision)) return decision;
  const facts = decision.events.map((fact) => stampRow(fact, importRow.row));
  const estimated = importEstimate(apply(opportunity, facts, importRow.row), importRow.row);
  return isRefused(estimated) ? estimated : decided(...facts, ...estimated.events.map((fact) => stampRow(fact, importRow.row)));
};

/**
 * Decides all rows of one opportunity at once, in the order of the file; a refused row does not affect the others. `claimedElsewhere`:
 * the claims of rows that belong to another opportunity.
 */
export const importOpportunity = (
  opportunity: Opportunity,
  rows: readonly ImportRow[],
  claimedElsewhere: ReadonlySet<string> = new Set(),
): { readonly events: readonly OpportunityFact[]; readonly claims: readonly Claim[]; readonly results: readonly RowResult[] } => {
  const events: OpportunityFact[] = [];
  const claims: Claim[] = [];
  const results: RowResult[] = [];
  let state = opportunity;
  for (const importRow of rows) {
    const decision =
      importRow.rowClaim !== undefined && claimedElsewhere.has(importRow.rowClaim.value)
        ? rowOfAnotherOpportunity
        : decideRow(state, importRow);
    if (isRefused(decision)) {
      results.push({ refused: toRowRefusal(decision.refused, importRow.row) });
      continue;
    }
    const { events: facts } = decision;
    state = apply(state, facts, importRow.row);
    events.push(...facts);
    // An estimate that comes later does not claim the row again.
    if (importRow.rowClaim !== undefined && facts.some((fact) => fact.name !== 'RepEstimateImported')) claims.push(importRow.rowClaim);
    results.push(resultOf(facts, importRow.row));
  }
  return { events, claims, results };
};
