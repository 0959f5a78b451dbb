import { pipelineOnLeadConverted, type ReceivedBy } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { openOpportunity } from '../domain/open-opportunity.ts';
import type { FoundProcess } from '../../processes/store/process-store.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';

/** The process that the lead was converted for; without one, the process that was published first, so that a company with one need not name it. */
const processFor = async ({ stores }: PipelineDeps, { data }: ReceivedBy<typeof pipelineOnLeadConverted>): Promise<FoundProcess> => {
  const process = data.processId === null ? (await stores.processes.all())[0] : await stores.processes.newest(data.processId);
  if (process === undefined) throw new Error(`lead ${data.leadId}: there is no process ${data.processId ?? 'at all'} yet`);
  return process;
};

/** A converted lead becomes an opportunity. Imported ones bring theirs along in their own file. */
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
