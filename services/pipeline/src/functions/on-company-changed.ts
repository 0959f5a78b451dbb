import { lambda } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { livePipeline } from '../live-pipeline.ts';
import { onCompanyChanged } from '../opportunities/events/on-company-changed.ts';

export const handler = lambda(() => onCompanyChanged(livePipeline(), liveDoor()));
