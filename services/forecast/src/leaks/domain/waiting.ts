import type { Amount, Known } from '../../pipeline-view/domain/course.ts';
import type { WaitingWithOwner } from './tell-leaks.ts';

export type WaitingWithAmount = WaitingWithOwner & { readonly amount: Amount };

/** Open opportunities as the rule of silence sees them. */
export const waitingOf = (open: readonly Known[]): readonly WaitingWithAmount[] =>
  open.flatMap(({ id, course }) => {
    const [stay, place, amount] = [course.stays.at(-1), course.places.at(-1), course.amounts.at(-1)];
    if (stay === undefined || place === undefined || amount === undefined) return [];
    return [
      {
        opportunityId: id,
        processId: course.processId,
        milestoneId: stay.milestoneId,
        segment: place.segment,
        repId: place.repId,
        teamId: place.teamId,
        lastEvidenceAt: course.lastEvidenceAt,
        amount: amount.amount,
      },
    ];
  });
