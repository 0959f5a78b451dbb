import { reportedEvents } from '@meilenstein/contracts';
import { foldEvents, type EventDoorDeps } from '@meilenstein/runtime';
import type { FactDeps } from '../../live-reporting.ts';

export const onFact = ({ shelves }: FactDeps, door: EventDoorDeps) => foldEvents(reportedEvents, shelves.facts.fold, door);
