import { marshall } from '@aws-sdk/util-dynamodb';
import type { Envelope } from '@meilenstein/contracts';
import type { Item, Published } from '@meilenstein/runtime';
import { relay } from '@meilenstein/runtime/events/relay';
import type { DynamoDBRecord, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { World } from './seeded-world.ts';

export type DeliveryTrouble = {
  /** the bus does not answer at all */
  readonly busAway: number;
  /** the bus takes one entry of a request and refuses another for now */
  readonly busThrottled: number;
  /** the bus refuses an event for ever, until somebody mends it */
  readonly refused: number;
  /** a message is delivered twice */
  readonly twice: number;
};
export const noDeliveryTrouble: DeliveryTrouble = { busAway: 0, busThrottled: 0, refused: 0, twice: 0 };

type DeadLetter = { readonly queue: 'relay' | 'reaction'; readonly body: string; readonly reason: string };

type Message = { readonly body: string; received: number };

export type DeliveryDeps = {
  readonly world: World;
  readonly trouble: () => DeliveryTrouble;
  /** what the stream of the table has from a position on */
  readonly commits: (from: number) => readonly Item[];
  /** names of the events that the rule lets through */
  readonly hears: readonly string[];
  /** the function behind the queue */
  readonly react: (batch: SQSEvent) => Promise<SQSBatchResponse>;
  readonly mostReceives: number;
};

const shards = 4;
const largestBatch = 25;

const recordOf = (item: Item, position: number): DynamoDBRecord => ({
  eventName: 'INSERT',
  // The libraries of AWS type the same attribute values differently.
  dynamodb: { SequenceNumber: String(position), NewImage: JSON.parse(JSON.stringify(marshall(item, { removeUndefinedValues: true }))) },
});

const messageRecord = ({ body, received }: Message, messageId: string): SQSRecord => ({
  messageId,
  receiptHandle: '',
  body,
  attributes: {
    ApproximateReceiveCount: String(received),
    SentTimestamp: '',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: '',
  eventSourceARN: '',
  awsRegion: '',
});

/**
 * What lies between a commit and the reaction to it: stream, relay (the real one), bus, rule, queue, dead letters. The stand-ins keep the
 * promises of AWS and no others: at least once, in any order, tried again until it is a dead letter.
 */
export const troubledDelivery = ({ world, trouble, commits, hears, react, mostReceives }: DeliveryDeps) => {
  const queue: Message[] = [];
  const dead: DeadLetter[] = [];
  const streams: DynamoDBRecord[][] = Array.from({ length: shards }, () => []);
  let read = 0;
  let working = 0;

  const put = (body: string): void => void queue.push({ body, received: 0 });
  /** what the rule does with an event that the bus took */
  const announce = (envelope: Envelope): void => {
    if (hears.includes(envelope.name)) put(JSON.stringify({ source: 'leads', 'detail-type': envelope.name, detail: envelope }));
  };

  const publish = async (events: readonly Published[]): Promise<readonly (string | undefined)[]> => {
    await world.turn();
    const { busAway, busThrottled, refused, twice } = trouble();
    if (world.happens(busAway)) throw new Error('connection refused');
    const answers = events.map(({ envelope }) => {
      if (world.happens(busThrottled)) return 'ThrottlingException';
      if (world.happens(refused)) return 'MalformedDetail';
      for (const _ of world.happens(twice) ? [1, 2] : [1]) announce(envelope);
      return undefined;
    });
    // Published, and whoever asked may be killed before it knows.
    await world.turn();
    return answers;
  };

  const queues = {
    send: async (_url: string, body: string, reason = '') => void dead.push({ queue: 'relay', body, reason }),
    sendLater: async () => {},
    sendMany: async () => undefined,
  };
  const carry = relay({ bus: { publish }, queues, deadLetterQueueUrl: 'relay-dead' });

  const readStream = (): void => {
    for (const item of commits(read)) {
      const shard = [...item.pk].reduce((sum, character) => sum + character.charCodeAt(0), 0) % shards;
      streams[shard]?.push(recordOf(item, read));
      read += 1;
    }
  };

  /** One batch of one shard. A batch that failed comes again from the first record that was not done. */
  const relayOnce = async (shard: DynamoDBRecord[]): Promise<void> => {
    const batch = shard.slice(0, largestBatch);
    const answer = await world.invoke(() => carry({ Records: batch }));
    if ('killed' in answer) return;
    const [first] = answer.batchItemFailures;
    const done = first === undefined ? batch.length : batch.findIndex((one) => one.dynamodb?.SequenceNumber === first.itemIdentifier);
    shard.splice(0, done);
  };

  const take = (): readonly Message[] => {
    const batch: Message[] = [];
    const most = 1 + Math.floor(world.random() * 10);
    while (queue.length > 0 && batch.length < most) {
      const index = Math.floor(world.random() * queue.length);
      const last = queue.pop();
      const chosen = index < queue.length ? queue[index] : last;
      if (last !== undefined && index < queue.length) queue[index] = last;
      if (chosen !== undefined) batch.push(chosen);
    }
    return batch;
  };

  /** One batch of the queue: what was not done comes again, and in the end becomes a dead letter. */
  const reactOnce = async (batch: readonly Message[]): Promise<void> => {
    for (const message of batch) message.received += 1;
    const answer = await world.invoke(() => react({ Records: batch.map((message, index) => messageRecord(message, String(index))) }));
    const failed =
      'killed' in answer ? batch : answer.batchItemFailures.flatMap(({ itemIdentifier }) => batch[Number(itemIdentifier)] ?? []);
    for (const message of failed)
      if (message.received < mostReceives) queue.push(message);
      else dead.push({ queue: 'reaction', body: message.body, reason: `received ${message.received} times` });
  };

  const isIdle = (): boolean => working === 0 && queue.length === 0 && streams.every((shard) => shard.length === 0);

  const workers = (work: () => Promise<void> | undefined, isOver: () => boolean) => async (): Promise<void> => {
    for (;;) {
      readStream();
      const begun = work();
      if (begun === undefined) {
        if (isOver() && isIdle()) return;
        await world.turn();
        continue;
      }
      working += 1;
      await begun;
      working -= 1;
    }
  };

  return {
    dead,
    put,
    /** carries and reacts until `isOver` and nothing is left */
    run: async (isOver: () => boolean, concurrency: number): Promise<void> => {
      const carriers = streams.map((shard) => workers(() => (shard.length === 0 ? undefined : relayOnce(shard)), isOver));
      const readers = Array.from({ length: concurrency }, () =>
        workers(() => {
          const batch = take();
          return batch.length === 0 ? undefined : reactOnce(batch);
        }, isOver),
      );
      await Promise.all([...carriers, ...readers].map((work) => work()));
    },
    publishAgain: announce,
    /** commits and messages that wait */
    waiting: (): number => queue.length + streams.reduce((sum, shard) => sum + shard.length, 0),
  };
};
export type TroubledDelivery = ReturnType<typeof troubledDelivery>;
