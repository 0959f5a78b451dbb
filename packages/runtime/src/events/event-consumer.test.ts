import { defineEvent, type Subscription } from '@meilenstein/contracts';
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

let deadLettered: { body: string; reason: string | undefined }[] = [];
const consumer = {
  queues: {
    send: async (_url: string, body: string, reason?: string) => void deadLettered.push({ body, reason }),
    sendMany: async () => {},
  },
  deadLetterQueueUrl: 'dead',
  tries: 5,
};

beforeEach(() => {
  deadLettered = [];
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
