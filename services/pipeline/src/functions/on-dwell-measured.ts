import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { livePipeline } from '../live-pipeline.ts';
import { onDwellMeasured } from '../board/events/on-dwell-measured.ts';

export const handler = lambda(() => onDwellMeasured(livePipeline(), liveConsumer()));
