import { repEstimateImported, type OpportunityFact, type OpportunityRow } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Instant } from '@meilenstein/kernel';
import { knownAt } from '../../imports/domain/import-row.ts';
import type { Estimate, Opportunity } from './opportunity.ts';

/** The guess that held at a moment: the last one that was known by then. */
const heldAt = (estimates: readonly Estimate[], at: Instant): Estimate | undefined =>
  estimates
    .filter((one) => one.knownAt <= at)
    .toSorted((a, b) => (a.knownAt < b.knownAt ? -1 : 1))
    .at(-1);

/**
 * What a rep guessed, as a row of history tells it, whatever became of the opportunity since. A guess that holds already says nothing new;
 * another one of the same moment is refused, because history is not written anew.
 */
export const noteEstimate = (opportunity: Opportunity, row: OpportunityRow): Decision<OpportunityFact> => {
  if (opportunity.status === 'none' || !('repEstimate' in row) || row.repEstimate === undefined) return decided();
  const { percent, closesOn } = row.repEstimate;
  const known = knownAt(row);
  const held = heldAt(opportunity.estimates ?? [], known);
  if (held?.percent === percent && held.closesOn === closesOn) return decided();
  if (held?.knownAt === known)
    return refused('history-immutable', 'a row said otherwise before, and what was taken is not written anew', {
      field: 'repEstimate',
      value: `${percent}, ${closesOn ?? 'none'}`,
    });
  const { opportunityId, processId } = opportunity.dimensions;
  return decided(repEstimateImported.of({ opportunityId, processId, percent, closesOn }));
};
