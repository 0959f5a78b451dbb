import type { Milestone, OpportunityDimensions, OpportunityRow } from '@meilenstein/contracts';
import type { Claim, Instant } from '@meilenstein/kernel';
import type { TeamAt } from '../../opportunities/domain/owner-team.ts';
import type { RateOf } from '../../opportunities/domain/order-worth.ts';

/**
 * A row with what the file alone does not say. `opening`: the dimensions that an `opportunity` row opens with. `orderId`: the id of the
 * order, derived from the other system's. `rowClaim`: the unique key that binds a row to one opportunity.
 */
export type ImportRow = {
  readonly row: OpportunityRow;
  readonly opening: OpportunityDimensions | undefined;
  readonly orderId: string | undefined;
  readonly rowClaim: Claim | undefined;
  readonly milestones: readonly Milestone[];
  /** the segments that exist */
  readonly segments: readonly string[];
  readonly rateOf: RateOf;
  readonly teamAt: TeamAt;
};

/** When the company knew of what a row says. */
export const recordedAtOf = ({ occurredAt, recordedAt }: OpportunityRow): Instant => recordedAt ?? occurredAt;

/** Fields of a row that no rejection shows: what people said, and who they are. */
export const personalFields: readonly string[] = ['quote', 'account.name', 'by.role'];
