import { SQSClient } from '@aws-sdk/client-sqs';
import type { EventConsumerDeps } from '../events/event-consumer.ts';
import { setting } from './live.ts';
import { sqsQueues, type Queues } from '../events/queue.ts';

export const liveQueues = (): Queues => sqsQueues(new SQSClient({}));

/** A subscription's consumer: its queues and how often a message is tried, all set by infra. */
export const liveConsumer = (): EventConsumerDeps => ({
  queues: liveQueues(),
  queueUrl: setting('QUEUE_URL'),
  deadLetterQueueUrl: setting('DEAD_LETTER_QUEUE_URL'),
  tries: Number(setting('TRIES')),
});
