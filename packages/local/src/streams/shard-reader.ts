import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { Checkpoints } from './checkpoints.ts';
import { type StreamRecord, toStreamRecord } from './stream-record.ts';

/** Reads one shard forward from its checkpoint. */
export type ShardReader = {
  readonly id: string;
  /** The next records, empty when there are none yet; undefined when the shard is closed and read to its end. */
  readonly next: () => Promise<readonly StreamRecord[] | undefined>;
};

type Stream = { readonly client: DynamoDBStreamsClient; readonly arn: string };

/** The shards that may be read now: a child only when its parent has been finished, so that an item's changes stay in order. */
export async function readableShards({ client, arn }: Stream, checkpoints: Checkpoints): Promise<readonly string[]> {
  const shards: { id: string; parent: string | undefined }[] = [];
  let start: string | undefined;
  do {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: arn, ExclusiveStartShardId: start }));
    for (const { ShardId, ParentShardId } of StreamDescription?.Shards ?? []) {
      if (ShardId !== undefined) shards.push({ id: ShardId, parent: ParentShardId });
    }
    start = StreamDescription?.LastEvaluatedShardId;
  } while (start !== undefined);
  const exists = (id: string): boolean => shards.some((shard) => shard.id === id);
  return shards
    .filter(({ id, parent }) => !checkpoints.isFinished(id) && (parent === undefined || !exists(parent) || checkpoints.isFinished(parent)))
    .map(({ id }) => id);
}

export function openShard({ client, arn }: Stream, id: string, checkpoints: Checkpoints): ShardReader {
  let iterator: string | undefined;
  const open = async (sequenceNumber: string | undefined): Promise<string | undefined> => {
    const from =
      sequenceNumber === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' as const }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: sequenceNumber };
    return (await client.send(new GetShardIteratorCommand({ StreamArn: arn, ShardId: id, ...from }))).ShardIterator;
  };
  return {
    id,
    next: async () => {
      try {
        iterator ??= await open(checkpoints.of(id));
        const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
        iterator = NextShardIterator;
        if (Records.length === 0 && iterator === undefined) return undefined;
        return Records.map((record) => toStreamRecord(record, arn));
      } catch (error) {
        // Records older than 24 hours are gone: what is left begins at the horizon.
        if (error instanceof TrimmedDataAccessException) iterator = await open(undefined);
        else if (error instanceof ExpiredIteratorException) iterator = undefined;
        else throw error;
        return [];
      }
    },
  };
}
