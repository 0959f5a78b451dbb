import { CfnCondition, Fn, type Stack } from 'aws-cdk-lib';
import {
  AccessLevel,
  AllowedMethods,
  CachePolicy,
  CfnDistribution,
  Distribution,
  Function as ViewerFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { named, type Stage } from '../stages.ts';
import { given, optionalParameter, originOf, type OptionalParameter } from './given.ts';
import { pageBucket } from './page-bucket.ts';
import { pageHeaders } from './page-headers.ts';
import { pagePaths } from './page-paths.ts';

export type PageDistributionProps = {
  readonly stage: Stage;
  /** the address of the HTTP API */
  readonly apiEndpoint: string;
  /** origins beside its own to which the page may send requests */
  readonly connectTo: readonly string[];
};

/** CDK's class does not fit its own interface where optional properties are exact. */
const isBucket = (candidate: unknown): candidate is IBucket => candidate instanceof Bucket;

/**
 * One domain for the page and the API: files below `/app/` come from a private bucket, everything else is the API's. So the page needs no
 * CORS, and a WAF has one place. There are no custom error responses: they would replace the API's problem documents.
 * @returns the origin at which people open the page
 */
export const pageDistribution = (scope: Stack, { stage, apiEndpoint, connectTo }: PageDistributionProps): string => {
  const bucket: unknown = pageBucket(scope, stage);
  if (!isBucket(bucket)) throw new Error('the bucket of the page is none');
  const files = S3BucketOrigin.withOriginAccessControl(bucket, {
    // Without the right to list, S3 answers 403 for a file that is missing.
    originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
  });
  const paths = new ViewerFunction(scope, 'PagePaths', {
    functionName: named(stage, 'page-paths'),
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(pagePaths),
  });
  const page = {
    origin: files,
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: pageHeaders(scope, stage, connectTo),
  };
  const functionAssociations = [{ function: paths, eventType: FunctionEventType.VIEWER_REQUEST }];
  const webAcl = optionalParameter(scope, 'WebAcl', 'NoWebAcl', 'ARN of a WAF web ACL of us-east-1 for page and API; empty: none');
  const distribution = new Distribution(scope, 'Distribution', {
    comment: named(stage),
    priceClass: PriceClass.PRICE_CLASS_100,
    httpVersion: HttpVersion.HTTP2_AND_3,
    webAclId: Fn.conditionIf(webAcl.isEmpty.logicalId, Fn.ref('AWS::NoValue'), webAcl.value).toString(),
    defaultBehavior: {
      origin: new HttpOrigin(Fn.select(2, Fn.split('/', apiEndpoint)), { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      functionAssociations,
    },
    additionalBehaviors: {
      // Their names hold a hash of what is in them.
      '/app/assets/*': { ...page, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
      // Asked for at the bucket each time, so that there is nothing to invalidate after a deployment.
      '/app/*': { ...page, cachePolicy: CachePolicy.CACHING_DISABLED, functionAssociations },
    },
  });
  return ownDomain(scope, distribution);
};

/** The parameters of a domain of one's own. @returns the origin at which people open the page */
function ownDomain(scope: Stack, distribution: Distribution): string {
  const url = optionalParameter(
    scope,
    'PageUrl',
    'NoPageUrl',
    'Where people open the page, such as https://sales.example.com; empty: the domain of CloudFront',
  );
  const certificate: OptionalParameter = optionalParameter(
    scope,
    'PageCertificate',
    'NoPageCertificate',
    'ARN of a certificate of us-east-1 for the host of PageUrl; empty where something of your own answers there and asks CloudFront',
  );
  const origin = originOf(given(url, `https://${distribution.distributionDomainName}`));
  const hasDomain = new CfnCondition(scope, 'HasPageDomain', {
    expression: Fn.conditionAnd(Fn.conditionNot(url.isEmpty), Fn.conditionNot(certificate.isEmpty)),
  });
  const resource = distribution.node.defaultChild;
  if (!(resource instanceof CfnDistribution)) throw new Error('the distribution has no resource of its own');
  resource.addPropertyOverride(
    'DistributionConfig.Aliases',
    Fn.conditionIf(hasDomain.logicalId, [Fn.select(2, Fn.split('/', url.value))], Fn.ref('AWS::NoValue')),
  );
  resource.addPropertyOverride(
    'DistributionConfig.ViewerCertificate',
    Fn.conditionIf(
      hasDomain.logicalId,
      { AcmCertificateArn: certificate.value, SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' },
      Fn.ref('AWS::NoValue'),
    ),
  );
  return origin;
}
