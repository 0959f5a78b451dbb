import type { Milestone, OpportunityDimensions, OpportunityRow } from '@meilenstein/contracts';
import type { Claim, Instant } from '@meilenstein/kernel';
import type { RateOf } from '../../opportunities/domain/record-milestone.ts';

/**
 * A row with what the file alone does not say. `opening`: the dimensions an `opportunity` row opens with. `orderId`: the id of an
 * `order` row, made of the other system's. `place`: what a row that is about an opportunity holds, so that it is about one only.
 */
export type ImportRow = {
  readonly row: OpportunityRow;
  readonly opening: OpportunityDimensions | undefined;
  readonly orderId: string | undefined;
  readonly place: Claim | undefined;
  readonly milestones: readonly Milestone[];
  readonly rateOf: RateOf;
};

/** When the company knew what a row says. */
export const knownAt = ({ occurredAt, recordedAt }: OpportunityRow): Instant => recordedAt ?? occurredAt;
