import { Stack, type App } from 'aws-cdk-lib';
import { CfnApi, CfnAuthorizer, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { given, optionalParameter, originOf } from '../constructs/given.ts';
import { pageDistribution } from '../constructs/page-distribution.ts';
import { uploadOrigins } from '../constructs/upload-origins.ts';
import { UnservedRoute, unservedThrottling } from '../constructs/unserved-route.ts';
import { pageClient, userPool } from '../constructs/users.ts';
import { named, parameterName, type Stage } from '../stages.ts';

// No path: behind the link of a mail it is what lets the reader act for the person.
const accessLog = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  subject: '$context.authorizer.claims.sub',
  address: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  error: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

/** The edge: one HTTP API for all services, with its authorizer, throttling and access log, and one domain for it and for the page. */
export class EdgeStack extends Stack {
  constructor(app: App, stage: Stage) {
    super(app, named(stage, 'edge'), { description: 'Meilenstein: the HTTP API, its authorizer, sign-in and the domain of the page' });
    const users = userPool(this, stage);
    const api = this.httpApi(stage);
    const provider = optionalParameter(
      this,
      'Issuer',
      'OwnIssuer',
      'Issuer URL of your OpenID provider; empty: the Cognito pool of this stack',
    );
    const issuer = given(provider, users.pool.userPoolProviderUrl);
    const signInOrigins = optionalParameter(
      this,
      'SignInOrigins',
      'NoSignInOrigins',
      'Origins, by spaces, of the token and key addresses of your OpenID provider where they are not its issuer’s; empty: none',
    );
    const pageOrigin = pageDistribution(this, {
      stage,
      apiEndpoint: api.attrApiEndpoint,
      connectTo: [originOf(issuer), given(signInOrigins, users.domain.baseUrl()), ...uploadOrigins(stage)],
    });
    const ownClient = optionalParameter(
      this,
      'PageClient',
      'OwnPageClient',
      'Client id of the page at your OpenID provider; empty: the client of the Cognito pool',
    );
    const clientId = given(ownClient, pageClient(this, users, [pageOrigin, ...stage.origins]).userPoolClientId);
    const audience = optionalParameter(this, 'Audience', 'OwnAudience', 'Audience of its tokens; empty: the client of the Cognito pool');
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: api.ref,
      name: named(stage),
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer, audience: [given(audience, users.programs.userPoolClientId), clientId] },
    });
    const address = optionalParameter(
      this,
      'PublicUrl',
      'OwnUrl',
      'Where people reach the API, for links in mails (a domain of your own, CloudFront); empty: the address of the API',
    );
    const tell = (id: string, name: string, stringValue: string): void =>
      void new StringParameter(this, id, { parameterName: parameterName(stage, name), stringValue });
    tell('ApiUrl', 'api-url', given(address, api.attrApiEndpoint));
    tell('ApiId', 'api-id', api.ref);
    tell('AuthorizerId', 'authorizer-id', authorizer.ref);
    tell('PageOrigin', 'page-origin', pageOrigin);
    tell('PageIssuer', 'page-issuer', issuer);
    tell('PageClientId', 'page-client-id', clientId);
  }

  private httpApi(stage: Stage): CfnApi {
    const api = new CfnApi(this, 'Api', {
      name: named(stage),
      protocolType: 'HTTP',
      corsConfiguration: {
        allowOrigins: [...stage.origins],
        allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
        allowHeaders: ['authorization', 'content-type', 'if-match', 'if-none-match', 'idempotency-key'],
        exposeHeaders: ['etag', 'location', 'x-request-id', 'idempotency-replayed'],
        maxAge: 600,
      },
    });
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/http-api/${named(stage)}`,
      retention: stage.logRetention,
      removalPolicy: stage.removal,
    });
    const { route } = new UnservedRoute(this, 'Unserved', { stage, api });
    const gatewayStage = new CfnStage(this, 'Stage', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: { throttlingRateLimit: stage.requestsPerSecond, throttlingBurstLimit: stage.burst },
      routeSettings: unservedThrottling,
      accessLogSettings: { destinationArn: log.logGroupArn, format: JSON.stringify(accessLog) },
    });
    // Settings of a route that does not exist yet are refused.
    gatewayStage.addResourceDependency(route);
    return api;
  }
}
