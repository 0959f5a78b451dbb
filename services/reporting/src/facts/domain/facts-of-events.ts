import type { ReportedEnvelope } from '@meilenstein/contracts';
import { toInstant, type Instant } from '@meilenstein/kernel';
import { withoutCorrected } from './corrected-row.ts';
import type { ReportFact } from './report-fact.ts';
import { absorbedAtOf, leadFacts, stageFacts } from './lead-facts.ts';
import { correctionFacts, opportunityFacts } from './opportunity-facts.ts';
import { ownerOf, timesOf } from './lead-stages.ts';
import { answersOf, deadlinesOf } from '../../kpis/domain/service-levels.ts';

/** The response deadlines of a lead, and each answer that counts under a service level. */
const serviceLevelFacts = (events: readonly ReportedEnvelope[]): readonly ReportFact[] => {
  const due = deadlinesOf(events).map((one) => ({ kind: 'deadline' as const, ...one }));
  const answers = answersOf(events).map((answer) => ({ kind: 'answer' as const, ...answer }));
  return [...due, ...answers];
};

const qualificationFacts = (events: readonly ReportedEnvelope[]): readonly ReportFact[] =>
  events.flatMap((event) => {
    if (event.name !== 'LeadQualified' || event.data.again) return [];
    const { stage: reached, segments, repId: rep, teamId: team } = event.data;
    const about = { owner: { repId: rep, teamId: team }, stage: reached, segments, absorbedAt: absorbedAtOf(events) };
    return [{ kind: 'qualified', ...timesOf(event), ...about }];
  });

const startOfMonth = (month: string): Instant => toInstant(`${month}-01T00:00:00Z`);

const commitmentsOf = (events: readonly ReportedEnvelope[]): readonly ReportFact[] => {
  const versions = events.filter((event) => event.name === 'VolumeCommitted').toSorted((a, b) => a.sequence - b.sequence);
  return versions.flatMap(({ data: { month, commitments }, recordedAt }, index) => {
    const about = { occurredAt: startOfMonth(month), recordedAt, month, supersededAt: versions[index + 1]?.recordedAt ?? null };
    return commitments.map((commitment) => ({ kind: 'commitment' as const, ...about, ...commitment }));
  });
};

const factsOfEvent = (event: ReportedEnvelope): readonly ReportFact[] => {
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
    case 'OrderTeamCorrected': {
      // counts when it became known, so that weeks that are reported stay as they are
      const { repId: rep, teamId: team, previousTeamId, reportingAmount } = event.data;
      const about = { ...timesOf(event), minor: reportingAmount.minor };
      return [
        { kind: 'cancelled', ...about, owner: { repId: rep, teamId: previousTeamId } },
        { kind: 'won', ...about, owner: { repId: rep, teamId: team } },
      ];
    }
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
    case 'MilestoneWithdrawn':
    case 'EvidenceCorrected':
    case 'CustomerResponded':
    case 'CustomerResponseWithdrawn':
    case 'OpportunityReopened':
    case 'OrderPartiallyCancelled':
    case 'OrderCorrected':
    case 'TargetsSet':
      return [];
  }
};

/** Every fact in the events of one subject; equal events always give equal facts in the same order. */
export const factsOfEvents = (all: readonly ReportedEnvelope[]): readonly ReportFact[] => {
  const events = withoutCorrected(all);
  return [
    ...leadFacts(events),
    ...serviceLevelFacts(events),
    ...qualificationFacts(events),
    ...commitmentsOf(events),
    ...events.flatMap(factsOfEvent),
    ...stageFacts(events),
    ...opportunityFacts(events),
    ...correctionFacts(events),
  ];
};
