import { companyEvents } from '@meilenstein/contracts';
import { foldEvents, lambda, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { liveFacts, type FactDeps } from '../../live-reporting.ts';

export const onCompanyChanged = ({ shelves }: FactDeps, door: EventDoorDeps) => foldEvents(companyEvents, shelves.company.fold, door);
export const handler = lambda(() => onCompanyChanged(liveFacts(), liveDoor()));
