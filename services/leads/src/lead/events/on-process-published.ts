import { processPublished } from '@meilenstein/contracts';
import { lambda, onEvents, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { liveLeads, type LeadsDeps } from '../../live-leads.ts';

/** Keeps the service's own copy of which sales processes there are, so that no lead is converted for one that nobody published. */
export const onProcessPublished = ({ shelves }: Pick<LeadsDeps, 'shelves'>, door: EventDoorDeps) =>
  onEvents([processPublished], (event) => shelves.processes.learn(event.data.processId), door);
export const handler = lambda(() => onProcessPublished(liveLeads(), liveDoor()));
