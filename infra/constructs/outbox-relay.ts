import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { named, type Stage } from '../stages.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { impactAlarm } from './impact-alarm.ts';
import { ServiceFunction } from './service-function.ts';

export type OutboxRelayProps = {
  readonly stage: Stage;
  readonly service: string;
  readonly table: Table;
  readonly bus: IEventBus;
  readonly impact: string;
};

/** Carries every commit of a table to the bus, and retries until the bus accepts it. Beside it is the operator's republish function. */
export class OutboxRelay extends Construct {
  constructor(scope: Construct, { stage, service, table, bus, impact }: OutboxRelayProps) {
    super(scope, 'Outbox');
    const dead = deadLetterQueue(this, 'Dead', { stage, name: `${service}-relay-dead`, impact });
    const relay = new ServiceFunction(this, 'Relay', {
      stage,
      service,
      handler: 'relay',
      impact,
      timeout: Duration.seconds(30),
      environment: { BUS_NAME: bus.eventBusName, DEAD_LETTER_QUEUE_URL: dead.queueUrl },
    });
    relay.allow(['events:PutEvents'], [bus.eventBusArn]);
    dead.grantSendMessages(relay.lambda);
    table.grantStreamRead(relay.lambda);
    new EventSourceMapping(this, 'Stream', {
      target: relay.lambda,
      ...(table.tableStreamArn === undefined ? {} : { eventSourceArn: table.tableStreamArn }),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // No limit: a lost event is worse than a late one. The relay itself moves a commit that can never be published to its dead-letter queue.
      retryAttempts: -1,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('COMMIT#') } } },
        }),
      ],
    });
    const age = relay.lambda.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'max' });
    impactAlarm(this, 'Late', { metric: age, threshold: 60_000, impact, periods: 5 });

    const republish = new ServiceFunction(this, 'Republish', {
      stage,
      service,
      handler: 'republish',
      impact: `The operator cannot rebuild a view from the history of ${service}.`,
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName },
    });
    republish.allow(['dynamodb:Scan'], [table.tableArn]);
    republish.allow(['sqs:SendMessage'], [Stack.of(this).formatArn({ service: 'sqs', resource: named(stage, '*') })]);
  }
}
