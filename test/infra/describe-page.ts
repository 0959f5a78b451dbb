import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { StageName } from '@meilenstein/infra/stages';
import { textOf, type Resource } from './templates.ts';

const behaviour = z.looseObject({
  PathPattern: z.string().optional(),
  TargetOriginId: z.string(),
  CachePolicyId: z.string(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.unknown().optional(),
  FunctionAssociations: z.array(z.unknown()).default([]),
});
const distributionSchema = z.looseObject({
  DistributionConfig: z.looseObject({
    Origins: z.array(z.looseObject({ Id: z.string(), OriginAccessControlId: z.unknown().optional(), DomainName: z.unknown() })),
    DefaultCacheBehavior: behaviour,
    CacheBehaviors: z.array(behaviour),
  }),
});
const rules = z.looseObject({
  LifecycleConfiguration: z.object({
    Rules: z.array(z.looseObject({ ExpirationInDays: z.number().optional(), TagFilters: z.unknown().optional() })),
  }),
});
const headersSchema = z.looseObject({
  ResponseHeadersPolicyConfig: z.looseObject({
    SecurityHeadersConfig: z.record(z.string(), z.unknown()),
    CustomHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string(), Value: z.string(), Override: z.boolean() })) }),
  }),
});

const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** What holds for the page and its sign-in in the templates of a stage. @param all asked for once they are made */
export const describePage = (stage: StageName, all: () => readonly Resource[]): void => {
  describe('the page', () => {
    const of = (type: string): readonly Resource[] => all().filter((one) => one.type === type);
    const only = (type: string): Resource => {
      const [found, second] = of(type);
      if (found === undefined || second !== undefined) throw new Error(`${type}: there must be exactly one`);
      return found;
    };
    const config = () => distributionSchema.parse(only('AWS::CloudFront::Distribution').properties).DistributionConfig;
    const bucketOf = (): Resource => {
      const [bucket] = of('AWS::S3::Bucket').filter((one) => one.stack.endsWith('-edge'));
      if (bucket === undefined) throw new Error('the edge has no bucket');
      return bucket;
    };

    it('comes from a bucket that only this distribution may read, and that tells it what is missing', () => {
      const bucket = bucketOf();
      const origin = config().Origins.find(({ OriginAccessControlId: control }) => control !== undefined);
      expect(JSON.stringify(origin?.DomainName)).toContain(bucket.id);
      expect(only('AWS::CloudFront::OriginAccessControl').properties).toMatchObject({
        OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
      });
      const policy = of('AWS::S3::BucketPolicy').find((one) => textOf(one).includes(bucket.id));
      const allowed = z
        .object({ PolicyDocument: z.object({ Statement: z.array(z.looseObject({ Effect: z.string() })) }) })
        .parse(policy?.properties)
        .PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
      expect(allowed).toMatchObject([{ Action: ['s3:GetObject', 's3:ListBucket'], Principal: { Service: 'cloudfront.amazonaws.com' } }]);
      expect(JSON.stringify(allowed)).toContain('AWS:SourceArn');
    });

    it('never replaces an answer of the API or a missing file by a document of its own', () => {
      expect(textOf(only('AWS::CloudFront::Distribution'))).not.toMatch(/CustomErrorResponses|DefaultRootObject/);
    });

    it('shares its domain with the API, of which nothing is cached and whose callers are passed on', () => {
      const { DefaultCacheBehavior: api, CacheBehaviors: pages, Origins: origins } = config();
      expect(api).toMatchObject({ CachePolicyId: cachingDisabled, OriginRequestPolicyId: allViewerExceptHost });
      expect(JSON.stringify(origins.find(({ Id }) => Id === api.TargetOriginId)?.DomainName)).toContain('ApiEndpoint');
      expect(pages.map(({ PathPattern }) => PathPattern)).toEqual(['/app/assets/*', '/app/*']);
      expect(pages.map(({ CachePolicyId }) => CachePolicyId === cachingDisabled)).toEqual([false, true]);
      // A missing asset stays missing: no function turns its path into that of the document.
      expect(pages.map(({ FunctionAssociations }) => FunctionAssociations.length)).toEqual([0, 1]);
    });

    it('is sent with headers that forbid everything but its own files, the API, the sign-in and the uploads', () => {
      const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = headersSchema.parse(
        only('AWS::CloudFront::ResponseHeadersPolicy').properties,
      ).ResponseHeadersPolicyConfig;
      const policy = JSON.stringify(security['ContentSecurityPolicy']);
      for (const directive of [
        "default-src 'none'",
        "script-src 'self';",
        "style-src 'self';",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self' ",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ])
        expect(policy).toContain(directive);
      expect(policy).toMatch(/ProviderURL.*amazoncognito.*leads-imports\.s3\..*pipeline-imports\.s3\./);
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(security).toMatchObject({
        ContentTypeOptions: { Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
      });
      expect(custom.Items).toMatchObject([
        { Header: 'Cross-Origin-Opener-Policy', Value: 'same-origin', Override: true },
        { Header: 'Permissions-Policy', Value: expect.stringMatching(/^([a-z-]+=\(\)(, )?)+$/), Override: true },
      ]);
      for (const page of config().CacheBehaviors) expect(page.ResponseHeadersPolicyId).toBeDefined();
    });

    it('keeps the files of the newest release for good and those of earlier ones for thirty days', () => {
      const expiring = rules
        .parse(bucketOf().properties)
        .LifecycleConfiguration.Rules.filter((rule) => rule.ExpirationInDays !== undefined);
      expect(expiring).toMatchObject([{ ExpirationInDays: 30, TagFilters: [{ Key: 'superseded', Value: 'true' }] }]);
    });

    it('signs people in by code, with short tokens and refresh tokens of one use', () => {
      const clients = of('AWS::Cognito::UserPoolClient').filter((one) => one.properties['AllowedOAuthFlowsUserPoolClient'] === true);
      expect(clients.map(({ properties }) => properties)).toMatchObject([
        {
          AllowedOAuthFlows: ['code'],
          GenerateSecret: false,
          AccessTokenValidity: 15,
          RefreshTokenValidity: 720,
          RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
        },
      ]);
      expect(textOf(only('AWS::ApiGatewayV2::Authorizer'))).toContain(clients[0]?.id);
    });

    it('no client has the implicit flow or a callback to a domain that is not ours', () => {
      expect(of('AWS::Cognito::UserPoolClient').filter((one) => /"implicit"|example\.com/.test(textOf(one)))).toEqual([]);
      const unused = of('AWS::Cognito::UserPoolClient').filter((one) => one.properties['AllowedOAuthFlowsUserPoolClient'] !== true);
      expect(unused.map((one) => [one.properties['AllowedOAuthFlowsUserPoolClient'], one.properties['CallbackURLs']])).toEqual([
        [false, undefined],
      ]);
    });

    it('may upload from where it is opened, and nobody else may but a developer of dev', () => {
      const origins = of('AWS::S3::Bucket')
        .filter((one) => textOf(one).includes('CorsRules'))
        .map((one) => [one.stack, JSON.stringify(one.properties['CorsConfiguration'])] as const);
      expect(origins.map(([stack]) => stack)).toEqual([`meilenstein-${stage}-leads`, `meilenstein-${stage}-pipeline`]);
      for (const [, rule] of origins) {
        expect(rule).toContain('pageorigin');
        expect(rule.includes('localhost')).toBe(stage === 'dev');
      }
    });
  });
};
