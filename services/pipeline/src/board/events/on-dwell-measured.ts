import { pipelineOnDwellMeasured } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { PipelineDeps } from '../../live-pipeline.ts';

/** Keeps how long customers take, so that the board marks the same silent customers as forecast. */
export const onDwellMeasured = ({ stores }: Pick<PipelineDeps, 'stores'>, consumer: EventConsumerDeps) =>
  onEvents(pipelineOnDwellMeasured, (event) => stores.dwells.learn(event), consumer);
