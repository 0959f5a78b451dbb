import { pipelineOnCompanyChanged } from '@meilenstein/contracts';
import { foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { PipelineDeps } from '../../live-pipeline.ts';

export const onCompanyChanged = ({ stores }: PipelineDeps, consumer: EventConsumerDeps) =>
  foldEvents(pipelineOnCompanyChanged, stores.company.fold, consumer);
