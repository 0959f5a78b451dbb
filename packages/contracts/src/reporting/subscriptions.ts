import { defineSubscription, type ReceivedBy } from '../define-subscription.ts';
import { leadGivenBack, leadUnassigned } from '../leads/assignment/routing-events.ts';
import { leadTouched, submissionCreatedLead, submissionQuarantined, submissionReleased } from '../leads/capture/submission-events.ts';
import {
  leadAbsorbed,
  leadAssigned,
  leadCaptured,
  leadConverted,
  leadCorrected,
  leadErased,
  leadRestored,
  leadScored,
} from '../leads/lead/lead-events.ts';
import { leadDisqualified, leadQualified, leadRequalified } from '../leads/qualification/qualification-events.ts';
import { volumeCommitted } from '../leads/service-levels/volume-commitments.ts';
import {
  leadAnswered,
  leadReplied,
  leadServiceLevelPaused,
  leadServiceLevelStarted,
} from '../leads/service-levels/service-level-events.ts';
import { pipelineEvents } from '../pipeline/events.ts';
import { companyEvents, creditGranted, creditReversed, targetsSet } from '../quota/events.ts';

const service = 'reporting' as const;

export const reportingOnCompanyChanged = defineSubscription({
  service,
  name: 'on-company-changed',
  receives: companyEvents,
  impact: 'Reports show an old organisation or calendar.',
});

/** Everything of leads and pipeline that is counted, the service levels and volume commitments, targets and credits. */
export const reportingOnFact = defineSubscription({
  service,
  name: 'on-fact',
  receives: [
    leadCaptured,
    leadCorrected,
    leadTouched,
    leadScored,
    leadAssigned,
    leadConverted,
    leadAbsorbed,
    leadRestored,
    submissionQuarantined,
    submissionCreatedLead,
    submissionReleased,
    leadServiceLevelStarted,
    leadAnswered,
    leadServiceLevelPaused,
    leadReplied,
    leadUnassigned,
    leadGivenBack,
    leadDisqualified,
    leadRequalified,
    leadErased,
    leadQualified,
    volumeCommitted,
    ...pipelineEvents,
    targetsSet,
    creditGranted,
    creditReversed,
  ],
  impact: 'KPIs and reports miss what happened.',
});

export type ReportedEnvelope = ReceivedBy<typeof reportingOnFact>;

export const reportingSubscriptions = [reportingOnCompanyChanged, reportingOnFact] as const;
