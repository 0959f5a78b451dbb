import { SQSClient } from '@aws-sdk/client-sqs';
import type { EventDoorDeps } from './event-door.ts';
import { setting } from './live.ts';
import { sqsQueues, type Queues } from './queue.ts';

export const liveQueues = (): Queues => sqsQueues(new SQSClient({}));

/** A subscription's door: its dead-letter queue and how often a message is tried, both set by infra. */
export const liveDoor = (): EventDoorDeps => ({
  queues: liveQueues(),
  deadLetterQueueUrl: setting('DEAD_LETTER_QUEUE_URL'),
  tries: Number(setting('TRIES')),
});
