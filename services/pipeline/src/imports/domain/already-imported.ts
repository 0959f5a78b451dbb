import type { OpportunityDimensions, OpportunityRow } from '@meilenstein/contracts';
import { fromMoney, toMoney, type Instant, type Money } from '@meilenstein/kernel';
import { recordedAtOf, type ImportRow } from './import-row.ts';
import type { ExistingOpportunity } from '../../opportunities/domain/opportunity.ts';

export type RowOf<Kind extends OpportunityRow['kind']> = Extract<OpportunityRow, { kind: Kind }>;

/** A field of a row beside what is stored: whether they agree, and the value for a refusal (null for a person's words or name). */
export type ComparedField = { readonly field: string; readonly value: string | null; readonly agrees: boolean };

/** `stored` is undefined where an older version stored nothing to compare with, or where the person was erased. */
const compareField = (
  field: string,
  value: string | null,
  stored: string | null | undefined,
  shown: string | null = value,
): ComparedField => ({ field, value: shown, agrees: stored === undefined || value === stored });

const compareTimes = (row: OpportunityRow, occurredAt: Instant | undefined, recordedAt: Instant | undefined): ComparedField[] => [
  compareField('occurredAt', row.occurredAt, occurredAt),
  compareField('recordedAt', recordedAtOf(row), recordedAt),
];

const compareAmounts = (amount: Money | null, stored: Money | null | undefined): ComparedField[] => {
  const [text, storedText] = [amount && fromMoney(amount), stored && fromMoney(stored)];
  return [
    compareField('amount.amount', text?.amount ?? null, stored === undefined ? undefined : (storedText?.amount ?? null)),
    compareField('amount.currency', text?.currency ?? null, stored === undefined ? undefined : (storedText?.currency ?? null)),
  ];
};

const compareEvidence = (
  { reached }: ExistingOpportunity,
  row: RowOf<'evidence'>,
  { rowClaim }: Pick<ImportRow, 'rowClaim'>,
): readonly ComparedField[] | undefined => {
  const ofRow = reached.find((milestone) => milestone.rowId !== undefined && milestone.rowId === rowClaim?.value);
  const stored = ofRow ?? reached.find((milestone) => milestone.milestoneId === row.milestoneId);
  // what was corrected since is not what was imported, and stays
  if (stored?.correctedAt !== undefined && stored === ofRow) return [];
  return (
    stored && [
      compareField('milestoneId', row.milestoneId, stored.milestoneId),
      ...compareTimes(row, stored.occurredAt, stored.recordedAt),
      compareField('act', row.act, stored.act),
      compareField('channel', row.channel, stored.channel),
      compareField('by.party', row.by.party, 'customer'),
      compareField('by.role', row.by.role, stored.erased ? undefined : (stored.partyRoleText ?? stored.partyRole), null),
      compareField('quote', row.quote ?? null, stored.erased ? undefined : stored.quote, null),
    ]
  );
};

const compareOrder = (
  opportunity: ExistingOpportunity,
  row: RowOf<'order'>,
  { milestones, orderId }: Pick<ImportRow, 'milestones' | 'orderId'>,
): readonly ComparedField[] | undefined => {
  if (opportunity.status !== 'won' && opportunity.status !== 'cancelled') return undefined;
  const { order, reached, dimensions } = opportunity;
  if (order.correctedAt !== undefined || order.cancelledParts !== undefined) return [];
  // An order that was not imported has no id of another system.
  const storedId = order.orderId.startsWith(`${dimensions.opportunityId}-`) ? undefined : order.orderId;
  const stored = reached.find((milestone) => milestone.milestoneId === milestones.at(-1)?.id);
  return [
    compareField('externalId', orderId ?? null, storedId, row.externalId),
    ...compareTimes(row, order.orderedAt, stored?.recordedAt),
    ...compareAmounts(toMoney(row.amount), order.amount),
    compareField('channel', row.channel, stored?.channel),
  ];
};

/** The fields of an `opportunity` row that cannot change once the opportunity is open. */
export const compareOpening = (
  { dimensions }: ExistingOpportunity,
  row: RowOf<'opportunity'>,
  opening: OpportunityDimensions,
): readonly ComparedField[] => [
  compareField('occurredAt', row.occurredAt, dimensions.openedAt),
  compareField('processId', row.processId, dimensions.processId),
  compareField('account.externalId', opening.account.id, dimensions.account.id, row.account.externalId),
  compareField('account.name', row.account.name, dimensions.account.name, null),
  compareField('leadExternalId', opening.leadId, dimensions.leadId, row.leadExternalId ?? null),
];

/** The fields of an `opportunity` row that may be amended while it is open; the amount is that before any order. */
export const compareTerms = ({ dimensions, terms }: ExistingOpportunity, row: RowOf<'opportunity'>): readonly ComparedField[] => [
  ...compareAmounts(row.amount && toMoney(row.amount), terms?.amount),
  compareField('segment', row.segment ?? null, dimensions.segment),
  compareField('owner', row.owner, dimensions.repId),
  compareField('recordedAt', recordedAtOf(row), terms?.recordedAt),
];

/** Whether a row says again what was withdrawn, or ended an opportunity that was reopened. */
const isTakenBack = (
  { takenBack = [] }: ExistingOpportunity,
  row: Exclude<OpportunityRow, { kind: 'opportunity' | 'estimate' }>,
  { rowClaim }: Pick<ImportRow, 'rowClaim'>,
): boolean =>
  takenBack.some(({ kind, milestoneId, occurredAt, rowId }) => {
    if (kind !== row.kind) return false;
    if (rowId !== undefined) return rowId === rowClaim?.value;
    return occurredAt === row.occurredAt && (row.kind !== 'evidence' || milestoneId === row.milestoneId);
  });

/**
 * Compares a row with what an earlier row has stored, field by field. Rows are recognised by their content, so that nothing more has to be
 * stored. Undefined where nothing is stored of the row; then the usual rules decide.
 */
export const compareWithImported = (
  opportunity: ExistingOpportunity,
  row: Exclude<OpportunityRow, { kind: 'opportunity' | 'estimate' }>,
  context: Pick<ImportRow, 'milestones' | 'orderId' | 'rowClaim'>,
): readonly ComparedField[] | undefined => {
  if (isTakenBack(opportunity, row, context)) return [];
  switch (row.kind) {
    case 'evidence':
      return compareEvidence(opportunity, row, context);
    case 'order':
      return compareOrder(opportunity, row, context);
    case 'loss':
      return opportunity.status === 'lost'
        ? [...compareTimes(row, opportunity.lostAt, opportunity.recordedAt), compareField('reason', row.reason, opportunity.reason)]
        : undefined;
    case 'cancellation':
      return opportunity.status === 'cancelled'
        ? [...compareTimes(row, opportunity.cancelledAt, opportunity.recordedAt), compareField('reason', row.reason, opportunity.reason)]
        : undefined;
  }
};
