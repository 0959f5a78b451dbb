import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { livePipeline } from '../live-pipeline.ts';
import { onLeadErased } from '../opportunities/events/on-lead-erased.ts';

export const handler = lambda(() => onLeadErased(livePipeline(), liveConsumer()));
