import type { Api } from './define-api.ts';
import type { AnyEvent, EnvelopeOf } from './define-event.ts';
import { forecastApi } from './forecast-api.ts';
import { forecastEvents } from './forecast-events.ts';
import { consentsApi } from './consents-api.ts';
import { intakeApi } from './intake-api.ts';
import { leadsApi } from './leads-api.ts';
import {
  leadAbsorbed,
  leadAssigned,
  leadCaptured,
  leadConverted,
  leadCorrected,
  leadErased,
  leadRestored,
  leadScored,
} from './lead-events.ts';
import { leadDisqualified, leadQualified, leadReopened } from './lead-qualification-events.ts';
import { leadsEvents } from './leads-events.ts';
import { marketingPromised } from './marketing-promises.ts';
import { leadAnswered, leadCameBack, leadWaitsForCustomer, serviceClockStarted } from './service-level-events.ts';
import { leadTouched, submissionCreatedLead, submissionQuarantined, submissionReleased } from './submission-events.ts';
import { leadGivenBack, leadUnassigned } from './routing-events.ts';
import { pipelineApi } from './pipeline-api.ts';
import { evidenceForgotten, pipelineEvents, repEstimateImported } from './pipeline-events.ts';
import { quotaApi } from './quota-api.ts';
import { creditGranted, creditReversed, quotaEvents, targetsSet } from './quota-events.ts';
import { reportingApi } from './reporting-api.ts';
import { reportingEvents } from './reporting-events.ts';

/** Every event of every service: documentation, samples and the republish tests walk this list. */
export const allEvents: readonly AnyEvent[] = [
  ...leadsEvents,
  ...pipelineEvents,
  evidenceForgotten,
  repEstimateImported,
  ...quotaEvents,
  ...forecastEvents,
  ...reportingEvents,
];

/** Every HTTP contract: infra, OpenAPI and the test of roles walk this list. */
export const allApis: readonly Api[] = [intakeApi, consentsApi, leadsApi, pipelineApi, quotaApi, forecastApi, reportingApi];

/** What forecast hears of pipeline: what moves an opportunity, and the guesses of a former system that it grades beside its own figures. */
export const forecastedEvents = [...pipelineEvents, repEstimateImported] as const;

/** What reporting hears: everything of leads and pipeline that is countable, what both sides promised, targets and credits. */
export const reportedEvents = [
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
  serviceClockStarted,
  leadAnswered,
  leadWaitsForCustomer,
  leadCameBack,
  leadUnassigned,
  leadGivenBack,
  leadDisqualified,
  leadReopened,
  leadErased,
  leadQualified,
  marketingPromised,
  ...pipelineEvents,
  targetsSet,
  creditGranted,
  creditReversed,
] as const;
export type ReportedEnvelope = EnvelopeOf<(typeof reportedEvents)[number]>;
