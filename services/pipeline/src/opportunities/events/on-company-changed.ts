import { pipelineOnCompanyChanged } from '@meilenstein/contracts';
import { foldEvents, type EventDoorDeps } from '@meilenstein/runtime';
import type { PipelineDeps } from '../../live-pipeline.ts';

export const onCompanyChanged = ({ shelves }: PipelineDeps, door: EventDoorDeps) =>
  foldEvents(pipelineOnCompanyChanged, shelves.company.fold, door);
