import { reportedEvents } from '@meilenstein/contracts';
import { foldEvents, lambda, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { liveFacts, type FactDeps } from '../../live-reporting.ts';

export const onFact = ({ shelves }: FactDeps, door: EventDoorDeps) => foldEvents(reportedEvents, shelves.facts.fold, door);
export const handler = lambda(() => onFact(liveFacts(), liveDoor()));
