import { defineSubscription } from '../define-subscription.ts';
import { opportunityLost, opportunityWon, processPublished } from '../pipeline/events.ts';
import { companyEvents } from '../quota/events.ts';
import { leadEscalated } from './service-levels/service-level-events.ts';
import { leadQueueOverdue, leadQueued, sellerProfileChanged } from './assignment/routing-events.ts';
import {
  leadTouched,
  submissionCreatedLead,
  submissionFetched,
  submissionReferred,
  submissionReleased,
  submissionStored,
} from './capture/submission-events.ts';
import { followUpStepTaken } from './follow-up/follow-up-events.ts';
import {
  consentGiven,
  consentRequested,
  consentWithdrawn,
  leadAbsorbed,
  leadAmended,
  leadAssigned,
  leadErased,
  leadMergeUndone,
  leadMerged,
  leadRestored,
} from './lead/lead-events.ts';
import { leadDisqualified, leadQualified, leadRequalified } from './qualification/qualification-events.ts';

const service = 'leads' as const;

export const leadsOnCompanyChanged = defineSubscription({
  service,
  name: 'on-company-changed',
  receives: companyEvents,
  impact: 'Leads are assigned to reps who have left, and not to those who joined.',
});

export const leadsOnProcessPublished = defineSubscription({
  service,
  name: 'on-process-published',
  receives: [processPublished],
  impact: 'Reps cannot convert leads into opportunities of a sales process that was just published.',
});

// capture

export const leadsOnSubmissionReferred = defineSubscription({
  service,
  name: 'on-submission-referred',
  receives: [submissionReferred],
  impact: 'Leads from Meta, LinkedIn or HubSpot are announced, but their content does not arrive.',
});

export const leadsOnSubmissionStored = defineSubscription({
  service,
  name: 'on-submission-stored',
  receives: [submissionStored, submissionReleased, submissionFetched],
  impact: 'Submissions are stored but do not become leads: customers wait for an answer.',
});

// scoring and qualification

export const leadsOnLeadTouched = defineSubscription({
  service,
  name: 'on-lead-touched',
  receives: [submissionCreatedLead, leadTouched, leadAmended, leadMerged, leadMergeUndone, leadRestored, consentGiven, consentWithdrawn],
  impact: 'Leads that come back are not scored and qualified again: sales does not see who is ready to buy.',
});

export const leadsOnOpportunityEnded = defineSubscription({
  service,
  name: 'on-opportunity-ended',
  receives: [opportunityWon, opportunityLost, leadDisqualified],
  impact: 'The learned score does not learn which leads were won and lost.',
});

// assignment

export const leadsOnSellerChanged = defineSubscription({
  service,
  name: 'on-seller-changed',
  receives: [sellerProfileChanged],
  impact: 'Leads stay with reps who are away, and nobody answers the customers.',
});

export const leadsReviewAssignment = defineSubscription({
  service,
  name: 'review-assignment',
  receives: [leadAbsorbed, leadDisqualified, leadRestored, leadMergeUndone, leadRequalified, leadQueueOverdue],
  impact: 'Leads that are open again or wait too long in a queue get no owner, and reps lose rotation turns to leads that were not real.',
});

// service levels and follow-up

export const leadsStartServiceLevel = defineSubscription({
  service,
  name: 'start-service-level',
  receives: [leadAssigned, leadQueued, leadRequalified],
  impact: 'Response deadlines do not start: nobody sees which leads are overdue.',
});

export const leadsOnLeadEscalated = defineSubscription({
  service,
  name: 'on-lead-escalated',
  receives: [leadEscalated],
  impact: 'Leads stay with owners who do not answer them.',
});

export const leadsStartFollowUp = defineSubscription({
  service,
  name: 'start-follow-up',
  receives: [leadAssigned, leadAmended, leadQualified, leadDisqualified, leadRequalified],
  impact: 'Follow-up sequences do not start: nobody is reminded of leads that wait.',
});

export const leadsOnFollowUpStepTaken = defineSubscription({
  service,
  name: 'on-follow-up-step-taken',
  receives: [followUpStepTaken],
  impact: 'The e-mails of follow-up sequences are not sent.',
});

// consent and erasure

export const leadsOnConsentRequested = defineSubscription({
  service,
  name: 'on-consent-requested',
  receives: [consentRequested],
  impact: 'People are not asked to confirm their consent.',
});

export const leadsOnLeadErased = defineSubscription({
  service,
  name: 'on-lead-erased',
  receives: [leadErased],
  impact: 'Personal data that must be erased is still stored; the law allows one month.',
});

export const leadsSubscriptions = [
  leadsOnCompanyChanged,
  leadsOnProcessPublished,
  leadsOnSubmissionReferred,
  leadsOnSubmissionStored,
  leadsOnLeadTouched,
  leadsOnOpportunityEnded,
  leadsOnSellerChanged,
  leadsReviewAssignment,
  leadsStartServiceLevel,
  leadsOnLeadEscalated,
  leadsStartFollowUp,
  leadsOnFollowUpStepTaken,
  leadsOnConsentRequested,
  leadsOnLeadErased,
] as const;
