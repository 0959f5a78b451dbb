import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventBridgeBus } from '../events/bus.ts';
import { middleware } from '../function/middleware.ts';
import { setting } from './live.ts';
import { liveQueues } from './live-queues.ts';
import { relay } from '../events/relay.ts';

/** The one relay function; infra gives every table its own copy. */
export const handler = middleware(
  relay({
    bus: eventBridgeBus(setting('BUS_NAME'), new EventBridgeClient({})),
    queues: liveQueues(),
    deadLetterQueueUrl: setting('DEAD_LETTER_QUEUE_URL'),
  }),
);
