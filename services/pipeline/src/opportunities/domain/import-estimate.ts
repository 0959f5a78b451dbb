import { repEstimateImported, type OpportunityFact, type OpportunityRow } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Instant } from '@meilenstein/kernel';
import { recordedAtOf } from '../../imports/domain/import-row.ts';
import type { Estimate, Opportunity } from './opportunity.ts';

/** The estimate in force at a time: the last one recorded by then. */
const estimateAt = (estimates: readonly Estimate[], at: Instant): Estimate | undefined =>
  estimates
    .filter((estimate) => estimate.recordedAt <= at)
    .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1))
    .at(-1);

/**
 * Records a rep's estimate from a former system, whatever the status of the opportunity. An estimate equal to the one in force adds nothing;
 * another one of the same time is refused, because imported history does not change.
 */
export const importEstimate = (opportunity: Opportunity, row: OpportunityRow): Decision<OpportunityFact> => {
  if (opportunity.status === 'none' || !('repEstimate' in row) || row.repEstimate === undefined) return decided();
  const { percent, closesOn } = row.repEstimate;
  const recordedAt = recordedAtOf(row);
  const current = estimateAt(opportunity.estimates ?? [], recordedAt);
  if (current?.percent === percent && current.closesOn === closesOn) return decided();
  if (current?.recordedAt === recordedAt)
    return refused('history-immutable', 'an earlier import has another value, and imported history does not change', {
      field: 'repEstimate',
      value: `${percent}, ${closesOn ?? 'none'}`,
    });
  const { opportunityId, processId } = opportunity.dimensions;
  return decided(repEstimateImported.of({ opportunityId, processId, percent, closesOn }));
};
