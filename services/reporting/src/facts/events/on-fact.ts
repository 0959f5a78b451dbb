import { reportingOnFact } from '@meilenstein/contracts';
import { foldEvents, type EventDoorDeps } from '@meilenstein/runtime';
import type { FactDeps } from '../../live-reporting.ts';

export const onFact = ({ shelves }: FactDeps, door: EventDoorDeps) => foldEvents(reportingOnFact, shelves.facts.fold, door);
