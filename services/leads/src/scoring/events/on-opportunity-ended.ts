import { leadsOnOpportunityEnded, type ReceivedBy } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { ReceivedOutcome } from '../domain/lead-outcome.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const outcomeOf = ({ name, data, occurredAt }: ReceivedBy<typeof leadsOnOpportunityEnded>): ReceivedOutcome | undefined => {
  if (data.leadId === null) return undefined;
  const { leadId } = data;
  switch (name) {
    case 'OpportunityWon':
      return { leadId, cause: 'opportunity-won', endedAt: occurredAt };
    case 'OpportunityLost':
      return { leadId, cause: 'opportunity-lost', endedAt: occurredAt };
    case 'LeadDisqualified':
      return { leadId, cause: 'disqualified', endedAt: occurredAt };
  }
};

/** Stores the outcomes of leads to be learned; an opportunity without a lead is ignored. */
export const onOpportunityEnded = ({ stores }: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(
    leadsOnOpportunityEnded,
    async (event) => {
      const outcome = outcomeOf(event);
      if (outcome !== undefined) await stores.learnedScore.recordOutcome(outcome);
    },
    consumer,
  );
