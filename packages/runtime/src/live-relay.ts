import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventBridgeBus } from './bus.ts';
import { middleware } from './middleware.ts';
import { setting } from './live.ts';
import { liveQueues } from './live-queues.ts';
import { relay } from './relay.ts';

/** The one relay function; infra gives every table its own copy. */
export const handler = middleware(
  relay({
    bus: eventBridgeBus(setting('BUS_NAME'), new EventBridgeClient({})),
    queues: liveQueues(),
    deadLetterQueueUrl: setting('DEAD_LETTER_QUEUE_URL'),
  }),
);
