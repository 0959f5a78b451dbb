import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as SdkRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { Side } from './both-databases.ts';

/** Everything that the stream of a table holds: the shards one after the other, parents first. */
export async function streamContents({ streams, streamArn: StreamArn }: Side): Promise<readonly SdkRecord[]> {
  const shards: (string | undefined)[] = [];
  let start: string | undefined;
  do {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn, ExclusiveStartShardId: start }));
    shards.push(...(StreamDescription?.Shards ?? []).map(({ ShardId }) => ShardId));
    start = StreamDescription?.LastEvaluatedShardId;
  } while (start !== undefined);
  const records: SdkRecord[] = [];
  for (const ShardId of shards) {
    const first = await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
    let next = first.ShardIterator;
    while (next !== undefined) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator: next }));
      records.push(...(page.Records ?? []));
      next = (page.Records ?? []).length === 0 ? undefined : page.NextShardIterator;
    }
  }
  return records;
}

/** What a change says, without what each database numbers and times for itself. */
export const changeOf = ({ eventName, dynamodb }: SdkRecord) => ({
  eventName,
  keys: dynamodb?.Keys,
  newImage: dynamodb?.NewImage,
  oldImage: dynamodb?.OldImage,
});

/** The changes of each partition in their order. */
export function byPartition(records: readonly SdkRecord[]): ReadonlyMap<string, readonly ReturnType<typeof changeOf>[]> {
  const found = new Map<string, ReturnType<typeof changeOf>[]>();
  for (const record of records) {
    const partition = record.dynamodb?.Keys?.['pk']?.S ?? '';
    const changes = found.get(partition) ?? [];
    found.set(partition, changes);
    changes.push(changeOf(record));
  }
  return found;
}
