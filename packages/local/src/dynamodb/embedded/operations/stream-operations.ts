import * as z from 'zod';
import { region } from '../../../account-and-region.ts';
import { DatabaseError, invalid } from '../database-error.ts';
import type { Engine } from '../engine.ts';
import { operation, type Operation } from './operation.ts';
import type { StreamRow, StreamStore } from '../storage/stream-store.ts';
import { namesOf, type TableDefinition } from '../values/table-definition.ts';
import { streamArn } from './table-operations.ts';

const maxRecords = 1000;
const largestPage = 1024 * 1024;
const iteratorMillis = 15 * 60_000;

const describeRequest = z.strictObject({
  StreamArn: z.string(),
  Limit: z.number().optional(),
  ExclusiveStartShardId: z.string().optional(),
});
const iteratorRequest = z.strictObject({
  StreamArn: z.string(),
  ShardId: z.string(),
  ShardIteratorType: z.literal(['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']),
  SequenceNumber: z.string().optional(),
});
const recordsRequest = z.strictObject({ ShardIterator: z.string(), Limit: z.number().optional() });
const iteratorSchema = z.object({ table: z.string(), shard: z.string(), after: z.number(), until: z.number() });
type Iterator = z.infer<typeof iteratorSchema>;

type Stream = { readonly definition: TableDefinition; readonly stream: StreamStore };

/** A stream has one shard, which is never closed; it is named after the table's creation, so that nobody goes on in a later table's stream. */
const shardOf = ({ createdAt }: TableDefinition): string => `shardId-${String(createdAt).padStart(20, '0')}-00000001`;

/** 21 digits, as DynamoDB has at least. */
const sequenceNumber = (position: number): string => `1${String(position).padStart(20, '0')}`;

export function streamOperations({ tables, now }: Engine): Readonly<Record<string, Operation>> {
  const find = (isIt: (definition: TableDefinition) => boolean): Stream | undefined => {
    const found = tables.all().find(({ store }) => isIt(store.definition));
    return found?.stream === undefined ? undefined : { definition: found.store.definition, stream: found.stream };
  };
  const withArn = (arn: string): Stream => {
    const found = find((definition) => streamArn(definition) === arn);
    if (found === undefined) throw new DatabaseError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
    return found;
  };
  const toIterator = (iterator: Iterator): string => Buffer.from(JSON.stringify(iterator)).toString('base64url');

  return {
    DescribeStream: operation('DescribeStream', describeRequest, ({ StreamArn, ExclusiveStartShardId }) => {
      const { definition } = withArn(StreamArn);
      const shard = { ShardId: shardOf(definition), SequenceNumberRange: { StartingSequenceNumber: sequenceNumber(1) } };
      return JSON.stringify({
        StreamDescription: {
          StreamArn,
          StreamStatus: 'ENABLED',
          StreamViewType: definition.streamView,
          TableName: definition.name,
          KeySchema: namesOf(definition).map((AttributeName, i) => ({ AttributeName, KeyType: i === 0 ? 'HASH' : 'RANGE' })),
          CreationRequestDateTime: definition.createdAt / 1000,
          Shards: ExclusiveStartShardId === shard.ShardId ? [] : [shard],
        },
      });
    }),
    GetShardIterator: operation('GetShardIterator', iteratorRequest, ({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }) => {
      const { definition, stream } = withArn(StreamArn);
      if (ShardId !== shardOf(definition))
        throw new DatabaseError(
          'ResourceNotFoundException',
          `Requested resource not found: Shard: ${ShardId} in stream ${StreamArn} not found`,
        );
      const after = startOf(stream, ShardIteratorType, SequenceNumber);
      return JSON.stringify({
        ShardIterator: toIterator({ table: definition.name, shard: ShardId, after, until: now() + iteratorMillis }),
      });
    }),
    GetRecords: operation('GetRecords', recordsRequest, ({ ShardIterator, Limit = maxRecords }) => {
      const iterator = readIterator(ShardIterator);
      const found = find((definition) => definition.name === iterator.table && shardOf(definition) === iterator.shard);
      if (found === undefined) throw new DatabaseError('ResourceNotFoundException', 'Requested resource not found: the stream is gone');
      if (now() > iterator.until)
        throw new DatabaseError('ExpiredIteratorException', 'Iterator expired: it was used more than 15 minutes after it was given out');
      refuseTrimmed(found.stream, iterator.after);
      const rows = pageOf(found.stream.after(iterator.after, Math.min(Limit, maxRecords)));
      const after = rows.at(-1)?.position ?? iterator.after;
      const records = rows.map((row) => toRecord(row, found.definition));
      const next = toIterator({ ...iterator, after, until: now() + iteratorMillis });
      return `{"Records":[${records.join(',')}],"NextShardIterator":${JSON.stringify(next)}}`;
    }),
  };
}

function startOf(stream: StreamStore, type: z.infer<typeof iteratorRequest>['ShardIteratorType'], number: string | undefined): number {
  if (type === 'TRIM_HORIZON') return stream.trimmed();
  if (type === 'LATEST') return stream.newest();
  if (number === undefined || !/^\d{21,40}$/.test(number))
    throw invalid(`SequenceNumber: ${number ?? 'nothing'} is not valid; ${type} needs the sequence number of a record of this stream`);
  const after = Number(number.slice(1)) - (type === 'AT_SEQUENCE_NUMBER' ? 1 : 0);
  refuseTrimmed(stream, after);
  return after;
}

function refuseTrimmed(stream: StreamStore, after: number): void {
  if (after < stream.trimmed())
    throw new DatabaseError('TrimmedDataAccessException', 'The operation attempted to read past the oldest stream record in a shard');
}

function readIterator(text: string): Iterator {
  try {
    return iteratorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw invalid('Invalid ShardIterator: neither GetShardIterator nor GetRecords issued it');
  }
}

function pageOf(rows: Iterable<StreamRow>): readonly StreamRow[] {
  const page: StreamRow[] = [];
  let size = 0;
  for (const row of rows) {
    page.push(row);
    size += row.size;
    if (size >= largestPage) break;
  }
  return page;
}

/** A record as JSON; keys and images are JSON already. */
function toRecord(
  { position, at, kind, keys, newImage, oldImage, size, isExpiry }: StreamRow,
  { createdAt, streamView }: TableDefinition,
): string {
  const images = `${newImage === undefined ? '' : `,"NewImage":${newImage}`}${oldImage === undefined ? '' : `,"OldImage":${oldImage}`}`;
  const rest = JSON.stringify({
    ApproximateCreationDateTime: Math.floor(at / 1000),
    SequenceNumber: sequenceNumber(position),
    SizeBytes: size,
    StreamViewType: streamView,
  });
  const user = isExpiry ? ',"userIdentity":{"Type":"Service","PrincipalId":"dynamodb.amazonaws.com"}' : '';
  const id = `${createdAt.toString(16).padStart(12, '0')}${position.toString(16).padStart(20, '0')}`;
  const about = `"eventID":"${id}","eventName":"${kind}","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"${region}"`;
  return `{${about},"dynamodb":{"Keys":${keys}${images},${rest.slice(1)}${user}}`;
}
