import type { ReportedEnvelope } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import { ownerOf, timesOf } from './lead-stages.ts';
import type { ReportFact } from './report-fact.ts';

type Of<Name extends ReportedEnvelope['name']> = Extract<ReportedEnvelope, { name: Name }>;

/** The last event before another one that is of interest. */
const lastBefore = <Found extends ReportedEnvelope>(
  events: readonly ReportedEnvelope[],
  { sequence }: Pick<ReportedEnvelope, 'sequence'>,
  isFound: (event: ReportedEnvelope) => event is Found,
): Found | undefined => events.filter((event) => event.sequence < sequence).findLast(isFound);

/**
 * A milestone that is not reached any more is subtracted when that became known, for the owner for whom it counted, so that reported weeks
 * stay as they are.
 */
const milestoneWithdrawn = (
  events: readonly ReportedEnvelope[],
  event: Of<'MilestoneWithdrawn' | 'OpportunityReopened'>,
  milestone: string,
): readonly ReportFact[] => {
  const reached = lastBefore(
    events,
    event,
    (one): one is Of<'MilestoneReached'> => one.name === 'MilestoneReached' && one.data.milestoneId === milestone,
  );
  if (reached === undefined) return [];
  const { processId, milestoneId, position } = reached.data;
  return [{ kind: 'milestone-withdrawn', ...timesOf(event), owner: ownerOf(reached.data), processId, milestoneId, position }];
};

/** A loss that is withdrawn is subtracted, and so is the milestone of an order that was cancelled: the customer may order again. */
const reopened = (events: readonly ReportedEnvelope[], event: Of<'OpportunityReopened'>): readonly ReportFact[] => {
  const { previous, orderMilestoneId } = event.data;
  if (previous === 'cancelled') return orderMilestoneId === null ? [] : milestoneWithdrawn(events, event, orderMilestoneId);
  const lost = lastBefore(events, event, (one): one is Of<'OpportunityLost'> => one.name === 'OpportunityLost');
  return [{ kind: 'loss-withdrawn', ...timesOf(event), owner: ownerOf((lost ?? event).data) }];
};

/** The facts that take back or correct what other events of the opportunity have said; each counts when it became known. */
export const correctionFacts = (events: readonly ReportedEnvelope[]): readonly ReportFact[] =>
  events.flatMap((event): readonly ReportFact[] => {
    switch (event.name) {
      case 'MilestoneWithdrawn':
        return milestoneWithdrawn(events, event, event.data.milestoneId);
      case 'OpportunityReopened':
        return reopened(events, event);
      case 'OrderPartiallyCancelled':
        return [{ kind: 'corrected', ...timesOf(event), owner: ownerOf(event.data), minor: -event.data.cancelled.reportingAmount.minor }];
      case 'OrderCorrected': {
        const { repId, teamId, previous, reportingAmount } = event.data;
        return [
          { kind: 'corrected', ...timesOf(event), owner: { repId, teamId: previous.teamId }, minor: -previous.reportingAmount.minor },
          { kind: 'corrected', ...timesOf(event), owner: { repId, teamId }, minor: reportingAmount.minor },
        ];
      }
      default:
        return [];
    }
  });

/** The fact of an opportunity, with its later events. */
export const opportunityFacts = (events: readonly ReportedEnvelope[]): readonly ReportFact[] => {
  const opened = events.find((event) => event.name === 'OpportunityOpened');
  if (opened === undefined) return [];
  const [won, cancelled] = [
    events.find((event) => event.name === 'OpportunityWon'),
    events.find((event) => event.name === 'OrderCancelled'),
  ];
  const laterEvents = { won: won === undefined ? null : timesOf(won), cancelled: cancelled === undefined ? null : timesOf(cancelled) };
  const orders = events.flatMap(({ name, recordedAt }): readonly { readonly recordedAt: Instant; readonly by: 1 | -1 }[] => {
    if (name === 'OpportunityWon') return [{ recordedAt, by: 1 }];
    return name === 'OrderCancelled' ? [{ recordedAt, by: -1 }] : [];
  });
  const { sourceId } = opened.data;
  return [{ kind: 'opportunity', ...timesOf(opened), owner: ownerOf(opened.data), sourceId, ...laterEvents, orders }];
};
