import { defineSubscription } from '../define-subscription.ts';
import { opportunityWon, orderCancelled, orderCorrected, orderPartiallyCancelled, orderTeamCorrected } from '../pipeline/events.ts';

export const quotaOnOrder = defineSubscription({
  service: 'quota',
  name: 'on-order',
  receives: [opportunityWon, orderCancelled, orderPartiallyCancelled, orderCorrected, orderTeamCorrected],
  impact: 'Won orders are not credited to quotas.',
});

export const quotaSubscriptions = [quotaOnOrder] as const;
