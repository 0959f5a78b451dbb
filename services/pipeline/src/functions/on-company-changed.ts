import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { livePipeline } from '../live-pipeline.ts';
import { onCompanyChanged } from '../opportunities/events/on-company-changed.ts';

export const handler = lambda(() => onCompanyChanged(livePipeline(), liveConsumer()));
