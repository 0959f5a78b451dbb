import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { livePipeline } from '../live-pipeline.ts';
import { onAccountChanged } from '../accounts/events/on-account-changed.ts';

export const handler = lambda(() => onAccountChanged(livePipeline(), liveConsumer()));
