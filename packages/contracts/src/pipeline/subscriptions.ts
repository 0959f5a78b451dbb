import { defineSubscription } from '../define-subscription.ts';
import { dwellMeasured } from '../forecast/events.ts';
import { leadConverted, leadErased } from '../leads/lead/lead-events.ts';
import { segmentsPublished } from '../leads/qualification/rule-events.ts';
import { companyEvents } from '../quota/events.ts';
import { accountEvents, contactEvents } from './account-events.ts';
import { opportunityMoves } from './events.ts';

const service = 'pipeline' as const;

export const pipelineOnCompanyChanged = defineSubscription({
  service,
  name: 'on-company-changed',
  receives: companyEvents,
  impact: 'Opportunities are opened for the wrong team, and orders in new currencies are refused.',
});

export const pipelineOnLeadConverted = defineSubscription({
  service,
  name: 'on-lead-converted',
  receives: [leadConverted],
  impact: 'Converted leads do not become opportunities.',
});

export const pipelineOnLeadErased = defineSubscription({
  service,
  name: 'on-lead-erased',
  receives: [leadErased],
  impact: 'Words of customers are still stored after the person was erased.',
});

export const pipelineOnAccountChanged = defineSubscription({
  service,
  name: 'on-account-changed',
  receives: [leadConverted, ...opportunityMoves, ...accountEvents, ...contactEvents],
  impact: 'Customers have no account, and the timelines of accounts lack what happened.',
});

export const pipelineOnDwellMeasured = defineSubscription({
  service,
  name: 'on-dwell-measured',
  receives: [dwellMeasured],
  impact: 'The board marks silent customers by how long others took some time ago.',
});

export const pipelineOnSegmentsPublished = defineSubscription({
  service,
  name: 'on-segments-published',
  receives: [segmentsPublished],
  impact: 'New segments are refused on opportunities, and imported rows that name them are rejected.',
});

export const pipelineSubscriptions = [
  pipelineOnCompanyChanged,
  pipelineOnLeadConverted,
  pipelineOnLeadErased,
  pipelineOnDwellMeasured,
  pipelineOnAccountChanged,
  pipelineOnSegmentsPublished,
] as const;
