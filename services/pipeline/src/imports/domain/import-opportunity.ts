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
import { cancelOrder } from '../../opportunities/domain/cancel-order.ts';
import { knownAt, type ImportRow } from './import-row.ts';
import { loseOpportunity } from '../../opportunities/domain/lose-opportunity.ts';
import { noteEstimate } from '../../opportunities/domain/note-estimate.ts';
import { openOpportunity } from '../../opportunities/domain/open-opportunity.ts';
import { evolveOpportunity, type Opportunity } from '../../opportunities/domain/opportunity.ts';
import { recordMilestone, type CustomerEvidence } from '../../opportunities/domain/record-milestone.ts';
import { openingSays, saidBefore, termsSay, type Existing, type RowOf, type Said } from './taken-before.ts';

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

/** What is kept stays: the same again changes nothing, anything else is refused by the first thing that differs. */
const asKept = (said: readonly Said[]): Decision<OpportunityFact> => {
  const other = said.find((one) => !one.isKept);
  if (other === undefined) return decided();
  const { field, value } = other;
  const message = 'a row said otherwise before, and what was taken is not written anew';
  return refused('history-immutable', message, { field, ...(value === null ? {} : { value }) });
};

/** An `opportunity` row opens, or amends what is open; what was closed since keeps what it closed with. */
const openOrAmend = (opportunity: Opportunity, row: RowOf<'opportunity'>, opening: OpportunityDimensions): Decision<OpportunityFact> => {
  if (opportunity.status === 'none') return openOpportunity(opportunity, opening);
  const fixed = openingSays(opportunity, row, opening);
  const terms = termsSay(opportunity, row);
  if (opportunity.status !== 'open' || fixed.some((one) => !one.isKept)) return asKept([...fixed, ...terms]);
  const { amount, segment, repId, teamId } = opening;
  const amended = amendOpportunity(opportunity, { amount, segment, owner: { repId, teamId } });
  return isRefused(amended) || amended.events.length > 0 ? amended : asKept(terms);
};

const record = (opportunity: Existing, one: ImportRow, row: RowOf<'evidence' | 'order'>): Decision<OpportunityFact> => {
  const { milestones, rateOf, orderId, place } = one;
  const last = milestones.at(-1)?.id ?? '';
  const command =
    row.kind === 'evidence'
      ? { milestoneId: row.milestoneId, evidence: evidenceOf(row), amount: undefined }
      : { milestoneId: last, evidence: orderEvidence(row), amount: toMoney(row.amount), orderId };
  return recordMilestone(opportunity, { ...command, recordedBy: null, rowId: place?.value }, { milestones, rateOf, now: knownAt(row) });
};

/** The rules are those of every day, at the time when the company knew. */
const decide = (opportunity: Opportunity, one: ImportRow): Decision<OpportunityFact> => {
  const { row, opening } = one;
  if (row.kind === 'opportunity') return opening === undefined ? decided() : openOrAmend(opportunity, row, opening);
  if (opportunity.status === 'none')
    return refused('opportunity-not-found', 'no row before this one opens it: rows stand in the order in which things happened');
  if (row.kind === 'estimate') return decided();
  const said = saidBefore(opportunity, row, one);
  if (said !== undefined) return asKept(said);
  switch (row.kind) {
    case 'evidence':
    case 'order':
      return record(opportunity, one, row);
    case 'loss':
      return loseOpportunity(opportunity, { reason: row.reason, occurredAt: row.occurredAt });
    case 'cancellation':
      return cancelOrder(opportunity, { reason: row.reason, cancelledAt: row.occurredAt });
  }
};

/** A refusal speaks of a command; a row has its own fields, and where it names none the opportunity is what it is about. */
const aboutRow = (refusal: Refusal, row: OpportunityRow): Refusal => {
  if (refusal.field !== undefined) return { ...refusal, field: refusal.field.replace(/^evidence\./, '') };
  if (row.kind === 'opportunity') return { ...refusal, field: 'externalId', value: row.externalId };
  const { opportunity } = row;
  return { ...refusal, field: 'opportunity', value: 'externalId' in opportunity ? opportunity.externalId : opportunity.opportunityId };
};

/** A row that only adds to what is kept of the thing it is about, such as a guess beside evidence that was taken before, updates it. */
const became = ([first]: readonly OpportunityFact[], row: OpportunityRow): RowResult => {
  if (first === undefined) return { became: 'unchanged' };
  const adds = first.name === 'RepEstimateImported' && row.kind !== 'estimate';
  return { became: adds || first.name === 'OpportunityAmended' ? 'updated' : 'created' };
};

const stamped = <F extends Fact>(fact: F, row: OpportunityRow): F => ({ ...fact, occurredAt: row.occurredAt, recordedAt: knownAt(row) });

const isElsewhere = refused('row-of-another-opportunity', 'it was imported for another opportunity, and what was taken is not moved');

const after = (opportunity: Opportunity, facts: readonly OpportunityFact[], { occurredAt }: OpportunityRow): Opportunity =>
  facts.map((fact): Happened<OpportunityFact> => stampFact(fact, occurredAt)).reduce(evolveOpportunity, opportunity);

/** What the row tells, and the guess that it carries: both are taken or none. */
const decideRow = (opportunity: Opportunity, one: ImportRow): Decision<OpportunityFact> => {
  const decision = decide(opportunity, one);
  if (isRefused(decision)) return decision;
  const facts = decision.events.map((fact) => stamped(fact, one.row));
  const guessed = noteEstimate(after(opportunity, facts, one.row), one.row);
  return isRefused(guessed) ? guessed : decided(...facts, ...guessed.events.map((fact) => stamped(fact, one.row)));
};

/**
 * All rows of one opportunity in the order of the file, as one decision; a refused row does not hurt the others. `elsewhere`: the places
 * of rows that another opportunity holds.
 */
export const importOpportunity = (
  opportunity: Opportunity,
  rows: readonly ImportRow[],
  elsewhere: ReadonlySet<string> = new Set(),
): { readonly events: readonly OpportunityFact[]; readonly claims: readonly Claim[]; readonly results: readonly RowResult[] } => {
  const events: OpportunityFact[] = [];
  const claims: Claim[] = [];
  const results: RowResult[] = [];
  let state = opportunity;
  for (const one of rows) {
    const decision = one.place !== undefined && elsewhere.has(one.place.value) ? isElsewhere : decideRow(state, one);
    if (isRefused(decision)) {
      results.push({ refused: aboutRow(decision.refused, one.row) });
      continue;
    }
    const { events: facts } = decision;
    state = after(state, facts, one.row);
    events.push(...facts);
    // A guess that comes later is no new row.
    if (one.place !== undefined && facts.some((fact) => fact.name !== 'RepEstimateImported')) claims.push(one.place);
    results.push(became(facts, one.row));
  }
  return { events, claims, results };
};
