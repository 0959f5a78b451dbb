import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { livePipeline } from '../live-pipeline.ts';
import { onSegmentsPublished } from '../opportunities/events/on-segments-published.ts';

export const handler = lambda(() => onSegmentsPublished(livePipeline(), liveConsumer()));
