import { companyEvents } from '@meilenstein/contracts';
import { foldEvents, lambda, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { livePipeline, type PipelineDeps } from '../../live-pipeline.ts';

export const onCompanyChanged = ({ shelves }: PipelineDeps, door: EventDoorDeps) => foldEvents(companyEvents, shelves.company.fold, door);
export const handler = lambda(() => onCompanyChanged(livePipeline(), liveDoor()));
