import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { arnOf } from '../account-and-region.ts';
import { createQueues } from './queues.ts';

const settings = { VisibilityTimeout: 30, MessageRetentionPeriod: 345_600, DelaySeconds: 0 };
const described = (name: string, more: object = {}) => ({
  path: `stack/${name}`,
  name,
  ref: name,
  properties: { ...settings, ...more },
  assetFolders: new Map<string, string>(),
});
const orders = described('orders', { RedrivePolicy: { deadLetterTargetArn: arnOf('sqs', 'dead'), maxReceiveCount: 2 } });

const open = () => {
  const queues = createQueues([orders, described('dead')], undefined);
  return { queues, queue: queues.named('orders'), dead: queues.named(arnOf('sqs', 'dead')) };
};

describe('a queue', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('hides a received message until its visibility ends, and counts how often it was received', () => {
    const { queue } = open();
    queue.send('one');
    expect(queue.receive(10, 1000).map(({ message }) => [message.body, message.receiveCount])).toEqual([['one', 1]]);
    expect(queue.receive(10, 1000)).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(queue.receive(10, 1000).map(({ message }) => message.receiveCount)).toEqual([2]);
  });

  test('forgets a message only by its latest receipt', () => {
    const { queue } = open();
    queue.send('one');
    const [first] = queue.receive(1, 1000);
    vi.advanceTimersByTime(1000);
    expect(queue.remove(first?.receipt ?? '')).toBe(false);
    const [second] = queue.receive(1, 1000);
    expect(queue.remove(second?.receipt ?? '')).toBe(true);
    vi.advanceTimersByTime(5000);
    expect(queue.counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test('moves a message that was received too often to the dead-letter queue, and returns it on redrive', () => {
    const { queues, queue, dead } = open();
    queue.send('poison', { attributes: { kind: { DataType: 'String', StringValue: 'bad' } } });
    for (const _ of [1, 2]) for (const { receipt } of queue.receive(1)) queue.putBack(receipt, 0);
    expect(queue.counts().visible).toBe(0);
    expect(dead.messages()).toMatchObject([{ body: 'poison', deadLetterSource: queue.arn, attributes: { kind: { StringValue: 'bad' } } }]);
    expect(queues.redrive('dead')).toBe(1);
    expect(queue.messages()).toMatchObject([{ body: 'poison', receiveCount: 0 }]);
  });

  test('delivers a delayed message later, and a message that is too old never', () => {
    const { queue } = open();
    queue.send('later', { delayMillis: 500 });
    expect(queue.receive(1)).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(queue.counts().visible).toBe(1);
    vi.advanceTimersByTime(345_600_001);
    expect(queue.receive(1)).toEqual([]);
  });

  test('brings a dead letter of a rule to the target it could not reach', () => {
    const { queues, queue, dead } = open();
    dead.send('event', { attributes: { TARGET_ARN: { DataType: 'String', StringValue: queue.arn } } });
    expect(queues.redrive('dead')).toBe(1);
    expect(queue.counts().visible).toBe(1);
  });
});

describe('queues with a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'queues-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('have after a restart every message that they held, even a received one', () => {
    const before = createQueues([orders, described('dead')], folder);
    for (const body of ['one', 'two']) before.named('orders').send(body);
    before.named('dead').send('dead letter');
    before.named('orders').receive(1);
    before.stop();
    const after = createQueues([orders, described('dead')], folder);
    const bodies = after
      .named('orders')
      .messages()
      .map(({ body }) => body);
    expect(bodies.toSorted()).toEqual(['one', 'two']);
    expect(after.named('dead').counts().visible).toBe(1);
    after.stop();
  });
});
