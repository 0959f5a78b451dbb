import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, test } from 'vitest';
import { bootCloud } from './boot-cloud.ts';
import type { Cloud } from './cloud.ts';
import { close, listen } from './endpoint/listen.ts';
import { credentials, region } from './account-and-region.ts';
import { functionResource, writeAssembly } from './testing/small-assembly.ts';

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const resources = {
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'history',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
  },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'waiting' } },
  Reader: functionResource('reader', 'reader'),
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Reader' },
      EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
  QueueMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: 'Reader' }, EventSourceArn: arnOf('Queue') },
  },
};
/** Writes what it hears into its log; fails once in the middle of a batch on the item `shaky`. */
const reader = `
  let isShaken = false;
  exports.handler = async ({ Records }) => {
    for (const record of Records) {
      if (record.body) { console.log('message ' + record.body); continue; }
      const id = record.dynamodb.Keys.pk.S;
      if (id === 'shaky' && !isShaken) { isShaken = true; return { batchItemFailures: [{ itemIdentifier: record.dynamodb.SequenceNumber }] }; }
      console.log('item ' + id);
    }
    return { batchItemFailures: [] };
  };`;

const write = async (cloud: Cloud, ids: readonly string[]): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: cloud.endpoints['AWS_ENDPOINT_URL_DYNAMODB'] ?? '', region, credentials });
  for (const id of ids) await client.send(new PutItemCommand({ TableName: 'history', Item: { pk: { S: id } } }));
  client.destroy();
};

describe('a cloud that is stopped and started again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'restart-'));
  const assembly = writeAssembly(join(folder, 'cdk.out'), [{ name: 'small', resources, bundles: { reader } }]);
  const running = new Set<Cloud>();
  afterAll(async () => {
    for (const cloud of running) await cloud.stop();
    rmSync(folder, { recursive: true });
  });

  const start = async (): Promise<Cloud> => {
    const cloud = await bootCloud({ assembly, dataFolder: join(folder, 'data') });
    running.add(cloud);
    return cloud;
  };
  const end = async (cloud: Cloud): Promise<void> => {
    await cloud.stop();
    running.delete(cloud);
  };
  const heard = (): readonly string[] =>
    readFileSync(join(folder, 'data', 'logs', 'reader.log'), 'utf8')
      .trim()
      .split('\n');

  test('goes on where it was: nothing is lost and nothing done is done again', async () => {
    const first = await start();
    await write(first, ['one', 'shaky', 'two']);
    await first.quiet();
    expect(heard()).toEqual(['item one', 'item shaky', 'item two']);
    first.holdFunction('reader');
    await write(first, ['held']);
    const address = first.endpoints['AWS_ENDPOINT_URL_SQS'] ?? '';
    await fetch(address, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.SendMessage' },
      body: JSON.stringify({ QueueUrl: `${address}/0/waiting`, MessageBody: 'kept' }),
    });
    await end(first);

    const second = await start();
    await write(second, ['three']);
    await second.quiet();
    expect(heard().slice(0, 3)).toEqual(['item one', 'item shaky', 'item two']);
    expect(heard().slice(3).toSorted()).toEqual(['item held', 'item three', 'message kept']);
    await end(second);
  });

  test('refuses a port that somebody has, and leaves nothing behind', async () => {
    const server = createServer();
    const apiPort = Number(new URL(await listen(server, 0)).port);
    await expect(bootCloud({ assembly, dataFolder: join(folder, 'other'), inMemory: true, apiPort })).rejects.toThrow(
      `port ${apiPort} is taken`,
    );
    expect(existsSync(join(folder, 'other', 'dynamodb'))).toBe(false);
    await close(server);
  });
});
