import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootCloud } from './boot-cloud.ts';
import type { Cloud } from './cloud.ts';
import { functionResource, writeAssembly } from './testing/small-assembly.ts';

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** Calls an AWS service from a bundle without an SDK. */
const call = `
const call = async (endpoint, service, target, body, type = '1.0') => {
  const response = await fetch(endpoint, { method: 'POST', body: JSON.stringify(body), headers: {
    'content-type': 'application/x-amz-json-' + type, 'x-amz-target': target,
    authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/' + service + '/aws4_request, SignedHeaders=host, Signature=any' } });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text);
};`;

const bundles = {
  api: `${call}
    exports.handler = async (event) => {
      const { id } = JSON.parse(event.body);
      await call(process.env.AWS_ENDPOINT_URL_DYNAMODB, 'dynamodb', 'DynamoDB_20120810.PutItem', {
        TableName: process.env.TABLE, Item: { pk: { S: id }, sk: { S: 'COMMIT#1' } } });
      return { statusCode: 202, headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, caller: event.requestContext.authorizer.jwt.claims, item: event.pathParameters.item }) };
    };`,
  relay: `${call}
    exports.handler = async (event) => {
      const entries = event.Records.map((record) => (
        { EventBusName: process.env.BUS, Source: 'leads', DetailType: 'LeadCaptured', Detail: JSON.stringify({ id: record.dynamodb.Keys.pk.S }) }));
      // EventBridge takes ten at once.
      for (let sent = 0; sent < entries.length; sent += 10)
        await call(process.env.AWS_ENDPOINT_URL_EVENTBRIDGE, 'events', 'AWSEvents.PutEvents', { Entries: entries.slice(sent, sent + 10) }, '1.1');
      return { batchItemFailures: [] };
    };`,
  consumer: `
    exports.handler = async (event) => {
      const batchItemFailures = [];
      for (const record of event.Records) {
        const { detail } = JSON.parse(record.body);
        if (detail.id === 'poison') { batchItemFailures.push({ itemIdentifier: record.messageId }); continue; }
        if (detail.id === 'deadly' ) process.exit(3);
        const response = await fetch(process.env.AWS_ENDPOINT_URL_S3 + '/' + process.env.BUCKET + '/leads/' + detail.id + '.json', { method: 'PUT', body: record.body,
          headers: { authorization: 'AWS4-HMAC-SHA256 Credential=local/any' } });
        if (!response.ok) throw new Error(await response.text());
      }
      return { batchItemFailures };
    };`,
  timer: 'exports.handler = async (event) => ({ heard: event });',
};

const resources = {
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'meilenstein-test-leads',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    },
  },
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'meilenstein-test-bus' } },
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'meilenstein-test-reports',
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    },
  },
  DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'meilenstein-test-dead' } },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'meilenstein-test-queue',
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: arnOf('DeadLetters'), maxReceiveCount: 2 },
    },
  },
  Uploads: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'meilenstein-test-uploads' } },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: { Ref: 'Bus' },
      EventPattern: { source: ['leads'], 'detail-type': ['LeadCaptured'] },
      State: 'ENABLED',
      Targets: [{ Arn: arnOf('Queue'), Id: 'Target0', DeadLetterConfig: { Arn: arnOf('DeadLetters') } }],
    },
  },
  UploadRule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { bucket: { name: [{ Ref: 'Bucket' }] } } },
      Targets: [{ Arn: arnOf('Uploads'), Id: 'Target0' }],
    },
  },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } },
  Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
  Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' } } },
  Authorizer: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ApiId: { Ref: 'Api' },
      Name: 'jwt',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: {
        Audience: [{ Ref: 'Client' }],
        Issuer: { 'Fn::Join': ['', ['https://cognito-idp.', { Ref: 'AWS::Region' }, '.amazonaws.com/', { Ref: 'Pool' }]] },
      },
    },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: arnOf('ApiFunction'), PayloadFormatVersion: '2.0' },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'POST /items/{item}',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      AuthorizationType: 'JWT',
      AuthorizerId: { Ref: 'Authorizer' },
    },
  },
  ApiFunction: functionResource('meilenstein-test-api', 'api', { Environment: { Variables: { TABLE: { Ref: 'Table' } } } }),
  Relay: functionResource('meilenstein-test-relay', 'relay', { Environment: { Variables: { BUS: { Ref: 'Bus' } } } }),
  Consumer: functionResource('meilenstein-test-consumer', 'consumer', { Environment: { Variables: { BUCKET: { Ref: 'Bucket' } } } }),
  Timer: functionResource('meilenstein-test-timer', 'timer'),
  RelayMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Relay' },
      EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: {
        Filters: [{ Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'COMMIT#' }] } } } }) }],
      },
    },
  },
  QueueMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Consumer' },
      EventSourceArn: arnOf('Queue'),
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    },
  },
  Schedule: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: 'weekly',
      ScheduleExpression: 'cron(0 5 ? * MON *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: arnOf('Timer'), RoleArn: 'any', Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}' },
    },
  },
};

describe.each(['threads', 'processes'] as const)('a local cloud with its functions in %s', (functions) => {
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  let cloud: Cloud;
  let token = '';

  beforeAll(async () => {
    const assembly = writeAssembly(join(folder, 'cdk.out'), [{ name: 'small', resources, bundles }]);
    cloud = await bootCloud({ assembly, dataFolder: join(folder, 'data'), inMemory: true, functions });
    token = await cloud.tokenFor({ subject: 'somebody', claims: { 'cognito:groups': ['rep', 'manager'] } });
  });
  afterAll(async () => {
    await cloud.stop();
    rmSync(folder, { recursive: true });
  });

  const post = (id: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
    fetch(`${cloud.apiUrl}/items/a%20b`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ id }),
    });
  const arrived = () => readdirSync(join(cloud.bucketFolder('meilenstein-test-reports'), 'leads')).toSorted();

  test('carries a request through table, stream, bus and queue into the bucket', async () => {
    const response = await post('first');
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      id: 'first',
      item: 'a b',
      caller: { sub: 'somebody', 'cognito:groups': '[rep manager]' },
    });
    await cloud.quiet();
    expect(arrived()).toEqual(['first.json']);
    const event = JSON.parse(readFileSync(join(cloud.bucketFolder('meilenstein-test-reports'), 'leads', 'first.json'), 'utf8'));
    expect(event).toMatchObject({ source: 'leads', 'detail-type': 'LeadCaptured', detail: { id: 'first' } });
    expect(JSON.parse(cloud.queues.peek('meilenstein-test-uploads')[0]?.body ?? '')).toMatchObject({
      source: 'aws.s3',
      detail: { object: { key: 'leads/first.json' } },
    });
  });

  test('answers a request without a token or to an unknown route as the gateway does', async () => {
    const refused = await post('nobody', {});
    expect([refused.status, await refused.json()]).toEqual([401, { message: 'Unauthorized' }]);
    const forged = await post('nobody', { authorization: `Bearer ${token.slice(0, -8)}AAAAAAAA` });
    expect(forged.status).toBe(401);
    const missing = await fetch(`${cloud.apiUrl}/elsewhere`);
    expect([missing.status, await missing.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  test('moves a poison message to the dead-letter queue while others pass, and returns it on redrive', async () => {
    await Promise.all(['poison', 'second', 'third'].map((id) => post(id)));
    await cloud.quiet();
    expect(arrived()).toEqual(['first.json', 'second.json', 'third.json']);
    expect(cloud.queues.depth('meilenstein-test-dead')).toBe(1);
    expect(cloud.queues.redrive('meilenstein-test-dead')).toBe(1);
    expect(cloud.queues.depth('meilenstein-test-dead')).toBe(0);
    await cloud.quiet();
    expect(cloud.queues.depth('meilenstein-test-dead')).toBe(1);
  });

  test('keeps the messages of a held function, and delivers them after the release', async () => {
    cloud.holdFunction('meilenstein-test-relay');
    await post('patient');
    await expect(cloud.quiet(200)).rejects.toThrow('small/RelayMapping');
    expect(arrived()).not.toContain('patient.json');
    await cloud.killFunction('meilenstein-test-relay');
    cloud.releaseFunction('meilenstein-test-relay');
    await cloud.quiet();
    expect(arrived()).toContain('patient.json');
  });

  test('fires a schedule as if it were due', async () => {
    expect(await cloud.runSchedule('weekly', '2026-03-02T04:00:00Z')).toEqual({ heard: { scheduledTime: '2026-03-02T04:00:00Z' } });
  });

  test('handles every request of a burst of two hundred', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `burst-${index}`);
    const answers = await Promise.all(ids.map((id) => post(id)));
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    await cloud.quiet();
    expect(arrived().filter((name) => name.startsWith('burst-'))).toHaveLength(200);
  });
});
