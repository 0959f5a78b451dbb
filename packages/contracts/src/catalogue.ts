import type { Api } from './define-api.ts';
import type { AnyEvent } from './define-event.ts';
import type { Subscription } from './define-subscription.ts';
import { forecastApi } from './forecast/api.ts';
import { forecastEvents } from './forecast/events.ts';
import { forecastSubscriptions } from './forecast/subscriptions.ts';
import { leadsSubscriptions } from './leads/subscriptions.ts';
import { pipelineSubscriptions } from './pipeline/subscriptions.ts';
import { quotaSubscriptions } from './quota/subscriptions.ts';
import { reportingSubscriptions } from './reporting/subscriptions.ts';
import { consentsApi } from './leads/people/consents-api.ts';
import { intakeApi } from './leads/capture/intake-api.ts';
import { leadsApi } from './leads/api.ts';
import { leadsEvents } from './leads/events.ts';
import { customerEvents } from './pipeline/account-events.ts';
import { pipelineApi } from './pipeline/api.ts';
import { evidenceErased, opportunityImportStarted, pipelineEvents, repEstimateImported } from './pipeline/events.ts';
import { quotaApi } from './quota/api.ts';
import { quotaEvents } from './quota/events.ts';
import { reportingApi } from './reporting/api.ts';
import { reportingEvents } from './reporting/events.ts';

/** Every event of every service: documentation, samples and the republish tests walk this list. */
export const allEvents: readonly AnyEvent[] = [
  ...leadsEvents,
  ...pipelineEvents,
  ...customerEvents,
  evidenceErased,
  repEstimateImported,
  opportunityImportStarted,
  ...quotaEvents,
  ...forecastEvents,
  ...reportingEvents,
];

/** Every HTTP contract: infra, OpenAPI and the test of roles walk this list. */
export const allApis: readonly Api[] = [intakeApi, consentsApi, leadsApi, pipelineApi, quotaApi, forecastApi, reportingApi];

/** Every subscription: infra, the harness of the tests, READMEs and AsyncAPI walk this list. */
export const allSubscriptions: readonly Subscription[] = [
  ...leadsSubscriptions,
  ...pipelineSubscriptions,
  ...quotaSubscriptions,
  ...forecastSubscriptions,
  ...reportingSubscriptions,
];
