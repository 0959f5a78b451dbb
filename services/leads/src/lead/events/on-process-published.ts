import { leadsOnProcessPublished } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { LeadsDeps } from '../../live-leads.ts';

/** Keeps the service's own copy of which sales processes there are, so that no lead is converted for one that nobody published. */
export const onProcessPublished = ({ stores }: Pick<LeadsDeps, 'stores'>, consumer: EventConsumerDeps) =>
  onEvents(leadsOnProcessPublished, (event) => stores.processes.learn(event.data.processId), consumer);
