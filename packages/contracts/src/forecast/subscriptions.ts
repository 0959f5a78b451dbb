import { defineSubscription } from '../define-subscription.ts';
import { pipelineEvents, repEstimateImported } from '../pipeline/events.ts';
import { companyEvents, targetsSet } from '../quota/events.ts';
import { replayRequested } from './events.ts';

const service = 'forecast' as const;

export const forecastOnCompanyChanged = defineSubscription({
  service,
  name: 'on-company-changed',
  receives: companyEvents,
  impact: 'Forecasts use an old organisation or calendar.',
});

/** All events of opportunities, and rep estimates of a former system, which are graded beside the forecast. */
export const forecastOnPipelineEvent = defineSubscription({
  service,
  name: 'on-pipeline-event',
  receives: [...pipelineEvents, repEstimateImported],
  impact: 'Forecasts do not include what customers have done since.',
});

export const forecastOnTargetsSet = defineSubscription({
  service,
  name: 'on-targets-set',
  receives: [targetsSet],
  impact: 'Forecasts show an old quota, so the gap to it is wrong.',
});

export const forecastOnReplayRequested = defineSubscription({
  service,
  name: 'on-replay-requested',
  receives: [replayRequested],
  impact: 'A new customer does not see how good the forecasts of the imported history would have been.',
});

export const forecastSubscriptions = [
  forecastOnCompanyChanged,
  forecastOnPipelineEvent,
  forecastOnTargetsSet,
  forecastOnReplayRequested,
] as const;
