import { pipelineOnLeadErased } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { eraseEvidence } from '../domain/erase-evidence.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';

/** Erases the customers' own words with the lead, because they may identify the person. */
export const onLeadErased = ({ stores: { opportunities } }: Pick<PipelineDeps, 'stores'>, consumer: EventConsumerDeps) =>
  onEvents(
    pipelineOnLeadErased,
    async ({ data: { opportunityId } }) => {
      if (opportunityId === null) return;
      await opportunities.change(opportunityId, eraseEvidence);
      await opportunities.eraseConfidential(opportunityId);
    },
    consumer,
  );
