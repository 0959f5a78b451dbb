import { pipelineOnLeadErased } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { forgetEvidence } from '../domain/forget-evidence.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';

/** What the customer said word for word may tell who it was; it goes with the lead. */
export const onLeadErased = ({ stores: { opportunities } }: Pick<PipelineDeps, 'stores'>, consumer: EventConsumerDeps) =>
  onEvents(
    pipelineOnLeadErased,
    async ({ data: { opportunityId } }) => {
      if (opportunityId === null) return;
      await opportunities.change(opportunityId, forgetEvidence);
      await opportunities.forgetWords(opportunityId);
    },
    consumer,
  );
