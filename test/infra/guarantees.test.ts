import { allApis, serviceNames } from '@meilenstein/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { StageName } from '@meilenstein/infra/stages';
import { describePage } from './describe-page.ts';
import { resourcesOf, textOf, type Resource } from './templates.ts';

const wheres = (resources: readonly Resource[]): readonly string[] => resources.map((one) => `${one.stack}/${one.id}`);
const isDead = (queue: Resource): boolean => /-(dead|undelivered|missed)$/.test(String(queue.properties['QueueName']));

const statements = z.object({
  PolicyDocument: z.object({ Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]), Resource: z.unknown() })) }),
});
const grantsOf = (policy: Resource) =>
  statements
    .parse(policy.properties)
    .PolicyDocument.Statement.map((one) => ({ actions: [one.Action].flat(), resource: JSON.stringify(one.Resource) }));

describe.each<StageName>(['dev', 'prod'])('in every stack of %s', (stage) => {
  let all: readonly Resource[] = [];
  const of = (type: string): readonly Resource[] => all.filter((one) => one.type === type);

  beforeAll(() => {
    all = resourcesOf(stage);
  });

  describePage(stage, () => all);

  it('there are a bus, an edge, the page and five services without an unacknowledged finding of cdk-nag', () => {
    expect(new Set(all.map((one) => one.stack)).size).toBe(8);
  });

  it('every queue has a dead-letter queue, unless it is one', () => {
    expect(wheres(of('AWS::SQS::Queue').filter((queue) => !isDead(queue) && queue.properties['RedrivePolicy'] === undefined))).toEqual([]);
  });

  it('every dead-letter queue has an alarm', () => {
    const watched = of('AWS::CloudWatch::Alarm').map(textOf).join();
    expect(wheres(of('AWS::SQS::Queue').filter((queue) => isDead(queue) && !watched.includes(`"${queue.id}","QueueName"`)))).toEqual([]);
  });

  it('every function has an alarm on its errors', () => {
    const watched = of('AWS::CloudWatch::Alarm').map(textOf).join();
    expect(wheres(of('AWS::Lambda::Function').filter((one) => !watched.includes(`"Ref":"${one.id}"`)))).toEqual([]);
  });

  it('every alarm states its impact on people in a sentence', () => {
    const isSentence = (text: unknown): boolean => typeof text === 'string' && /^[A-Z].{20,}\.$/.test(text);
    expect(wheres(of('AWS::CloudWatch::Alarm').filter((alarm) => !isSentence(alarm.properties['AlarmDescription'])))).toEqual([]);
  });

  it('every alarm on what a service counts itself names the stage beside the service', () => {
    const dimensions = of('AWS::CloudWatch::Alarm')
      .filter((alarm) => alarm.properties['Namespace'] === 'meilenstein')
      .map((alarm) => alarm.properties['Dimensions']);
    expect(dimensions.length).toBeGreaterThan(2);
    for (const own of dimensions)
      expect(own).toEqual([
        { Name: 'service', Value: expect.any(String) },
        { Name: 'stage', Value: stage },
      ]);
  });

  it('the reconciliation runs every hour, and a difference raises an alarm', () => {
    const looks = of('AWS::Scheduler::Schedule').filter((one) => one.properties['Name'] === `meilenstein-${stage}-check-reconciliation`);
    expect(looks.map((one) => one.properties['ScheduleExpression'])).toEqual(['cron(10 * * * ? *)']);
    const own = of('AWS::CloudWatch::Alarm').filter((alarm) => alarm.properties['Namespace'] === 'meilenstein');
    const rings = (name: string) => own.filter((alarm) => alarm.properties['MetricName'] === name).map((alarm) => alarm.properties);
    for (const name of ['SubmissionUnread', 'ReconciliationUnbalanced'])
      expect(rings(name)).toMatchObject([
        // As `count` writes it: in this namespace, with the names of service and stage, one for each look that found something.
        {
          Dimensions: [
            { Name: 'service', Value: 'leads' },
            { Name: 'stage', Value: stage },
          ],
          Statistic: 'Sum',
          Threshold: 0,
          ComparisonOperator: 'GreaterThanThreshold',
          EvaluationPeriods: 1,
        },
      ]);
  });

  it('every target of an event rule keeps undelivered events', () => {
    const targets = z.object({
      Targets: z.array(z.object({ DeadLetterConfig: z.unknown().optional(), RetryPolicy: z.unknown().optional() })),
    });
    const careless = of('AWS::Events::Rule').filter((rule) =>
      targets.parse(rule.properties).Targets.some((target) => !target.DeadLetterConfig || !target.RetryPolicy),
    );
    expect(wheres(careless)).toEqual([]);
  });

  it('every subscription and every relay reports failures for each record', () => {
    expect(wheres(of('AWS::Lambda::EventSourceMapping').filter((one) => !textOf(one).includes('ReportBatchItemFailures')))).toEqual([]);
  });

  it('every relay retries without limit and reads only commits', () => {
    const relays = of('AWS::Lambda::EventSourceMapping').filter((one) => textOf(one).includes('StreamArn'));
    expect(relays.length).toBe(serviceNames.length);
    expect(
      relays.every(
        (one) => one.properties['MaximumRetryAttempts'] === -1 && textOf(one).includes('COMMIT#') && textOf(one).includes('INSERT'),
      ),
    ).toBe(true);
  });

  it('the visibility timeout of a queue is six times the timeout of its function', () => {
    const mappings = of('AWS::Lambda::EventSourceMapping').filter((one) => textOf(one).includes('Queue'));
    const short = mappings.filter((mapping) => {
      const text = textOf(mapping);
      const queue = of('AWS::SQS::Queue').find((one) => one.stack === mapping.stack && text.includes(`"${one.id}"`));
      const lambda = of('AWS::Lambda::Function').find((one) => one.stack === mapping.stack && text.includes(`"${one.id}"`));
      return (
        Number(queue?.properties['VisibilityTimeout']) < 6 * Number(lambda?.properties['Timeout'] ?? Number.NaN) ||
        queue === undefined ||
        lambda === undefined
      );
    });
    expect(wheres(short)).toEqual([]);
  });

  it('every table has a stream, point-in-time recovery and expiry, and cannot be deleted in prod', () => {
    for (const table of of('AWS::DynamoDB::Table')) {
      expect(table.properties).toMatchObject({
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        DeletionProtectionEnabled: stage === 'prod',
      });
      expect(table.deletionPolicy).toBe(stage === 'prod' ? 'Retain' : 'Delete');
    }
    expect(of('AWS::DynamoDB::Table').length).toBe(serviceNames.length);
  });

  it('only the functions of a service can access its table', () => {
    const foreign = of('AWS::IAM::Policy').flatMap((policy) =>
      grantsOf(policy)
        .filter(
          ({ actions, resource }) =>
            actions.some((action) => action.startsWith('dynamodb:')) &&
            (resource.includes('arn:') || resource.includes('"*"')) &&
            !resource.includes('index/'),
        )
        .map(() => `${policy.stack}/${policy.id}`),
    );
    // Each stack names its own table by reference only; a table of another stack could only be named by ARN.
    expect(foreign.filter((where) => !where.includes('Outbox'))).toEqual([]);
  });

  it('grants name actions one by one', () => {
    const broad = of('AWS::IAM::Policy').flatMap((policy) =>
      grantsOf(policy).flatMap(({ actions }) =>
        actions.filter((action) => action.includes('*')).map((action) => `${policy.id}: ${action}`),
      ),
    );
    expect(broad).toEqual([]);
  });

  it('only republish and retention may scan', () => {
    const scanners = of('AWS::IAM::Policy').filter((policy) => grantsOf(policy).some(({ actions }) => actions.includes('dynamodb:Scan')));
    expect(wheres(scanners).filter((where) => !/Republish|applyretention/.test(where))).toEqual([]);
  });

  it('every function is Node 24 on arm64 with tracing, source maps and a log retention', () => {
    const groups = of('AWS::Logs::LogGroup');
    for (const one of of('AWS::Lambda::Function')) {
      expect(one.properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], TracingConfig: { Mode: 'Active' } });
      expect(textOf(one)).toContain('--enable-source-maps');
      expect(
        groups.find((group) => group.properties['LogGroupName'] === `/aws/lambda/${String(one.properties['FunctionName'])}`)?.properties[
          'RetentionInDays'
        ],
      ).toBeGreaterThan(0);
    }
  });

  it('every route of every contract exists once, with the authorizer unless the sender signs, and one for what none of them serves', () => {
    const routes = of('AWS::ApiGatewayV2::Route').map(
      (route) => [String(route.properties['RouteKey']), String(route.properties['AuthorizationType'])] as const,
    );
    const wanted = allApis.flatMap((api) =>
      Object.entries(api.routes).map(([key, { roles }]) => [key, roles === 'signature' ? 'NONE' : 'JWT'] as const),
    );
    expect(routes.toSorted()).toEqual([...wanted, ['$default', 'NONE']].toSorted());
  });

  it('S14: what answers a path that no route serves may do nothing, and takes at most 20 requests a second', () => {
    const policies = of('AWS::IAM::Policy').filter((policy) => /answerunserved/.test(policy.id));
    expect(policies.flatMap(grantsOf).flatMap(({ actions }) => actions)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
    ]);
    expect(of('AWS::ApiGatewayV2::Stage').map(({ properties }) => properties['RouteSettings'])).toEqual([
      { $default: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 } },
    ]);
  });

  it('every bucket is private, encrypted and TLS-only, and versioned unless it holds uploads, which are deleted after reading', () => {
    const policies = of('AWS::S3::BucketPolicy').map(textOf);
    for (const bucket of of('AWS::S3::Bucket')) {
      expect(bucket.properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      const takesUploads = textOf(bucket).includes('EventBridgeEnabled');
      expect(bucket.properties['VersioningConfiguration']).toEqual(takesUploads ? undefined : { Status: 'Enabled' });
      expect(bucket.properties['BucketEncryption']).toBeDefined();
      expect(policies.some((policy) => policy.includes(bucket.id) && policy.includes('aws:SecureTransport'))).toBe(true);
    }
  });

  it('every schedule runs in a time zone, passes the nominal time and keeps what it missed', () => {
    for (const schedule of of('AWS::Scheduler::Schedule')) {
      expect(schedule.properties['ScheduleExpressionTimezone']).toBe('Europe/Berlin');
      expect(textOf(schedule)).toContain('<aws.scheduler.scheduled-time>');
      expect(textOf(schedule)).toContain('DeadLetterConfig');
    }
    expect(
      of('AWS::Scheduler::Schedule')
        .map((one) => one.properties['ScheduleExpression'])
        .toSorted(),
    ).toEqual([
      'cron(* * * * ? *)',
      'cron(0 4 * * ? *)',
      'cron(0 5 * * ? *)',
      'cron(0/5 * * * ? *)',
      'cron(10 * * * ? *)',
      'cron(15 0 * * ? *)',
      'cron(30 1 * * ? *)',
      'cron(30 3 * * ? *)',
      'cron(45 0 * * ? *)',
    ]);
  });

  it('no stack imports exports of another stack or has a custom resource, but for the files of the page, which a function of ours lays down', () => {
    const custom = all.filter((one) => one.type.startsWith('Custom::') || one.type === 'AWS::CloudFormation::CustomResource');
    expect(wheres(custom)).toEqual([`meilenstein-${stage}-page/Files`]);
    const own = of('AWS::Lambda::Function').filter((one) => one.properties['FunctionName'] === `meilenstein-${stage}-page-deploy-page`);
    expect(custom.map(textOf).every((text) => own.some(({ id }) => text.includes(`"${id}"`)))).toBe(true);
    expect(all.filter((one) => textOf(one).includes('Fn::ImportValue'))).toEqual([]);
  });
});

it('resources that hold data keep their logical ids: a new id would replace them', () => {
  const holding = resourcesOf('prod').filter((one) =>
    ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool'].includes(one.type),
  );
  expect(wheres(holding).toSorted()).toMatchInlineSnapshot(`
    [
      "meilenstein-prod-edge/PageA98A310E",
      "meilenstein-prod-edge/Users0A0EEA89",
      "meilenstein-prod-forecast/TableCD117FA1",
      "meilenstein-prod-leads/ImportsC5EA4F6F",
      "meilenstein-prod-leads/TableCD117FA1",
      "meilenstein-prod-pipeline/ImportsC5EA4F6F",
      "meilenstein-prod-pipeline/TableCD117FA1",
      "meilenstein-prod-quota/TableCD117FA1",
      "meilenstein-prod-reporting/Reports65402A0A",
      "meilenstein-prod-reporting/TableCD117FA1",
    ]
  `);
});
