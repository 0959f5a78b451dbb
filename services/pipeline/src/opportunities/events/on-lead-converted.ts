import { pipelineOnLeadConverted, type ReceivedBy } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { openOpportunity } from '../domain/open-opportunity.ts';
import type { PublishedProcess } from '../../processes/store/process-store.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';

/** The process named at the conversion, or else the first one published, so that a company with one process need not name it. */
const processFor = async ({ stores }: PipelineDeps, { data }: ReceivedBy<typeof pipelineOnLeadConverted>): Promise<PublishedProcess> => {
  const process = data.processId === null ? (await stores.processes.all())[0] : await stores.processes.newest(data.processId);
  if (process === undefined)
    throw new Error(`lead ${data.leadId}: ${data.processId === null ? 'no process' : `process ${data.processId}`} is published yet`);
  return process;
};

/** Opens an opportunity for a converted lead. An imported lead gets its opportunity from the file of opportunities. */
export const onLeadConverted = (deps: PipelineDeps, consumer: EventConsumerDeps) =>
  onEvents(
    pipelineOnLeadConverted,
    async (event) => {
      if (event.origin === 'import') return;
      const { opportunityId, account, leadId, sourceId, repId, teamId, segment = null } = event.data;
      const process = await processFor(deps, event);
      const result = await deps.stores.opportunities.change(opportunityId, (state) =>
        openOpportunity(state, {
          opportunityId,
          processId: process.processId,
          processVersion: process.version,
          account,
          leadId,
          sourceId,
          segment,
          repId,
          teamId,
          openedAt: event.occurredAt,
          amount: null,
        }),
      );
      if ('refused' in result) throw new Error(`lead ${leadId}: ${result.refused.code}`);
    },
    consumer,
  );
