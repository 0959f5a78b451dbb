import {
  envelopeReader,
  UnexpectedEvent,
  UnknownVersion,
  type AnyEvent,
  type Envelope,
  type EnvelopeOf,
  type Subscription,
} from '@meilenstein/contracts';
import { epochMillis, instant } from '@meilenstein/kernel';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { count, describe, logger } from '../function/middleware.ts';
import { randomIds } from '../identity.ts';
import type { Queues } from './queue.ts';
import { traced, type Trace } from '../function/trace.ts';

export type EventConsumerDeps = {
  readonly queues: Queues;
  /** the subscription's own queue, in which a version that is not known yet waits */
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** tries of a message before it goes to the dead-letter queue with its reason; below the queue's own limit */
  readonly tries: number;
};

type Reading<Message> = { readonly read: (detail: unknown) => Message; readonly trace: (message: Message) => Trace };

type ReceivedMessage<Message> = { readonly record: SQSRecord; readonly message: Message };

/** An event of a version that is not known yet is looked at again after this many seconds, the longest that a queue delays. */
const versionWaitSeconds = 900;
/** and given up after this many days: by then nobody is about to deploy the consumer any more */
const versionWaitDays = 12;

/** What EventBridge puts into a queue; a replay adds `replay-name`, others may come. */
const busMessage = z.looseObject({ detail: z.unknown() });

const reasonOf = (error: unknown): string => {
  if (error instanceof z.ZodError) return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  if (error instanceof UnexpectedEvent || error instanceof UnknownVersion) return error.message;
  return error instanceof Error ? error.name : 'unknown';
};

const storedEvent = z.looseObject({ detail: z.looseObject({ storedAt: instant }) });

/** When the event of a message was stored, in epoch milliseconds; undefined where it does not say. */
const storedAtOf = (record: SQSRecord): number | undefined => {
  const parsed = storedEvent.safeParse(JSON.parse(record.body));
  return parsed.success ? epochMillis(parsed.data.detail.storedAt) : undefined;
};

/**
 * Handles the messages of a subscription's queue. One that cannot be read goes to the dead-letter queue at once, with the reason. One that
 * fails is retried alone and goes there after the last try. The other messages of the batch are not affected.
 * `together` takes a whole batch at once; where that throws, each message is taken alone, so that one cannot hold up the others.
 */
const open = <Message>(reading: Reading<Message>, together: (messages: readonly Message[]) => Promise<void>, deps: EventConsumerDeps) => {
  const moveToDeadLetters = async (record: SQSRecord, reason: string): Promise<void> => {
    logger.error('message moved to the dead-letter queue', { reason, messageId: record.messageId });
    await deps.queues.send(deps.deadLetterQueueUrl, record.body, reason);
  };

  const alone = async ({ record, message }: ReceivedMessage<Message>): Promise<string | undefined> => {
    try {
      await traced(reading.trace(message), () => together([message]));
      return undefined;
    } catch (error) {
      logger.warn('message failed', { ...describe(error), messageId: record.messageId });
      if (Number(record.attributes.ApproximateReceiveCount) < deps.tries) return record.messageId;
      await moveToDeadLetters(record, `failed ${deps.tries} times, last with ${reasonOf(error)}`);
      return undefined;
    }
  };

  const all = async (heard: readonly ReceivedMessage<Message>[]): Promise<boolean> => {
    const [first, second] = heard;
    if (first === undefined || second === undefined) return false;
    try {
      await traced(reading.trace(first.message), () => together(heard.map((one) => one.message)));
      return true;
    } catch (error) {
      logger.warn('batch failed, taken one by one', describe(error));
      return false;
    }
  };

  /** Consumers are deployed before producers; where it was the other way round, or one was rolled back, the event waits. */
  const wait = async (record: SQSRecord, error: UnknownVersion): Promise<void> => {
    const sentAt = Number(record.attributes.SentTimestamp);
    const storedAt = storedAtOf(record);
    if (storedAt === undefined || sentAt - storedAt > versionWaitDays * 86_400_000) return moveToDeadLetters(record, reasonOf(error));
    logger.warn('an event of an unknown version waits', { reason: error.message, messageId: record.messageId });
    count('VersionUnknown');
    await deps.queues.sendLater(deps.queueUrl, record.body, versionWaitSeconds);
  };

  return async (batch: SQSEvent): Promise<SQSBatchResponse> => {
    const heard: ReceivedMessage<Message>[] = [];
    for (const record of batch.Records) {
      try {
        heard.push({ record, message: reading.read(busMessage.parse(JSON.parse(record.body)).detail) });
      } catch (error) {
        await (error instanceof UnknownVersion ? wait(record, error) : moveToDeadLetters(record, reasonOf(error)));
      }
    }
    if (await all(heard)) return { batchItemFailures: [] };
    const failed: string[] = [];
    for (const one of heard) {
      const messageId = await alone(one);
      if (messageId !== undefined) failed.push(messageId);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
};

const oneByOne =
  (consumer: (batch: SQSEvent) => Promise<SQSBatchResponse>) =>
  async (batch: SQSEvent): Promise<SQSBatchResponse> => {
    const failures: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of batch.Records) failures.push(...(await consumer({ Records: [record] })).batchItemFailures);
    return { batchItemFailures: failures };
  };

const events = <Definition extends AnyEvent>({ receives }: Subscription<Definition>): Reading<EnvelopeOf<Definition>> => ({
  read: envelopeReader(receives),
  trace: (event: Envelope) => ({ correlationId: event.correlationId, causedBy: event.id, actor: { kind: 'event', name: event.name } }),
});

/** A reaction: one event at a time. `react` must tolerate duplicates and any order. */
export const onEvents = <Definition extends AnyEvent>(
  subscription: Subscription<Definition>,
  react: (event: EnvelopeOf<Definition>) => Promise<void>,
  deps: EventConsumerDeps,
) =>
  oneByOne(
    open(
      events(subscription),
      async (messages) => {
        for (const message of messages) await react(message);
      },
      deps,
    ),
  );

/** A view: all events of a batch at once. `fold` must tolerate duplicates and any order. */
export const foldEvents = <Definition extends AnyEvent>(
  subscription: Subscription<Definition>,
  fold: (events: readonly EnvelopeOf<Definition>[]) => Promise<void>,
  deps: EventConsumerDeps,
) => open(events(subscription), fold, deps);

const objectCreated = z.looseObject({ object: z.looseObject({ key: z.string().min(1) }) });

/** An upload: the key of an object that is new in the service's bucket. `take` must tolerate the same key twice. */
export const onObjectCreated = (take: (key: string) => Promise<void>, deps: EventConsumerDeps) =>
  oneByOne(
    open(
      {
        read: (detail) => objectCreated.parse(detail).object.key,
        trace: (key) => ({ correlationId: randomIds.next(), causedBy: null, actor: { kind: 'upload', name: key } }),
      },
      async (keys) => {
        for (const key of keys) await take(key);
      },
      deps,
    ),
  );
