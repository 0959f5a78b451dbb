import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onOrder } from '../credits/events/on-order.ts';
import { liveQuota } from '../live-quota.ts';

export const handler = lambda(() => onOrder(liveQuota(), liveConsumer()));
