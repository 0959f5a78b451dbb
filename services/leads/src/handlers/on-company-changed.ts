import { companyEvents } from '@meilenstein/contracts';
import { foldEvents, lambda, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { liveLeads, type LeadsDeps } from './live-leads.ts';

/** Keeps the service's own copy of organisation and settings. */
export const onCompanyChanged = ({ shelves }: LeadsDeps, door: EventDoorDeps) => foldEvents(companyEvents, shelves.company.fold, door);
export const handler = lambda(() => onCompanyChanged(liveLeads(), liveDoor()));
