import type { Api } from '@meilenstein/contracts';
import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { parameterName, type Stage } from '../stages.ts';
import type { ServiceFunction } from './service-function.ts';

const idOf = (routeKey: string): string => routeKey.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');

/** The routes of one contract on the edge's API: one integration, a token for each route unless the sender signs. */
export class ServiceRoutes extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, api, target }: { readonly stage: Stage; readonly api: Api; readonly target: ServiceFunction },
  ) {
    super(scope, id);
    const apiId = StringParameter.valueForStringParameter(this, parameterName(stage, 'api-id'));
    const authorizerId = StringParameter.valueForStringParameter(this, parameterName(stage, 'authorizer-id'));
    const integration = new CfnIntegration(this, 'Integration', {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: target.lambda.functionArn,
      payloadFormatVersion: '2.0',
    });
    for (const [routeKey, route] of Object.entries(api.routes))
      new CfnRoute(this, idOf(routeKey), {
        apiId,
        routeKey,
        target: `integrations/${integration.ref}`,
        ...(route.roles === 'signature' ? { authorizationType: 'NONE' } : { authorizationType: 'JWT', authorizerId }),
      });
    target.lambda.addPermission('Gateway', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: apiId, resourceName: '*' }),
    });
  }
}
