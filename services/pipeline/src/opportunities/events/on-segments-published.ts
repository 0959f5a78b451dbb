import { pipelineOnSegmentsPublished } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { PipelineDeps } from '../../live-pipeline.ts';

/** Keeps the ids of the segments in force, so that no opportunity gets a segment that does not exist. */
export const onSegmentsPublished = ({ stores }: Pick<PipelineDeps, 'stores'>, consumer: EventConsumerDeps) =>
  onEvents(pipelineOnSegmentsPublished, ({ data }) => stores.segments.learn(data), consumer);
