import type { ReportedEnvelope } from '@meilenstein/contracts';
import { toInstant, type Instant } from '@meilenstein/kernel';
import { withoutVoid } from './corrected-row.ts';
import type { Countable } from './countable.ts';
import { absorbedAtOf, leadOf, opportunityOf, stagesReached } from './facts-of-leads.ts';
import { ownerOf, timesOf } from './lead-stages.ts';
import { answersOf, dueOf } from '../../kpis/domain/promised.ts';

/** Everything that sales promised to one lead, and each answer that it got under a promise. */
const promisedTo = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const due = dueOf(events).map((one) => ({ kind: 'due' as const, ...one }));
  const answers = answersOf(events).map((answer) => ({ kind: 'answer' as const, ...answer }));
  return [...due, ...answers];
};

const qualifiedOf = (events: readonly ReportedEnvelope[]): readonly Countable[] =>
  events.flatMap((event) => {
    if (event.name !== 'LeadQualified' || event.data.again) return [];
    const { stage: reached, segments, repId: rep, teamId: team } = event.data;
    const about = { owner: { repId: rep, teamId: team }, stage: reached, segments, absorbedAt: absorbedAtOf(events) };
    return [{ kind: 'qualified', ...timesOf(event), ...about }];
  });

const beginningOf = (month: string): Instant => toInstant(`${month}-01T00:00:00Z`);

const promisesOf = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const versions = events.filter((event) => event.name === 'VolumeCommitted').toSorted((a, b) => a.sequence - b.sequence);
  return versions.flatMap(({ data: { month, commitments }, recordedAt }, index) => {
    const about = { occurredAt: beginningOf(month), recordedAt, month, supersededAt: versions[index + 1]?.recordedAt ?? null };
    return commitments.map((commitment) => ({ kind: 'promise' as const, ...about, ...commitment }));
  });
};

const single = (event: ReportedEnvelope): readonly Countable[] => {
  switch (event.name) {
    case 'LeadTouched':
      return [{ kind: 'touchpoint', ...timesOf(event) }];
    case 'SubmissionQuarantined':
      return [{ kind: 'quarantined', ...timesOf(event) }];
    case 'MilestoneReached': {
      const { processId, milestoneId, position } = event.data;
      return [{ kind: 'milestone', ...timesOf(event), owner: ownerOf(event.data), processId, milestoneId, position }];
    }
    case 'OpportunityWon':
      return [{ kind: 'won', ...timesOf(event), owner: ownerOf(event.data), minor: event.data.reportingAmount.minor }];
    case 'OpportunityLost':
      return [{ kind: 'lost', ...timesOf(event), owner: ownerOf(event.data) }];
    case 'OrderCancelled':
      return [{ kind: 'cancelled', ...timesOf(event), owner: ownerOf(event.data), minor: event.data.reportingAmount.minor }];
    case 'CreditGranted':
    case 'CreditReversed': {
      const { amount } = event.data;
      return [
        {
          kind: 'credit',
          ...timesOf(event),
          owner: ownerOf(event.data),
          minor: event.name === 'CreditGranted' ? amount.minor : -amount.minor,
        },
      ];
    }
    case 'LeadServiceLevelStarted':
    case 'LeadAnswered':
    case 'LeadServiceLevelPaused':
    case 'LeadReplied':
    case 'LeadUnassigned':
    case 'LeadGivenBack':
    case 'LeadDisqualified':
    case 'LeadRequalified':
    case 'LeadErased':
    case 'LeadQualified':
    case 'VolumeCommitted':
    case 'LeadCaptured':
    case 'LeadCorrected':
    case 'LeadScored':
    case 'LeadAssigned':
    case 'LeadConverted':
    case 'LeadAbsorbed':
    case 'LeadRestored':
    case 'SubmissionCreatedLead':
    case 'SubmissionReleased':
    case 'ProcessPublished':
    case 'OpportunityOpened':
    case 'OpportunityAmended':
    case 'TargetsSet':
      return [];
  }
};

/** Everything countable in the events of one subject; numbered, so that the same events always give the same things. */
export const countablesOf = (all: readonly ReportedEnvelope[]): readonly Countable[] => {
  const events = withoutVoid(all);
  return [
    ...leadOf(events),
    ...promisedTo(events),
    ...qualifiedOf(events),
    ...promisesOf(events),
    ...events.flatMap(single),
    ...stagesReached(events),
    ...opportunityOf(events),
  ];
};
