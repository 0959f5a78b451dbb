import { SQSClient } from '@aws-sdk/client-sqs';
import type { EventConsumerDeps } from '../events/event-consumer.ts';
import { setting } from './live.ts';
import { sqsQueues, type Queues } from '../events/queue.ts';

export const liveQueues = (): Queues => sqsQueues(new SQSClient({}));

/** A subscription's consumer: its dead-letter queue and how often a message is tried, both set by infra. */
export const liveConsumer = (): EventConsumerDeps => ({
  queues: liveQueues(),
  deadLetterQueueUrl: setting('DEAD_LETTER_QUEUE_URL'),
  tries: Number(setting('TRIES')),
});
