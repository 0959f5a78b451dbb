import * as z from 'zod';

/** What of each storing and fronting resource the local cloud implements, and what it may ignore. */

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.literal(['HASH', 'RANGE']) }));

const tableSchema = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.literal(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  BillingMode: z.literal('PAY_PER_REQUEST', 'only on-demand tables run here'),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.strictObject({
          ProjectionType: z.literal(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
  StreamSpecification: z
    .strictObject({ StreamViewType: z.literal(['NEW_IMAGE', 'NEW_AND_OLD_IMAGES', 'OLD_IMAGE', 'KEYS_ONLY']) })
    .optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
});

const bucketSchema = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.literal(['Enabled', 'Suspended']) }).optional(),
  NotificationConfiguration: z
    .strictObject({ EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: z.boolean().default(true) }) })
    .optional(),
  CorsConfiguration: z
    .strictObject({
      CorsRules: z.array(
        z.strictObject({
          AllowedMethods: z.array(z.string()),
          AllowedOrigins: z.array(z.string()),
          AllowedHeaders: z.array(z.string()).default([]),
          ExposedHeaders: z.array(z.string()).default([]),
          MaxAge: z.number().optional(),
          Id: z.string().optional(),
        }),
      ),
    })
    .optional(),
});

const parameterSchema = z.strictObject({ Name: z.string().optional(), Type: z.literal(['String', 'StringList']), Value: z.string() });

const apiSchema = z.strictObject({
  Name: z.string(),
  ProtocolType: z.literal('HTTP'),
  CorsConfiguration: z
    .strictObject({
      AllowOrigins: z.array(z.string()).default([]),
      AllowMethods: z.array(z.string()).default([]),
      AllowHeaders: z.array(z.string()).default([]),
      ExposeHeaders: z.array(z.string()).default([]),
      AllowCredentials: z.boolean().default(false),
      MaxAge: z.number().optional(),
    })
    .optional(),
});

const throttle = z.looseObject({ ThrottlingBurstLimit: z.number().optional(), ThrottlingRateLimit: z.number().optional() });

const stageSchema = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default', 'only the $default stage runs here'),
  AutoDeploy: z.literal(true, 'only AutoDeploy stages run here'),
  DefaultRouteSettings: throttle.optional(),
  RouteSettings: z.record(z.string(), throttle).default({}),
});

const routeSchema = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.literal(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});

const integrationSchema = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.number().default(30_000),
});

const authorizerSchema = z.strictObject({
  ApiId: z.string(),
  AuthorizerType: z.literal('JWT'),
  Name: z.string(),
  IdentitySource: z.array(z.literal('$request.header.Authorization')),
  JwtConfiguration: z.strictObject({ Audience: z.array(z.string()), Issuer: z.string() }),
});

export const storageResources = {
  'AWS::DynamoDB::Table': {
    schema: tableSchema,
    ignored: [
      'Tags',
      'SSESpecification',
      'PointInTimeRecoverySpecification',
      'DeletionProtectionEnabled',
      'ContributorInsightsSpecification',
      'TableClass',
      'OnDemandThroughput',
      'WarmThroughput',
    ],
  },
  'AWS::S3::Bucket': {
    schema: bucketSchema,
    ignored: [
      'Tags',
      'BucketEncryption',
      'LifecycleConfiguration',
      'PublicAccessBlockConfiguration',
      'OwnershipControls',
      'LoggingConfiguration',
      'AccessControl',
      'ObjectLockEnabled',
      'ObjectLockConfiguration',
    ],
  },
  'AWS::SSM::Parameter': { schema: parameterSchema, ignored: ['Description', 'Tags', 'Tier', 'AllowedPattern', 'DataType'] },
  'AWS::ApiGatewayV2::Api': { schema: apiSchema, ignored: ['Tags', 'Description', 'DisableExecuteApiEndpoint'] },
  'AWS::ApiGatewayV2::Stage': { schema: stageSchema, ignored: ['Tags', 'Description', 'AccessLogSettings'] },
  'AWS::ApiGatewayV2::Route': { schema: routeSchema, ignored: ['OperationName'] },
  'AWS::ApiGatewayV2::Integration': { schema: integrationSchema, ignored: ['Description'] },
  'AWS::ApiGatewayV2::Authorizer': { schema: authorizerSchema, ignored: [] },
};
