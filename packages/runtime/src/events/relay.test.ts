import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Published } from './bus.ts';
import { packed } from '../table/packed-item.ts';
import { relay } from './relay.ts';

const at = '2026-01-01T00:00:00.000Z';
const record = (sequenceNumber: string, item: object): DynamoDBRecord => ({
  eventName: 'INSERT',
  // The two libraries type the same attribute values differently.
  dynamodb: { SequenceNumber: sequenceNumber, NewImage: JSON.parse(JSON.stringify(marshall(item))) },
});
const commit = (sequenceNumber: string, ...ids: string[]) =>
  record(sequenceNumber, {
    pk: `BELL#${sequenceNumber}`,
    sk: 'COMMIT#0000000001',
    owner: 'leads',
    storedAt: at,
    origin: 'live',
    correlationId: 'c',
    causedBy: null,
    events: ids.map((name) => ({ name, version: 1, data: {} })),
  });

const isBytes = (value: unknown): value is { readonly data: readonly number[] } =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';

const world = (failures: Record<string, string> = {}, away = false) => {
  const published: string[] = [];
  const deadLettered: { body: string; reason: string | undefined }[] = [];
  const publish = async (events: readonly Published[]) => {
    if (away) throw new Error('connection refused');
    return events.map(({ envelope: { name } }) => failures[name] ?? void published.push(name));
  };
  const queues = {
    send: async (_url: string, body: string, reason?: string) => void deadLettered.push({ body, reason }),
    sendLater: async () => {},
    sendMany: async () => {},
  };
  return { published, deadLettered, handle: relay({ bus: { publish }, queues, deadLetterQueueUrl: 'dead' }) };
};

describe('the relay', () => {
  it('publishes every event of every commit', async () => {
    const { handle, published } = world();
    expect(await handle({ Records: [commit('1', 'a', 'b'), commit('2', 'c')] })).toEqual({ batchItemFailures: [] });
    expect(published).toEqual(['a', 'b', 'c']);
  });

  it('publishes packed commits, and moves what cannot be unpacked to the dead-letter queue', async () => {
    const { handle, published, deadLettered } = world();
    const events = Array.from({ length: 12 }, (_, n) => ({ name: `said ${n}`, version: 1, data: { text: 'a long story' } }));
    const item = {
      pk: 'BELL#1',
      sk: 'COMMIT#0000000001',
      owner: 'leads',
      storedAt: at,
      origin: 'live',
      correlationId: 'c',
      causedBy: null,
      events,
    };
    // A stream gives bytes as base64.
    const streamed = (one: object) => ({
      eventName: 'INSERT' as const,
      dynamodb: {
        SequenceNumber: '1',
        NewImage: JSON.parse(
          JSON.stringify(marshall(one), (_, value: unknown) => (isBytes(value) ? Buffer.from(value.data).toString('base64') : value)),
        ),
      },
    });
    await handle({ Records: [streamed(packed(item))] });
    expect(published).toEqual(events.map((one) => one.name));
    await handle({ Records: [streamed({ ...packed(item), events: new Uint8Array([1, 2, 3]) })] });
    expect(deadLettered).toHaveLength(1);
  });

  it('asks for redelivery from the first commit that the bus temporarily refused', async () => {
    const { handle } = world({ c: 'ThrottlingException' });
    expect(await handle({ Records: [commit('1', 'a'), commit('2', 'b', 'c'), commit('3', 'd')] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '2' }],
    });
  });

  it('asks for everything again while the bus is away', async () => {
    const { handle, deadLettered } = world({}, true);
    expect(await handle({ Records: [commit('1', 'a'), commit('2', 'b')] })).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(deadLettered).toEqual([]);
  });

  it('moves only the key of a commit to the dead-letter queue that no queue would take', async () => {
    const { handle, deadLettered } = world({ b: 'ValidationException' });
    const item = {
      pk: 'BELL#1',
      sk: 'COMMIT#0000000001',
      owner: 'leads',
      storedAt: at,
      origin: 'live',
      correlationId: 'c',
      causedBy: null,
      events: [{ name: 'b', version: 1, data: { text: 'x'.repeat(300_000) } }],
    };
    expect(await handle({ Records: [record('1', item)] })).toEqual({ batchItemFailures: [] });
    expect(deadLettered).toEqual([{ body: '{"pk":"BELL#1","sk":"COMMIT#0000000001"}', reason: 'ValidationException' }]);
  });

  it('moves a commit that can never be published to the dead-letter queue as a whole, and goes on', async () => {
    const { handle, deadLettered, published } = world({ b: 'NotAuthorizedForDetailType' });
    expect(await handle({ Records: [commit('1', 'a', 'b'), commit('2', 'c'), record('3', { pk: 'X', sk: 'COMMIT#1' })] })).toEqual({
      batchItemFailures: [],
    });
    expect(published).toContain('c');
    expect(deadLettered.map((one) => one.reason)).toEqual(['NotAuthorizedForDetailType', 'the commit item cannot be read']);
    expect(JSON.parse(deadLettered[0]?.body ?? '')).toMatchObject({ pk: 'BELL#1', events: [{ name: 'a' }, { name: 'b' }] });
  });
});
