import { expect, test } from 'vitest';
import * as z from 'zod';
import type { FunctionPool } from '../functions/function-pool.ts';
import { openCheckpoints } from './checkpoints.ts';
import { startStreamMapping } from './stream-mapping.ts';
import { toStreamRecord } from './stream-record.ts';
import type { StreamsApi } from './streams-api.ts';

const records = ['1', '2', '3'].map((SequenceNumber) => toStreamRecord({ eventName: 'INSERT', dynamodb: { SequenceNumber } }, 'arn'));

/** A stream of one shard that holds the records; an iterator says how many records lie before it. */
const stream: StreamsApi = {
  shards: async () => [{ id: 'shard', parent: undefined }],
  iterator: async (_, after = '0') => after,
  records: async (iterator) => ({ records: records.slice(Number(iterator)), next: String(records.length) }),
};

const batch = z.object({ Records: z.array(z.object({ dynamodb: z.object({ SequenceNumber: z.string() }) })) });

/** A function that keeps the numbers of what it receives. */
const pool = (received: string[][]): FunctionPool => {
  const invoke = async (payload: string) => {
    received.push(batch.parse(JSON.parse(payload)).Records.map(({ dynamodb }) => dynamodb.SequenceNumber));
    return { payload: 'null', failed: false };
  };
  return {
    name: 'reader',
    invoke,
    begin: (payload) => ({ outcome: invoke(payload), usedMillis: async () => 0 }),
    underWay: () => 0,
    instances: () => 0,
    idleSince: () => undefined,
    reap: async () => undefined,
    isHeld: () => false,
    hold: () => undefined,
    release: () => undefined,
    onRelease: () => undefined,
    kill: async () => undefined,
    stop: async () => undefined,
  };
};

const properties = {
  FunctionName: 'reader',
  EventSourceArn: 'arn',
  MaximumBatchingWindowInSeconds: 0,
  FunctionResponseTypes: [],
  BisectBatchOnFunctionError: false,
  MaximumRetryAttempts: -1,
  Enabled: true,
};

test('a stream is read again from its checkpoint where a batch was read and its checkpoint could not be kept', async () => {
  const received: string[][] = [];
  const kept = openCheckpoints(undefined);
  let failures = 1;
  const mapping = startStreamMapping({
    mapping: { path: 'small/Mapping', name: 'mapping', ref: 'mapping', properties, assetFolders: new Map() },
    stream,
    checkpoints: {
      ...kept,
      advance: (shardId, number) => {
        failures -= 1;
        if (failures >= 0) throw new Error('the disk is full');
        kept.advance(shardId, number);
      },
    },
    pool: pool(received),
    isWoken: false,
    log: () => undefined,
  });
  while (kept.of('shard') === undefined) await new Promise(setImmediate);
  while (!(await mapping.isDrained()));
  await mapping.stop();
  expect(received).toEqual([
    ['1', '2', '3'],
    ['1', '2', '3'],
  ]);
});
