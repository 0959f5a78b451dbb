import type { Amount, OpportunityTimeline } from '../../pipeline-view/domain/timeline.ts';
import type { WaitingWithOwner } from './report-leaks.ts';

export type WaitingWithAmount = WaitingWithOwner & { readonly amount: Amount };

/** Open opportunities in the form that the stall rule needs. */
export const waitingOf = (open: readonly OpportunityTimeline[]): readonly WaitingWithAmount[] =>
  open.flatMap(({ id, timeline }) => {
    const [dwell, assignment, amount] = [timeline.dwells.at(-1), timeline.assignments.at(-1), timeline.amounts.at(-1)];
    if (dwell === undefined || assignment === undefined || amount === undefined) return [];
    return [
      {
        opportunityId: id,
        processId: timeline.processId,
        milestoneId: dwell.milestoneId,
        segment: assignment.segment,
        repId: assignment.repId,
        teamId: assignment.teamId,
        lastEvidenceAt: timeline.lastEvidenceAt,
        amount: amount.amount,
      },
    ];
  });
