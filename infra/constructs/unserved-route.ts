import { Stack } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute, type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { ServiceFunction } from './service-function.ts';

/** The key of the route that takes what no other route takes. */
const unserved = '$default';

/** Scanners ask for paths that do not exist; what answers them takes little of what the account may run at the same time. */
export const unservedThrottling = { [unserved]: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 } } as const;

/** Answers a path that no route has, or has with other methods, by a problem document of ours. It needs no token and may do nothing. */
export class UnservedRoute extends Construct {
  readonly route: CfnRoute;

  constructor(scope: Construct, id: string, { stage, api }: { readonly stage: Stage; readonly api: CfnApi }) {
    super(scope, id);
    const { lambda } = new ServiceFunction(this, 'answer-unserved', {
      stage,
      service: 'edge',
      handler: 'answer-unserved',
      impact: 'A mistyped address or method is answered with an error of the gateway that does not say what is wrong.',
    });
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: lambda.functionArn,
      payloadFormatVersion: '2.0',
    });
    this.route = new CfnRoute(this, 'Route', {
      apiId: api.ref,
      routeKey: unserved,
      target: `integrations/${integration.ref}`,
      authorizationType: 'NONE',
    });
    lambda.addPermission('Gateway', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: api.ref, resourceName: '*' }),
    });
  }
}
