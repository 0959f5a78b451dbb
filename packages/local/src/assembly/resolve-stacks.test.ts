import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { functionResource, type SmallStack, writeAssembly } from '../testing/small-assembly.ts';
import { readAssembly } from './read-assembly.ts';
import { resolveStacks } from './resolve-stacks.ts';
import { readSystem, refuseUnsupported } from './system.ts';

const folder = mkdtempSync(join(tmpdir(), 'assemblies-'));
afterAll(() => rmSync(folder, { recursive: true }));

const addresses = {
  apiUrl: 'http://api',
  queueUrl: (name: string) => `http://queues/${name}`,
  issuerUrl: 'http://services/issuer',
  bucketUrl: 'http://buckets',
  pageHost: 'localhost:8787',
};

const resolved = (...stacks: readonly SmallStack[]) => {
  const resources = resolveStacks(readAssembly(writeAssembly(mkdtempSync(join(folder, 'cdk-')), stacks)), addresses);
  refuseUnsupported(resources);
  return resources;
};
/** What a value becomes as the value of an SSM parameter. */
const valueOf = (value: unknown, template: object = {}, more: SmallStack['resources'] = {}): unknown =>
  resolved({
    name: 'stack',
    template,
    resources: { Subject: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'subject', Type: 'String', Value: value } }, ...more },
  }).find(({ name }) => name === 'subject')?.properties['Value'];

const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } } };

describe('a template', () => {
  test.each<[string, unknown, string]>([
    ['Ref of a resource', { Ref: 'Queue' }, 'http://queues/orders'],
    ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['GetAtt', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-central-1:000000000000:orders'],
    ['GetAtt in its short form', { 'Fn::GetAtt': 'Queue.QueueName' }, 'orders'],
    ['Sub', { 'Fn::Sub': '${Stage}-${Queue.QueueName}-${AWS::AccountId}-${!literal}' }, 'dev-orders-000000000000-${literal}'],
    ['Sub with own variables', { 'Fn::Sub': ['${a}/${Stage}', { a: { Ref: 'Stage' } }] }, 'dev/dev'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, { Ref: 'AWS::NoValue' }]] }, 'a-dev'],
    ['Select of Split', { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] }, 'aws'],
    ['If of Equals', { 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
    ['If of Not', { 'Fn::If': ['IsNotDev', 'yes', 'no'] }, 'no'],
  ])('resolves %s', (_, value, expected) => {
    const template = {
      Parameters: { Stage: { Type: 'String', Default: 'dev' } },
      Conditions: { IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, IsNotDev: { 'Fn::Not': [{ Condition: 'IsDev' }] } },
    };
    expect(valueOf(value, template, queue)).toBe(expected);
  });

  test('leaves out a resource whose condition does not hold', () => {
    const template = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
    expect(resolved({ name: 'stack', template, resources: { Queue: { ...queue.Queue, Condition: 'Never' } } })).toEqual([]);
  });

  test('is read after the templates it depends on, with their exports and SSM parameters', () => {
    const first: SmallStack = {
      name: 'first',
      template: { Outputs: { Exported: { Value: { Ref: 'Bus' }, Export: { Name: 'bus-name' } } } },
      resources: {
        Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'the-bus' } },
        Address: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/shared/address', Type: 'String', Value: 'there' } },
      },
    };
    const second: SmallStack = {
      name: 'second',
      dependencies: ['first'],
      template: { Parameters: { Address: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shared/address' } } },
      resources: {
        Both: {
          Type: 'AWS::SSM::Parameter',
          Properties: {
            Name: 'both',
            Type: 'String',
            Value: { 'Fn::Join': ['@', [{ 'Fn::ImportValue': 'bus-name' }, { Ref: 'Address' }]] },
          },
        },
      },
    };
    expect(resolved(second, first).map(({ path, properties }) => [path, properties['Value']])).toEqual([
      ['first/Bus', undefined],
      ['first/Address', 'there'],
      ['second/Both', 'the-bus@there'],
    ]);
  });

  test('derives a name from the stack and the logical id if none is given', () => {
    const resources = { Numbers: { Type: 'AWS::S3::Bucket' }, Queue: { Type: 'AWS::SQS::Queue' } };
    expect(resolved({ name: 'Reports', resources }).map(({ name }) => name)).toEqual(['reports-numbers', 'Reports-Queue']);
  });

  test.each<[string, SmallStack['resources'], string]>([
    [
      'a type',
      { Cache: { Type: 'AWS::ElastiCache::CacheCluster' } },
      'stack/Cache: resource type AWS::ElastiCache::CacheCluster is not supported',
    ],
    [
      'a property',
      { Queue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } },
      'stack/Queue: AWS::SQS::Queue property FifoQueue is not supported',
    ],
    [
      'a property of a property',
      { Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: {}, Targets: [{ Arn: 'a', Id: 'b', InputPath: '$.detail' }] } } },
      'stack/Rule: AWS::Events::Rule property Targets.0.InputPath is not supported',
    ],
    [
      'a value',
      { F: functionResource('f', 'a', { Runtime: 'python3.13' }) },
      'stack/F: AWS::Lambda::Function property Runtime: only Node.js runtimes run here',
    ],
    [
      'a template function',
      { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Base64': 'a' } } } },
      'stack/Queue: Fn::Base64 is not supported',
    ],
    [
      'an attribute',
      { ...queue, Other: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['Queue', 'Nothing'] } } } },
      'attribute Nothing of Queue is not supported',
    ],
    [
      'a name that nothing has',
      { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Nobody' } } } },
      'stack/Nobody: referred to',
    ],
  ])('stops the start when %s is not supported', (_, resources, message) => {
    expect(() => resolved({ name: 'stack', resources })).toThrow(message);
  });

  test('ignores properties that have no meaning on a single machine', () => {
    const resources = {
      ...queue,
      F: functionResource('f', 'code', { TracingConfig: { Mode: 'Active' }, Architectures: ['arm64'], Tags: [] }),
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: 1 } },
    };
    const system = readSystem(resolved({ name: 'stack', resources, bundles: { code: '' } }));
    expect(system.functions.map(({ name }) => name)).toEqual(['f']);
  });
});
