import { CfnCondition, CfnParameter, Duration, Fn, Stack, type App } from 'aws-cdk-lib';
import { CfnApi, CfnAuthorizer, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnUserPoolGroup, Mfa, StringAttribute, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { roles } from '@meilenstein/contracts';
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

/** The edge: one HTTP API for all services, with its authorizer, throttling and access log. */
export class EdgeStack extends Stack {
  constructor(app: App, stage: Stage) {
    super(app, named(stage, 'edge'), { description: 'Meilenstein: the HTTP API and its authorizer' });
    const { pool, client } = this.users(stage);
    const issuer = new CfnParameter(this, 'Issuer', {
      default: '',
      description: 'Issuer URL of your OpenID provider; empty: the Cognito pool of this stack',
    });
    const audience = new CfnParameter(this, 'Audience', {
      default: '',
      description: 'Audience of its tokens; empty: the client of the Cognito pool',
    });
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
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: api.ref,
      name: named(stage),
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: {
        issuer: this.given('OwnIssuer', issuer, pool.userPoolProviderUrl),
        audience: [this.given('OwnAudience', audience, client.userPoolClientId)],
      },
    });
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/http-api/${named(stage)}`,
      retention: stage.logRetention,
      removalPolicy: stage.removal,
    });
    new CfnStage(this, 'Stage', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: { throttlingRateLimit: stage.requestsPerSecond, throttlingBurstLimit: stage.burst },
      accessLogSettings: { destinationArn: log.logGroupArn, format: JSON.stringify(accessLog) },
    });
    const address = new CfnParameter(this, 'PublicUrl', {
      default: '',
      description: 'Where people reach the API, for links in mails (a domain of your own, CloudFront); empty: the address of the API',
    });
    new StringParameter(this, 'ApiUrl', {
      parameterName: parameterName(stage, 'api-url'),
      stringValue: this.given('OwnUrl', address, api.attrApiEndpoint),
    });
    new StringParameter(this, 'ApiId', { parameterName: parameterName(stage, 'api-id'), stringValue: api.ref });
    new StringParameter(this, 'AuthorizerId', { parameterName: parameterName(stage, 'authorizer-id'), stringValue: authorizer.ref });
  }

  private users(stage: Stage): { readonly pool: UserPool; readonly client: UserPoolClient } {
    const pool = new UserPool(this, 'Users', {
      userPoolName: named(stage),
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: 14, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true },
      customAttributes: { sources: new StringAttribute({ mutable: true }) },
      deletionProtection: stage.keepData,
      removalPolicy: stage.removal,
    });
    for (const role of roles) new CfnUserPoolGroup(this, `Role-${role}`, { userPoolId: pool.userPoolId, groupName: role });
    const hour = Duration.hours(1);
    const client = pool.addClient('Client', {
      authFlows: { userSrp: true },
      idTokenValidity: hour,
      accessTokenValidity: hour,
      preventUserExistenceErrors: true,
    });
    return { pool, client };
  }

  /** The parameter where one was given, else our own. */
  private given(id: string, parameter: CfnParameter, own: string): string {
    const empty = new CfnCondition(this, id, { expression: Fn.conditionEquals(parameter.valueAsString, '') });
    return Fn.conditionIf(empty.logicalId, own, parameter.valueAsString).toString();
  }
}
