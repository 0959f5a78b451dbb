import { leadsOnProcessPublished } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { LeadsDeps } from '../../live-leads.ts';

/** Keeps a copy of the published sales processes, so that no lead is converted for an unpublished one. */
export const onProcessPublished = ({ stores }: Pick<LeadsDeps, 'stores'>, consumer: EventConsumerDeps) =>
  onEvents(leadsOnProcessPublished, (event) => stores.processes.learn(event.data.processId), consumer);
