import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { livePipeline } from '../live-pipeline.ts';
import { onLeadConverted } from '../opportunities/events/on-lead-converted.ts';

export const handler = lambda(() => onLeadConverted(livePipeline(), liveConsumer()));
