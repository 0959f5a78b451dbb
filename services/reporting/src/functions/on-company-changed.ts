import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onCompanyChanged } from '../facts/events/on-company-changed.ts';
import { liveFacts } from '../live-reporting.ts';

export const handler = lambda(() => onCompanyChanged(liveFacts(), liveConsumer()));
