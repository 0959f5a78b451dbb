import { Agent, request } from 'node:http';
import * as z from 'zod';
import { credentials, region } from '../account-and-region.ts';
import { type StreamRecord, type WireRecord, toStreamRecord, wireRecord } from './stream-record.ts';

/** The iterator's place is gone: records are kept for 24 hours. */
export class TrimmedData extends Error {}
/** The iterator itself is too old; a new one begins at the same place. */
export class ExpiredIterator extends Error {}

type Shard = { readonly id: string; readonly parent: string | undefined };

/**
 * DynamoDB Streams as JSON. What a function receives is nearly what travels, so nothing is read into other values and written again,
 * which was a tenth of what a start cost.
 */
export type StreamsApi = {
  readonly shards: () => Promise<readonly Shard[]>;
  /** @param after sequence number behind which to begin; the oldest record that is kept where it is not given */
  readonly iterator: (shardId: string, after: string | undefined) => Promise<string>;
  /** `next` is missing behind the last record of a closed shard. @throws TrimmedData, ExpiredIterator */
  readonly records: (iterator: string) => Promise<{ readonly records: readonly StreamRecord[]; readonly next: string | undefined }>;
};

const shardsAnswer = z.object({
  StreamDescription: z.object({
    Shards: z.array(z.object({ ShardId: z.string(), ParentShardId: z.string().optional() })).default([]),
    LastEvaluatedShardId: z.string().optional(),
  }),
});
const iteratorAnswer = z.object({ ShardIterator: z.string() });
const recordsAnswer = z.object({ Records: z.array(wireRecord).default([]), NextShardIterator: z.string().optional() });
const refusal = z.object({ __type: z.string(), message: z.string().optional() });

const faultOf = (text: string): Error => {
  const { __type: type, message = '' } = refusal.safeParse(JSON.parse(text)).data ?? { __type: text };
  const name = type.slice(type.lastIndexOf('#') + 1);
  if (name === 'TrimmedDataAccessException') return new TrimmedData(message);
  return name === 'ExpiredIteratorException' ? new ExpiredIterator(message) : new Error(`${name}: ${message}`);
};

/** The connections to one database. */
export type StreamsConnection = {
  readonly call: (operation: string, input: object) => Promise<unknown>;
  readonly close: () => void;
};

/** @param endpoint the address of a DynamoDB */
export function connectToStreams(endpoint: string): StreamsConnection {
  const agent = new Agent({ keepAlive: true });
  // Nobody on this machine checks a signature; DynamoDB Local wants to see one.
  const credential = `${credentials.accessKeyId}/20260101/${region}/dynamodb/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=any`;
  const call = (operation: string, input: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(input);
      const headers = {
        authorization,
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(body),
        'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
      };
      const outgoing = request(endpoint, { method: 'POST', agent, headers }, (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          try {
            if (incoming.statusCode === 200) resolve(JSON.parse(text));
            else reject(faultOf(text));
          } catch (error) {
            reject(new Error(`${endpoint} answered ${operation} with ${text.slice(0, 200)}`, { cause: error }));
          }
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return { call, close: () => agent.destroy() };
}

/** The stream of one table. */
export function streamsApi({ call }: Pick<StreamsConnection, 'call'>, streamArn: string): StreamsApi {
  return {
    shards: async () => {
      const found: Shard[] = [];
      let start: string | undefined;
      do {
        const { StreamDescription } = shardsAnswer.parse(
          await call('DescribeStream', { StreamArn: streamArn, ExclusiveStartShardId: start }),
        );
        found.push(...StreamDescription.Shards.map(({ ShardId, ParentShardId }) => ({ id: ShardId, parent: ParentShardId })));
        start = StreamDescription.LastEvaluatedShardId;
      } while (start !== undefined);
      return found;
    },
    iterator: async (ShardId, after) => {
      const from =
        after === undefined ? { ShardIteratorType: 'TRIM_HORIZON' } : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
      return iteratorAnswer.parse(await call('GetShardIterator', { StreamArn: streamArn, ShardId, ...from })).ShardIterator;
    },
    records: async (ShardIterator) => {
      const { Records, NextShardIterator } = recordsAnswer.parse(await call('GetRecords', { ShardIterator }));
      return { records: Records.map((record: WireRecord) => toStreamRecord(record, streamArn)), next: NextShardIterator };
    },
  };
}
