import { ConditionalCheckFailedException, DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { S3Client, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { addMillis, toInstant } from '@meilenstein/kernel';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { eventBridgeBus } from '../events/bus.ts';
import { dynamoTable } from '../table/dynamo-table.ts';
import { cachedParameters, ssmParameters } from './parameters.ts';
import { sqsQueues } from '../events/queue.ts';
import { s3Bucket } from './s3-bucket.ts';

const start = toInstant('2026-01-01T00:00:00Z');
const clock = { now: () => start };

describe('the table in DynamoDB', () => {
  const cancelled = (...codes: string[]) =>
    new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons: codes.map((Code) => ({ Code })) });

  it('says which conditions did not hold', async () => {
    mockClient(DynamoDBDocumentClient).on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed'));
    const table = dynamoTable('t', new DynamoDBClient({}), clock);
    expect(await table.transact([{ remove: { pk: 'a', sk: 'a' } }, { put: { pk: 'b', sk: 'b' }, when: 'absent' }])).toEqual({
      done: false,
      failed: [1],
    });
  });

  it('treats a conflict and throttling as a concurrent change, to be tried again', async () => {
    mockClient(DynamoDBDocumentClient).on(TransactWriteCommand).rejects(cancelled('TransactionConflict', 'ThrottlingError'));
    expect(await dynamoTable('t', new DynamoDBClient({}), clock).transact([])).toEqual({ done: false, failed: [] });
  });

  it.each([
    'TransactionConflictException',
    'TransactionInProgressException',
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
  ])('treats %s of a single write and of a whole transaction as a concurrent change', async (name) => {
    mockClient(DynamoDBDocumentClient).rejects(Object.assign(new Error(name), { name }));
    const table = dynamoTable('t', new DynamoDBClient({}), clock);
    const [put, add, remove] = [
      { put: { pk: 'a', sk: 'a' } },
      { add: { pk: 'b', sk: 'b' }, by: { n: 1 } },
      { remove: { pk: 'c', sk: 'c' } },
    ] as const;
    for (const writes of [[put], [add], [remove], [put, add, remove]])
      expect(await table.transact(writes)).toEqual({ done: false, failed: [] });
  });

  it('says that the condition of a single write did not hold', async () => {
    mockClient(DynamoDBDocumentClient)
      .on(PutCommand)
      .rejects(new ConditionalCheckFailedException({ message: '', $metadata: {} }));
    const table = dynamoTable('t', new DynamoDBClient({}), clock);
    expect(await table.transact([{ put: { pk: 'a', sk: 'a' }, when: 'absent' }])).toEqual({ done: false, failed: [0] });
  });

  it('throws what is no refusal, because the write may stand', async () => {
    mockClient(DynamoDBDocumentClient).rejects(Object.assign(new Error('gone'), { name: 'TimeoutError' }));
    await expect(dynamoTable('t', new DynamoDBClient({}), clock).transact([{ put: { pk: 'a', sk: 'a' } }])).rejects.toThrow('gone');
  });

  it('throws where the transaction itself is wrong', async () => {
    mockClient(DynamoDBDocumentClient).on(TransactWriteCommand).rejects(cancelled('ValidationError'));
    await expect(dynamoTable('t', new DynamoDBClient({}), clock).transact([])).rejects.toThrow(TransactionCanceledException);
  });

  it('reads on if a batch was answered in part', async () => {
    mockClient(DynamoDBDocumentClient)
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { t: [{ pk: 'a', sk: 'a' }] }, UnprocessedKeys: { t: { Keys: [{ pk: 'b', sk: 'b' }] } } })
      .resolves({ Responses: { t: [{ pk: 'b', sk: 'b' }] } });
    const keys = [
      { pk: 'b', sk: 'b' },
      { pk: 'c', sk: 'c' },
      { pk: 'a', sk: 'a' },
    ];
    expect((await dynamoTable('t', new DynamoDBClient({}), clock).getMany(keys)).map((item) => item?.pk)).toEqual(['b', undefined, 'a']);
  });
});

describe('the bus in EventBridge', () => {
  const eventOf = (n: number, text = '') => ({
    owner: 'leads',
    envelope: {
      id: `e${n}`,
      name: 'N',
      version: 1,
      subject: 's',
      sequence: 1,
      occurredAt: start,
      recordedAt: start,
      storedAt: start,
      origin: 'live' as const,
      correlationId: 'c',
      causedBy: null,
      data: { text },
    },
  });
  const failed = (answers: readonly (string | undefined)[]) =>
    answers.flatMap((answer, n) => (answer === undefined ? [] : [`${n} ${answer}`]));
  type Sent = { Entries: { Detail: string }[] };

  it('puts ten events in a request and says which entries were not accepted', async () => {
    const sizes: number[] = [];
    mockClient(EventBridgeClient)
      .on(PutEventsCommand)
      .callsFake((input: Sent) => {
        sizes.push(input.Entries.length);
        return {
          Entries: input.Entries.map((entry) => (entry.Detail.includes('"e3"') ? { ErrorCode: 'InternalFailure' } : { EventId: 'x' })),
        };
      });
    const answers = await eventBridgeBus('b', new EventBridgeClient({})).publish(Array.from({ length: 12 }, (_, n) => eventOf(n)));
    expect({ sizes, failed: failed(answers) }).toEqual({ sizes: [10, 2], failed: ['3 InternalFailure'] });
  });

  it('packs large events by their bytes, so that no request is refused for its size', async () => {
    const requests: number[][] = [];
    mockClient(EventBridgeClient)
      .on(PutEventsCommand)
      .callsFake((input: Sent) => {
        requests.push(input.Entries.map((entry) => Buffer.byteLength(entry.Detail)));
        return { Entries: input.Entries.map(() => ({ EventId: 'x' })) };
      });
    const sizes = [10, 100_000, 100_000, 100_000, 10, 400_000, 10];
    const answers = await eventBridgeBus('b', new EventBridgeClient({})).publish(sizes.map((size, n) => eventOf(n, 'ü'.repeat(size / 2))));
    expect(failed(answers)).toEqual([]);
    expect(requests.map((request) => request.length)).toEqual([3, 2, 1, 1]);
    for (const request of requests) expect(request.length === 1 || request.reduce((sum, one) => sum + one, 0) < 256_000).toBe(true);
  });

  it('finds the event for which a whole request was refused, and publishes the others', async () => {
    const published: string[] = [];
    mockClient(EventBridgeClient)
      .on(PutEventsCommand)
      .callsFake((input: Sent) => {
        if (input.Entries.some((entry) => entry.Detail.includes('"e1"')))
          throw Object.assign(new Error('too large'), { name: 'ValidationException' });
        published.push(...input.Entries.map((entry) => entry.Detail));
        return { Entries: input.Entries.map(() => ({ EventId: 'x' })) };
      });
    const answers = await eventBridgeBus('b', new EventBridgeClient({})).publish([eventOf(0), eventOf(1), eventOf(2)]);
    expect(failed(answers)).toEqual(['1 ValidationException']);
    expect(published).toHaveLength(2);
  });

  it.each(['ThrottlingException', 'InternalException', 'ResourceNotFoundException', 'AccessDeniedException', 'TimeoutError'])(
    'throws where it is away: %s says nothing about an event',
    async (name) => {
      mockClient(EventBridgeClient)
        .on(PutEventsCommand)
        .rejects(Object.assign(new Error(name), { name }));
      await expect(eventBridgeBus('b', new EventBridgeClient({})).publish([eventOf(0)])).rejects.toThrow(name);
    },
  );
});

describe('queues in SQS', () => {
  it('throw if a message was not accepted', async () => {
    mockClient(SQSClient)
      .on(SendMessageBatchCommand)
      .resolves({ Failed: [{ Id: '1', Code: 'Throttled', SenderFault: false }] });
    await expect(sqsQueues(new SQSClient({})).sendMany('u', ['a', 'b'])).rejects.toThrow(
      'message 1 was not accepted by the queue: Throttled',
    );
  });
});

describe('a bucket in S3', () => {
  it.each([412, 409])('answers false where the condition did not hold (%s)', async (httpStatusCode) => {
    mockClient(S3Client)
      .on(PutObjectCommand)
      .rejects(new S3ServiceException({ name: 'x', message: '', $fault: 'client', $metadata: { httpStatusCode } }));
    expect(await s3Bucket('b', new S3Client({}), clock).putNew('k', new Uint8Array(), 'text/csv')).toBe(false);
  });

  it('throws any other error', async () => {
    mockClient(S3Client)
      .on(PutObjectCommand)
      .rejects(new S3ServiceException({ name: 'AccessDenied', message: '', $fault: 'client', $metadata: { httpStatusCode: 403 } }));
    await expect(s3Bucket('b', new S3Client({}), clock).putNew('k', new Uint8Array(), 'text/csv')).rejects.toThrow(S3ServiceException);
  });
});

describe('secrets in the Parameter Store', () => {
  it('are asked for once in five minutes', async () => {
    let asked = 0;
    mockClient(SSMClient)
      .on(GetParameterCommand)
      .callsFake(() => ({ Parameter: { Value: `v${(asked += 1)}` } }));
    let now = start;
    const parameters = cachedParameters(ssmParameters(new SSMClient({})), { now: () => now }, 300_000);
    const first = [await parameters.get('p'), await parameters.get('p')];
    now = addMillis(start, 300_000);
    expect([...first, await parameters.get('p')]).toEqual(['v1', 'v1', 'v2']);
  });
});
