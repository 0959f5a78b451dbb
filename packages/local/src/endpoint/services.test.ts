import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createEventBus } from '../bus/event-bus.ts';
import { eventOperations } from '../bus/put-events.ts';
import { DeliveryFailure } from '../bus/rule-delivery.ts';
import { parameterOperations } from '../parameters/parameter-operations.ts';
import { openParameters } from '../parameters/parameter-store.ts';
import { queueOperations } from '../queues/queue-operations.ts';
import { createQueues } from '../queues/queues.ts';
import { answerJsonService } from './json-service.ts';
import { close, listen } from './listen.ts';

const described = (name: string) => ({
  path: `stack/${name}`,
  name,
  ref: name,
  properties: { VisibilityTimeout: 30, MessageRetentionPeriod: 345_600, DelaySeconds: 0 },
  assetFolders: new Map<string, string>(),
});
const archive = (name: string, sources: readonly string[]) => ({
  path: `stack/${name}`,
  name,
  ref: name,
  properties: { SourceArn: 'arn:aws:events:eu-central-1:000000000000:event-bus/bus', EventPattern: { source: sources }, RetentionDays: 30 },
  assetFolders: new Map<string, string>(),
});

const rule = (name: string, target: string, retries = 3) => ({
  path: `stack/${name}`,
  name,
  ref: name,
  properties: {
    EventBusName: 'bus',
    EventPattern: { source: [name] },
    State: 'ENABLED' as const,
    Targets: [
      {
        Arn: `arn:aws:sqs:eu-central-1:000000000000:${target}`,
        Id: 'one',
        DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:000000000000:dead' },
        RetryPolicy: { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: 60 },
      },
    ],
  },
  assetFolders: new Map<string, string>(),
});

const answerSchema = z.looseObject({
  FailedEntryCount: z.number().optional(),
  Entries: z.array(z.object({ EventId: z.string().optional(), ErrorCode: z.string().optional() })).optional(),
  QueueUrls: z.array(z.string()).optional(),
  Messages: z.array(z.looseObject({ ReceiptHandle: z.string() })).optional(),
  Attributes: z.unknown().optional(),
  Version: z.number().optional(),
  Parameter: z.unknown().optional(),
  Parameters: z.array(z.looseObject({ Name: z.string() })).optional(),
});

const entry = (more: object = {}) => ({ EventBusName: 'bus', Source: 'leads', DetailType: 'LeadCaptured', Detail: '{"id":1}', ...more });
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('the services’ endpoint', () => {
  const queues = createQueues([described('orders'), described('dead')], undefined);
  let refusals = 0;
  const archived: [string, string][] = [];
  const send = (arn: string, body: string, attributes = {}): void => {
    if (arn.endsWith(':shaky') && refusals-- > 0) throw new DeliveryFailure('THROTTLING', 'too much', true);
    queues.deliver(arn.replace(':shaky', ':orders'), body, attributes);
  };
  const bus = createEventBus(
    {
      busNames: ['bus'],
      rules: [rule('leads', 'orders'), rule('lost', 'nowhere'), rule('shaken', 'shaky'), rule('broken', 'shaky', 1)],
      archives: [archive('kept', ['leads'])],
    },
    { send, log: () => undefined, keep: (name, body) => void archived.push([name, body]) },
  );
  const operations = {
    ...eventOperations(bus),
    ...queueOperations(queues, (name) => `http://queues/${name}`),
    ...parameterOperations(openParameters(undefined)),
  };
  let server: Server;
  let address = '';

  beforeAll(async () => {
    server = createServer((request, response) => void answerJsonService(request, response, operations));
    address = await listen(server, 0);
  });
  afterAll(async () => {
    queues.stop();
    await close(server);
  });

  const call = async (target: string, input: object) => {
    const response = await fetch(address, { method: 'POST', headers: { 'x-amz-target': target }, body: JSON.stringify(input) });
    return { status: response.status, answer: answerSchema.parse(await response.json()) };
  };
  const sqs = (operation: string, input: object) => call(`AmazonSQS.${operation}`, { QueueUrl: 'http://queues/orders', ...input });
  const ssm = (operation: string, input: object) => call(`AmazonSSM.${operation}`, input);

  test('hands an event to the rule that matches it', async () => {
    const { answer } = await call('AWSEvents.PutEvents', { Entries: [entry(), entry({ Source: 'nobody' })] });
    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }, {}] });
    const [message] = queues.named('orders').drain();
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      id: answer.Entries?.[0]?.EventId,
      source: 'leads',
      'detail-type': 'LeadCaptured',
      detail: { id: 1 },
    });
    expect(archived).toEqual([['kept', message?.body]]);
  });

  test.each([
    ['more than ten events', { Entries: Array.from({ length: 11 }, () => entry()) }],
    ['no event', { Entries: [] }],
    ['more than a megabyte', { Entries: [entry({ Detail: JSON.stringify({ text: 'x'.repeat(1_048_576) }) })] }],
  ])('refuses %s', async (_, input) => {
    expect(await call('AWSEvents.PutEvents', input)).toMatchObject({ status: 400, answer: { __type: 'ValidationException' } });
  });

  test('says of each event why it was not accepted, and accepts the others', async () => {
    const Entries = [
      entry({ Detail: 'no JSON' }),
      entry({ Source: undefined }),
      entry({ Source: 'aws.s3' }),
      entry({ EventBusName: 'other' }),
      entry(),
    ];
    const { answer } = await call('AWSEvents.PutEvents', { Entries });
    expect(answer.FailedEntryCount).toBe(4);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
      'ResourceNotFoundException',
      undefined,
    ]);
    expect(queues.named('orders').drain()).toHaveLength(1);
  });

  test('retries a target that is only busy', async () => {
    refusals = 2;
    await call('AWSEvents.PutEvents', { Entries: [entry({ Source: 'shaken' })] });
    await until(() => bus.underWay() === 0);
    expect(queues.named('orders').drain()).toHaveLength(1);
  });

  test.each([
    ['lost', 0, { ERROR_CODE: { StringValue: 'NO_RESOURCE' }, RETRY_ATTEMPTS: { StringValue: '0' } }],
    [
      'broken',
      9,
      {
        ERROR_CODE: { StringValue: 'THROTTLING' },
        RETRY_ATTEMPTS: { StringValue: '1' },
        EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
      },
    ],
  ])('lays an event of the %s rule into its dead-letter queue, with the reason', async (source, failures, attributes) => {
    refusals = failures;
    await call('AWSEvents.PutEvents', { Entries: [entry({ Source: source })] });
    await until(() => bus.underWay() === 0);
    expect(queues.named('dead').drain()).toMatchObject([
      { attributes: { ...attributes, RULE_ARN: { StringValue: expect.stringContaining(`rule/${source}`) } } },
    ]);
  });

  test('speaks SQS', async () => {
    expect((await sqs('GetQueueUrl', { QueueName: 'orders' })).answer).toEqual({ QueueUrl: 'http://queues/orders' });
    expect((await sqs('ListQueues', {})).answer.QueueUrls).toHaveLength(2);
    const sent = await sqs('SendMessageBatch', {
      Entries: [{ Id: 'a', MessageBody: 'one', MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } } }],
    });
    expect(sent.answer).toMatchObject({ Successful: [{ Id: 'a', MD5OfMessageBody: 'f97c5d29941bfb1b2fdab0874906ab82' }], Failed: [] });
    const { answer } = await sqs('ReceiveMessage', { MaxNumberOfMessages: 10 });
    expect(answer.Messages).toMatchObject([
      {
        Body: 'one',
        Attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.any(String) },
        MessageAttributes: { k: { StringValue: 'v' } },
      },
    ]);
    expect((await sqs('GetQueueAttributes', {})).answer.Attributes).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
    await sqs('ChangeMessageVisibility', { ReceiptHandle: answer.Messages?.[0]?.ReceiptHandle, VisibilityTimeout: 0 });
    const again = await sqs('ReceiveMessage', {});
    expect(again.answer.Messages).toMatchObject([{ Attributes: { ApproximateReceiveCount: '2' } }]);
    await sqs('DeleteMessage', { ReceiptHandle: again.answer.Messages?.[0]?.ReceiptHandle });
    expect((await sqs('ReceiveMessage', {})).answer).toEqual({});
    expect(await call('AmazonSQS.SendMessage', { QueueUrl: 'http://queues/none', MessageBody: 'x' })).toMatchObject({
      status: 400,
      answer: { __type: 'com.amazonaws.sqs#QueueDoesNotExist' },
    });
  });

  test('moves dead letters to a named queue', async () => {
    queues.named('dead').send('letter');
    await sqs('StartMessageMoveTask', { SourceArn: queues.named('dead').arn, DestinationArn: queues.named('orders').arn });
    expect(queues.named('orders').drain()).toMatchObject([{ body: 'letter' }]);
  });

  test('keeps parameters with their versions', async () => {
    expect((await ssm('PutParameter', { Name: '/a/b', Value: '1', Type: 'SecureString' })).answer.Version).toBe(1);
    expect(await ssm('PutParameter', { Name: '/a/b', Value: '2' })).toMatchObject({
      status: 400,
      answer: { __type: 'ParameterAlreadyExists' },
    });
    expect((await ssm('PutParameter', { Name: '/a/b', Value: '2', Overwrite: true })).answer.Version).toBe(2);
    expect((await ssm('GetParameter', { Name: '/a/b', WithDecryption: true })).answer.Parameter).toMatchObject({ Value: '2', Version: 2 });
    await ssm('PutParameter', { Name: '/a/c/d', Value: '3' });
    const names = async (input: object) => (await ssm('GetParametersByPath', input)).answer.Parameters?.map(({ Name }) => Name);
    expect(await names({ Path: '/a' })).toEqual(['/a/b']);
    expect(await names({ Path: '/a', Recursive: true })).toEqual(['/a/b', '/a/c/d']);
    expect((await ssm('GetParameters', { Names: ['/a/b', '/none'] })).answer).toMatchObject({
      Parameters: [{ Value: '2' }],
      InvalidParameters: ['/none'],
    });
    await ssm('DeleteParameter', { Name: '/a/b' });
    expect(await ssm('GetParameter', { Name: '/a/b' })).toMatchObject({ status: 400, answer: { __type: 'ParameterNotFound' } });
  });

  test('refuses an unknown operation by name', async () => {
    expect(await call('AmazonSSM.LabelParameterVersion', {})).toMatchObject({
      status: 400,
      answer: { __type: 'UnknownOperationException' },
    });
  });
});
