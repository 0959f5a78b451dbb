import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { named } from '../stages.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { ServiceFunction, type ServiceFunctionProps } from './service-function.ts';

export type ScheduleProps = ServiceFunctionProps & { /** AWS cron, in the stage's zone */ readonly cron: string };

/** A function that runs on a schedule, by local time. It gets the nominal time, so that a late retry still works for the same period. */
export class ScheduledFunction extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { cron, ...props }: ScheduleProps) {
    super(scope, id);
    const { stage, handler, impact } = props;
    this.function = new ServiceFunction(this, 'Work', props);
    const dead = deadLetterQueue(this, 'Missed', { stage, name: `${props.service}-${handler}-missed`, impact });
    const role = new Role(this, 'Caller', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.lambda.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] }));
    const schedule = new CfnSchedule(this, 'Schedule', {
      name: named(stage, handler),
      scheduleExpression: `cron(${cron})`,
      scheduleExpressionTimezone: stage.zone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.function.lambda.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>' }),
        retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
        deadLetterConfig: { arn: dead.queueArn },
      },
    });
    schedule.node.addDependency(role);
  }
}
