import { leadsOnProcessPublished } from '@meilenstein/contracts';
import { onEvents, type EventDoorDeps } from '@meilenstein/runtime';
import type { LeadsDeps } from '../../live-leads.ts';

/** Keeps the service's own copy of which sales processes there are, so that no lead is converted for one that nobody published. */
export const onProcessPublished = ({ shelves }: Pick<LeadsDeps, 'shelves'>, door: EventDoorDeps) =>
  onEvents(leadsOnProcessPublished, (event) => shelves.processes.learn(event.data.processId), door);
