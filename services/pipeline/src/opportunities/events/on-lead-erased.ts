import { pipelineOnLeadErased } from '@meilenstein/contracts';
import type { OpportunityId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { eraseContactOfLead, erasePrivateAccount } from '../../accounts/events/erase-people.ts';
import { eraseEvidence } from '../domain/erase-evidence.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';

type Stores = Pick<PipelineDeps, 'stores'>['stores'];

const eraseWords = async ({ opportunities }: Stores, id: OpportunityId): Promise<void> => {
  await opportunities.change(id, eraseEvidence);
  await opportunities.eraseConfidential(id);
};

/** Erases the customers' own words with the lead, because they may identify the person, and the contact that the lead became. */
export const onLeadErased = ({ stores }: Pick<PipelineDeps, 'stores'>, consumer: EventConsumerDeps) =>
  onEvents(
    pipelineOnLeadErased,
    async ({ data: { leadId, opportunityId } }) => {
      await eraseContactOfLead(stores, leadId);
      if (opportunityId === null) return;
      await eraseWords(stores, opportunityId);
      await erasePrivateAccount(stores, opportunityId);
    },
    consumer,
  );
