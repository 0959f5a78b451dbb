import type { OpportunityDimensions, OpportunityRow } from '@meilenstein/contracts';
import { fromMoney, toMoney, type Instant, type Money } from '@meilenstein/kernel';
import { knownAt, type ImportRow } from './import-row.ts';
import type { Opportunity } from '../../opportunities/domain/opportunity.ts';

export type Existing = Exclude<Opportunity, { status: 'none' }>;
export type RowOf<Kind extends OpportunityRow['kind']> = Extract<OpportunityRow, { kind: Kind }>;

/** One thing that a row says: whether it is kept so, and the value to complain about (null: somebody's words or a name). */
export type Said = { readonly field: string; readonly value: string | null; readonly isKept: boolean };

/** `kept` undefined: an older version kept nothing to compare with, or the person was erased. */
const says = (field: string, said: string | null, kept: string | null | undefined, value: string | null = said): Said => ({
  field,
  value,
  isKept: kept === undefined || said === kept,
});

const times = (row: OpportunityRow, occurredAt: Instant | undefined, recordedAt: Instant | undefined): Said[] => [
  says('occurredAt', row.occurredAt, occurredAt),
  says('recordedAt', knownAt(row), recordedAt),
];

const amounts = (said: Money | null, kept: Money | null | undefined): Said[] => {
  const [one, other] = [said && fromMoney(said), kept && fromMoney(kept)];
  return [
    says('amount.amount', one?.amount ?? null, kept === undefined ? undefined : (other?.amount ?? null)),
    says('amount.currency', one?.currency ?? null, kept === undefined ? undefined : (other?.currency ?? null)),
  ];
};

const evidenceSays = ({ reached }: Existing, row: RowOf<'evidence'>, { place }: Pick<ImportRow, 'place'>): readonly Said[] | undefined => {
  const ofRow = reached.find((one) => one.rowId !== undefined && one.rowId === place?.value);
  const kept = ofRow ?? reached.find((one) => one.milestoneId === row.milestoneId);
  return (
    kept && [
      says('milestoneId', row.milestoneId, kept.milestoneId),
      ...times(row, kept.occurredAt, kept.recordedAt),
      says('act', row.act, kept.act),
      says('channel', row.channel, kept.channel),
      says('by.party', row.by.party, 'customer'),
      says('by.role', row.by.role, kept.forgotten ? undefined : (kept.partyRoleText ?? kept.partyRole), null),
      says('quote', row.quote ?? null, kept.forgotten ? undefined : kept.quote, null),
    ]
  );
};

const orderSays = (
  opportunity: Existing,
  row: RowOf<'order'>,
  { milestones, orderId }: Pick<ImportRow, 'milestones' | 'orderId'>,
): readonly Said[] | undefined => {
  if (opportunity.status !== 'won' && opportunity.status !== 'cancelled') return undefined;
  const { order, reached, dimensions } = opportunity;
  // An order that did not come from an import has no id of another system.
  const keptId = order.orderId.startsWith(`${dimensions.opportunityId}-`) ? undefined : order.orderId;
  const kept = reached.find((one) => one.milestoneId === milestones.at(-1)?.id);
  return [
    says('externalId', orderId ?? null, keptId, row.externalId),
    ...times(row, order.orderedAt, kept?.recordedAt),
    ...amounts(toMoney(row.amount), order.amount),
    says('channel', row.channel, kept?.channel),
  ];
};

/** What an `opportunity` row says that nobody can change any more. */
export const openingSays = ({ dimensions }: Existing, row: RowOf<'opportunity'>, opening: OpportunityDimensions): readonly Said[] => [
  says('occurredAt', row.occurredAt, dimensions.openedAt),
  says('processId', row.processId, dimensions.processId),
  says('account.externalId', opening.account.id, dimensions.account.id, row.account.externalId),
  says('account.name', row.account.name, dimensions.account.name, null),
  says('leadExternalId', opening.leadId, dimensions.leadId, row.leadExternalId ?? null),
];

/** What an `opportunity` row says that may be amended while it is open; an order has changed the amount since. */
export const termsSay = ({ dimensions, terms }: Existing, row: RowOf<'opportunity'>): readonly Said[] => [
  ...amounts(row.amount && toMoney(row.amount), terms?.amount),
  says('segment', row.segment ?? null, dimensions.segment),
  says('owner', row.owner, dimensions.repId),
  says('recordedAt', knownAt(row), terms?.knownAt),
];

/**
 * What a row says of something that is kept already, thing by thing: recognised by content, so that nothing more has to be kept.
 * Undefined where nothing is kept of it; then the rules of every day decide.
 */
export const saidBefore = (
  opportunity: Existing,
  row: Exclude<OpportunityRow, { kind: 'opportunity' | 'estimate' }>,
  about: Pick<ImportRow, 'milestones' | 'orderId' | 'place'>,
): readonly Said[] | undefined => {
  switch (row.kind) {
    case 'evidence':
      return evidenceSays(opportunity, row, about);
    case 'order':
      return orderSays(opportunity, row, about);
    case 'loss':
      return opportunity.status === 'lost'
        ? [...times(row, opportunity.lostAt, opportunity.knownAt), says('reason', row.reason, opportunity.reason)]
        : undefined;
    case 'cancellation':
      return opportunity.status === 'cancelled'
        ? [...times(row, opportunity.cancelledAt, opportunity.knownAt), says('reason', row.reason, opportunity.reason)]
        : undefined;
  }
};
