import * as z from 'zod';

/** What of each computing and messaging resource the local cloud implements, and what it may ignore. */

const arn = z.string();
const deadLetterConfig = z.strictObject({ Arn: arn.optional() });

const functionSchema = z.strictObject({
  FunctionName: z.string().optional(),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string().startsWith('nodejs', 'only Node.js runtimes run here'),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  DeadLetterConfig: z.strictObject({ TargetArn: arn.optional() }).optional(),
});

const mappingSchema = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: arn,
  BatchSize: z.number().optional(),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.number().optional() }).optional(),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })).default([]) }).optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.number().default(-1),
  StartingPosition: z.literal(['TRIM_HORIZON', 'LATEST']).optional(),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: arn }) }).optional(),
  Enabled: z.boolean().default(true),
});

const invokeConfigSchema = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: z.number().default(2),
  MaximumEventAgeInSeconds: z.number().optional(),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: arn }).optional() }).optional(),
});

const ruleSchema = z.strictObject({
  Name: z.string().optional(),
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()),
  State: z.literal(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z
    .array(
      z.strictObject({
        Arn: arn,
        Id: z.string(),
        DeadLetterConfig: deadLetterConfig.optional(),
        RetryPolicy: z
          .strictObject({ MaximumRetryAttempts: z.number().default(185), MaximumEventAgeInSeconds: z.number().default(86_400) })
          .optional(),
      }),
    )
    .default([]),
});

const archiveSchema = z.strictObject({
  ArchiveName: z.string().optional(),
  SourceArn: arn,
  EventPattern: z.unknown().optional(),
  RetentionDays: z.number().default(0),
});

const queueSchema = z.strictObject({
  QueueName: z.string().optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: arn, maxReceiveCount: z.coerce.number() }).optional(),
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(345_600),
  DelaySeconds: z.number().default(0),
});

const scheduleSchema = z.strictObject({
  Name: z.string().optional(),
  GroupName: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.literal(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.looseObject({}),
  Target: z.strictObject({
    Arn: arn,
    RoleArn: arn.optional(),
    Input: z.string().optional(),
    DeadLetterConfig: deadLetterConfig.optional(),
    RetryPolicy: z.looseObject({}).optional(),
  }),
});

export const computeResources = {
  'AWS::Lambda::Function': {
    schema: functionSchema,
    ignored: [
      'Tags',
      'Role',
      'TracingConfig',
      'Architectures',
      'LoggingConfig',
      'Description',
      'KmsKeyArn',
      'ReservedConcurrentExecutions',
      'EphemeralStorage',
      'RecursiveLoop',
    ],
  },
  'AWS::Lambda::EventSourceMapping': {
    schema: mappingSchema,
    ignored: ['Tags', 'ParallelizationFactor', 'MaximumRecordAgeInSeconds', 'MetricsConfig', 'KmsKeyArn'],
  },
  'AWS::Lambda::EventInvokeConfig': { schema: invokeConfigSchema, ignored: [] },
  'AWS::Events::Rule': { schema: ruleSchema, ignored: ['Description', 'RoleArn', 'Tags'] },
  'AWS::Events::Archive': { schema: archiveSchema, ignored: ['Description', 'KmsKeyIdentifier'] },
  'AWS::SQS::Queue': {
    schema: queueSchema,
    ignored: [
      'Tags',
      'KmsMasterKeyId',
      'KmsDataKeyReusePeriodSeconds',
      'SqsManagedSseEnabled',
      'ReceiveMessageWaitTimeSeconds',
      'RedriveAllowPolicy',
      'MaximumMessageSize',
    ],
  },
  'AWS::Scheduler::Schedule': { schema: scheduleSchema, ignored: ['Description', 'KmsKeyArn'] },
};
