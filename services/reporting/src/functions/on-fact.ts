import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onFact } from '../facts/events/on-fact.ts';
import { liveFacts } from '../live-reporting.ts';

export const handler = lambda(() => onFact(liveFacts(), liveConsumer()));
