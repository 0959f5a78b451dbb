import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { bundleOf, bundlesContext } from '../bundles.ts';
import { named, type Stage } from '../stages.ts';
import { impactAlarm } from './impact-alarm.ts';

export type ServiceFunctionProps = {
  readonly stage: Stage;
  readonly service: string;
  /** the file in `functions/`, without `.ts` */
  readonly handler: string;
  /** what a person loses when it fails */
  readonly impact: string;
  readonly timeout?: Duration;
  readonly memory?: number;
  readonly environment?: Readonly<Record<string, string>>;
};

/** A function: Node 24 on arm64, its own role and log group, tracing, an alarm on errors. It may do nothing until it is granted. */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(
    scope: Construct,
    id: string,
    { stage, service, handler, impact, timeout = Duration.seconds(15), memory = 512, environment = {} }: ServiceFunctionProps,
  ) {
    super(scope, id);
    const functionName = named(stage, service, handler);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.logRetention,
      removalPolicy: stage.removal,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleOf(this.node.tryGetContext(bundlesContext), service, handler)),
      timeout,
      memorySize: memory,
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      environment: { NODE_OPTIONS: '--enable-source-maps', POWERTOOLS_SERVICE_NAME: service, STAGE: stage.name, ...environment },
    });
    impactAlarm(this, 'Errors', { metric: this.lambda.metricErrors({ period: Duration.minutes(5) }), threshold: 0, impact });
  }

  /** What the runtime's table does: reads, and transactions of puts, additions and removals. */
  grantTable(table: Table): this {
    this.lambda.addEnvironment('TABLE_NAME', table.tableName);
    this.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      [table.tableArn],
    );
    this.allow(['dynamodb:Query'], [table.tableArn, `${table.tableArn}/index/gsi1`, `${table.tableArn}/index/gsi2`]);
    return this;
  }

  allow(actions: readonly string[], resources: readonly string[]): this {
    this.lambda.addToRolePolicy(new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] }));
    return this;
  }
}
