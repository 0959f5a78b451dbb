import { leadConverted, type EnvelopeOf } from '@meilenstein/contracts';
import { lambda, onEvents, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { openOpportunity } from '../domain/open-opportunity.ts';
import type { FoundProcess } from '../store/process-store.ts';
import { livePipeline, type PipelineDeps } from './live-pipeline.ts';

/** The process that the lead was converted for; without one, the process that was published first, so that a company with one need not name it. */
const processFor = async ({ shelves }: PipelineDeps, { data }: EnvelopeOf<typeof leadConverted>): Promise<FoundProcess> => {
  const process = data.processId === null ? (await shelves.processes.all())[0] : await shelves.processes.newest(data.processId);
  if (process === undefined) throw new Error(`lead ${data.leadId}: there is no process ${data.processId ?? 'at all'} yet`);
  return process;
};

/** A converted lead becomes an opportunity. Imported ones bring theirs along in their own file. */
export const onLeadConverted = (deps: PipelineDeps, door: EventDoorDeps) =>
  onEvents(
    [leadConverted],
    async (event) => {
      if (event.origin === 'import') return;
      const { opportunityId, account, leadId, sourceId, repId, teamId, segment = null } = event.data;
      const process = await processFor(deps, event);
      const result = await deps.shelves.opportunities.change(opportunityId, (state) =>
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
    door,
  );
export const handler = lambda(() => onLeadConverted(livePipeline(), liveDoor()));
