import { defineEvent, earlierVersion, type Subscription } from '@meilenstein/contracts';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { foldEvents, onEvents, onObjectCreated } from './event-consumer.ts';

const rang = defineEvent({ name: 'BellRang', owner: 'leads', version: 1, meaning: 'It rang.', data: z.object({ times: z.int() }) });
const subscriptionTo = (event: typeof rang): Subscription<typeof rang> => ({
  service: 'leads',
  name: 'on-bell-rang',
  receives: [event],
  impact: 'Nobody hears the bell.',
});

const at = '2026-01-01T00:00:00.000Z';
const head = {
  version: 1,
  subject: 's',
  sequence: 1,
  occurredAt: at,
  recordedAt: at,
  storedAt: at,
  origin: 'live',
  correlationId: 'c',
  causedBy: null,
};
const detail = (times: unknown, id = 'e1') => ({ ...head, id, name: 'BellRang', data: { times } });
const message = (body: unknown, messageId: string, received = 1): SQSRecord => ({
  messageId,
  body: typeof body === 'string' ? body : JSON.stringify({ 'detail-type': 'BellRang', 'replay-name': 'r', detail: body }),
  attributes: { ApproximateReceiveCount: String(received), SentTimestamp: '0', SenderId: '', ApproximateFirstReceiveTimestamp: '0' },
  receiptHandle: '',
  messageAttributes: {},
  md5OfBody: '',
  eventSource: '',
  eventSourceARN: '',
  awsRegion: '',
});
const batch = (...Records: SQSRecord[]): SQSEvent => ({ Records });

/** The bell as it is later: it also says who rang it. */
const rangLater = defineEvent({
  name: 'BellRang',
  owner: 'leads',
  version: 2,
  meaning: 'It rang.',
  data: z.object({ times: z.int(), by: z.string() }),
  earlier: [earlierVersion({ version: 1, data: rang.data, lift: ({ data }) => ({ data: { ...data, by: 'nobody' } }) })],
});

let postponed: { body: string; seconds: number }[] = [];
let deadLettered: { body: string; reason: string | undefined }[] = [];
const consumer = {
  queues: {
    send: async (_url: string, body: string, reason?: string) => void deadLettered.push({ body, reason }),
    sendLater: async (_url: string, body: string, seconds: number) => void postponed.push({ body, seconds }),
    sendMany: async () => {},
  },
  queueUrl: 'own',
  deadLetterQueueUrl: 'dead',
  tries: 5,
};

beforeEach(() => {
  deadLettered = [];
  postponed = [];
});

describe('a subscription', () => {
  it('hands each event to the reaction, and tolerates unknown fields of the bus', async () => {
    const heard: number[] = [];
    const answer = await onEvents(
      subscriptionTo(rang),
      async (event) => void heard.push(event.data.times),
      consumer,
    )(batch(message(detail(3), 'm1'), message(detail(4), 'm2')));
    expect({ heard, answer }).toEqual({ heard: [3, 4], answer: { batchItemFailures: [] } });
  });

  it('moves a poison message to the dead-letter queue with its reason, and handles the others', async () => {
    const heard: number[] = [];
    const react = onEvents(subscriptionTo(rang), async (event) => void heard.push(event.data.times), consumer);
    const answer = await react(
      batch(
        message('{ not JSON', 'm1'),
        message(detail('three'), 'm2'),
        message({ ...detail(1), name: 'Other' }, 'm3'),
        message(detail(9), 'm4'),
      ),
    );
    expect(heard).toEqual([9]);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(deadLettered.map((one) => one.reason)).toEqual([
      'SyntaxError',
      'times: Invalid input: expected number, received string',
      'Other is none of BellRang',
    ]);
  });

  it('retries what fails, and moves it to the dead-letter queue with the reason after the last try', async () => {
    const react = onEvents(subscriptionTo(rang), async () => Promise.reject(new TypeError('boom')), consumer);
    expect(await react(batch(message(detail(1), 'm1', 4)))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(deadLettered).toEqual([]);
    expect(await react(batch(message(detail(1), 'm1', 5)))).toEqual({ batchItemFailures: [] });
    expect(deadLettered).toMatchObject([{ reason: 'failed 5 times, last with TypeError' }]);
  });

  it('folds a batch at once, and one by one if one of them cannot be folded', async () => {
    const folded: string[][] = [];
    const fold = foldEvents(
      subscriptionTo(rang),
      async (events) => {
        if (events.some((event) => event.data.times < 0)) throw new RangeError('negative');
        folded.push(events.map((event) => event.id));
      },
      consumer,
    );
    expect(await fold(batch(message(detail(1, 'a'), 'm1'), message(detail(2, 'b'), 'm2')))).toEqual({ batchItemFailures: [] });
    expect(await fold(batch(message(detail(1, 'c'), 'm3'), message(detail(-1, 'd'), 'm4'), message(detail(3, 'e'), 'm5')))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm4' }],
    });
    expect(folded).toEqual([['a', 'b'], ['c'], ['e']]);
  });

  it('takes the key of an uploaded object', async () => {
    const keys: string[] = [];
    await onObjectCreated(
      async (key) => void keys.push(key),
      consumer,
    )(batch(message({ bucket: { name: 'b' }, object: { key: 'imports/i1.ndjson' } }, 'm1')));
    expect(keys).toEqual(['imports/i1.ndjson']);
  });
});

describe('two versions of one event', () => {
  const later = { ...subscriptionTo(rang), receives: [rangLater] };
  const ofVersion = (version: number, data: object) => ({ ...head, version, id: 'e1', name: 'BellRang', data });
  const sentOn = (day: string, body: unknown): SQSRecord => {
    const record = message(body, 'm1');
    return { ...record, attributes: { ...record.attributes, SentTimestamp: String(Date.parse(day)) } };
  };

  it('an old message reaches new code in the new form', async () => {
    const received: unknown[] = [];
    const react = onEvents(later, async (event) => void received.push([event.version, event.data]), consumer);
    expect(await react(batch(message(ofVersion(1, { times: 3 }), 'm1')))).toEqual({ batchItemFailures: [] });
    expect(received).toEqual([[2, { times: 3, by: 'nobody' }]]);
  });

  it('a new message waits where only old code is deployed, and is neither lost nor counted as a failure', async () => {
    const received: number[] = [];
    const react = onEvents(subscriptionTo(rang), async (event) => void received.push(event.data.times), consumer);
    const early = sentOn('2026-01-02T00:00:00Z', ofVersion(2, { times: 3, by: 'ann' }));
    expect(await react(batch(early, message(detail(1), 'm2')))).toEqual({ batchItemFailures: [] });
    expect([received, deadLettered]).toEqual([[1], []]);
    expect(postponed).toEqual([{ body: early.body, seconds: 900 }]);
  });

  it('a message that has waited is read by new code', async () => {
    const received: unknown[] = [];
    await onEvents(
      subscriptionTo(rang),
      async () => undefined,
      consumer,
    )(batch(sentOn('2026-01-02T00:00:00Z', ofVersion(2, { times: 3, by: 'ann' }))));
    const [waiting] = postponed;
    await onEvents(later, async (event) => void received.push(event.data), consumer)(batch(message(waiting?.body, 'm3')));
    expect(received).toEqual([{ times: 3, by: 'ann' }]);
  });

  it('a new message goes to the dead-letter queue after twelve days, with the versions in the reason', async () => {
    const react = onEvents(subscriptionTo(rang), async () => undefined, consumer);
    await react(batch(sentOn('2026-01-14T00:00:00Z', ofVersion(2, { times: 3, by: 'ann' }))));
    expect(deadLettered.map((one) => one.reason)).toEqual(['BellRang came in version 2; the newest known here is 1']);
  });

  it('content of an old version that does not fit its own schema goes to the dead-letter queue', async () => {
    await onEvents(later, async () => undefined, consumer)(batch(message(ofVersion(1, { times: 'thrice' }), 'm1')));
    expect(deadLettered).toHaveLength(1);
    expect(postponed).toEqual([]);
  });
});
