import * as z from 'zod';

/** What of each resource between a browser and the API the local cloud implements, and what it may ignore. */

const clientSchema = z.strictObject({
  AllowedOAuthFlows: z.array(z.literal('code', 'only the code flow runs here')).default([]),
  AllowedOAuthFlowsUserPoolClient: z.boolean().default(false),
  AllowedOAuthScopes: z.array(z.string()).default([]),
  CallbackURLs: z.array(z.url()).default([]),
  LogoutURLs: z.array(z.url()).default([]),
  GenerateSecret: z.literal(false, 'only public clients run here').default(false),
  AccessTokenValidity: z.number().default(60),
  IdTokenValidity: z.number().default(60),
  RefreshTokenValidity: z.number().default(43_200),
  TokenValidityUnits: z
    .strictObject({
      AccessToken: z.literal('minutes').optional(),
      IdToken: z.literal('minutes').optional(),
      RefreshToken: z.literal('minutes').optional(),
    })
    .optional(),
});

/** Policies of AWS by their ids. Nothing is kept at an edge here, so of each it counts only whether it lets CloudFront compress. */
export const cachePolicies = {
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  cachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
} as const;
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const behaviour = {
  TargetOriginId: z.string(),
  ViewerProtocolPolicy: z.literal(['redirect-to-https', 'https-only']),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: z.literal(Object.values(cachePolicies), 'this cache policy is not known here'),
  OriginRequestPolicyId: z.literal(allViewerExceptHostHeader, 'this origin request policy is not known here').optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z.array(z.strictObject({ EventType: z.literal('viewer-request'), FunctionARN: z.string() })).default([]),
  Compress: z.boolean().default(false),
};

const origin = z.strictObject({
  Id: z.string(),
  DomainName: z.string(),
  OriginAccessControlId: z.string().optional(),
  S3OriginConfig: z.strictObject({ OriginAccessIdentity: z.literal('') }).optional(),
  CustomOriginConfig: z.looseObject({}).optional(),
});

const distributionSchema = z.strictObject({
  DistributionConfig: z.strictObject({
    Enabled: z.literal(true),
    Comment: z.string().optional(),
    HttpVersion: z.string().optional(),
    IPV6Enabled: z.boolean().optional(),
    PriceClass: z.string().optional(),
    Origins: z.array(origin),
    DefaultCacheBehavior: z.strictObject(behaviour),
    CacheBehaviors: z.array(z.strictObject({ ...behaviour, PathPattern: z.string() })).default([]),
  }),
});

const viewerFunctionSchema = z.strictObject({
  Name: z.string(),
  AutoPublish: z.literal(true),
  FunctionCode: z.string(),
  FunctionConfig: z.strictObject({ Runtime: z.literal('cloudfront-js-2.0'), Comment: z.string().optional() }),
});

const override = z.literal(true, 'only headers that override the origin’s are sent here');

const headersSchema = z.strictObject({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.string(),
    CustomHeadersConfig: z
      .strictObject({ Items: z.array(z.strictObject({ Header: z.string(), Value: z.string(), Override: override })) })
      .optional(),
    SecurityHeadersConfig: z
      .strictObject({
        ContentSecurityPolicy: z.strictObject({ ContentSecurityPolicy: z.string(), Override: override }).optional(),
        ContentTypeOptions: z.strictObject({ Override: override }).optional(),
        ReferrerPolicy: z.strictObject({ ReferrerPolicy: z.string(), Override: override }).optional(),
        StrictTransportSecurity: z
          .strictObject({
            AccessControlMaxAgeSec: z.number(),
            IncludeSubdomains: z.boolean().default(false),
            Preload: z.boolean().default(false),
            Override: override,
          })
          .optional(),
      })
      .optional(),
  }),
});

export const edgeResources = {
  'AWS::Cognito::UserPoolClient': {
    schema: clientSchema,
    ignored: [
      'ClientName',
      'UserPoolId',
      'ExplicitAuthFlows',
      'PreventUserExistenceErrors',
      'SupportedIdentityProviders',
      'EnableTokenRevocation',
      'RefreshTokenRotation',
    ],
  },
  'AWS::CloudFront::Distribution': { schema: distributionSchema, ignored: ['Tags'] },
  'AWS::CloudFront::Function': { schema: viewerFunctionSchema, ignored: [] },
  'AWS::CloudFront::ResponseHeadersPolicy': { schema: headersSchema, ignored: [] },
  'AWS::CloudFormation::CustomResource': { schema: z.looseObject({ ServiceToken: z.string() }), ignored: ['ServiceTimeout'] },
};
