import { Duration, Stack, type App } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Api, ServiceName, Subscription } from '@meilenstein/contracts';
import { impactAlarm } from '../constructs/impact-alarm.ts';
import { EventSubscription, type EventSubscriptionProps } from '../constructs/event-subscription.ts';
import { OutboxRelay } from '../constructs/outbox-relay.ts';
import { ServiceFunction, type ServiceFunctionProps } from '../constructs/service-function.ts';
import { ServiceRoutes } from '../constructs/service-routes.ts';
import { serviceTable } from '../constructs/service-table.ts';
import { named, type Stage } from '../stages.ts';
import { busOf } from './event-bus.ts';

type Own = Omit<ServiceFunctionProps, 'stage' | 'service'>;
type OwnSubscription = Omit<EventSubscriptionProps, 'stage' | 'bus' | 'subscription'>;

/** What a person loses when an item grows on and cannot be written any more. */
const largeItemImpact: Readonly<Record<ServiceName, string>> = {
  leads:
    'Something that is stored of a lead, a rule or the company nears the size limit: soon it can no longer be changed, and such leads get no answer.',
  pipeline: 'An opportunity, a process or the copy of the company nears the size limit: soon nothing more can be recorded of it.',
  quota: 'The settings, a rep or a plan nears the size limit: soon it can no longer be changed, and orders are not credited.',
  forecast: 'What the forecast knows of an opportunity or the company nears the size limit: soon its forecasts miss what happens there.',
  reporting:
    'What the reports know of a lead, an opportunity or the company nears the size limit: soon its later facts are missing from every report.',
};

/** What every service has: its table, the relay of its commits, and methods to add functions. */
export class ServiceStack extends Stack {
  readonly table: Table;
  protected readonly bus: IEventBus;
  protected readonly stage: Stage;
  protected readonly service: ServiceName;

  constructor(app: App, stage: Stage, service: ServiceName, relayImpact: string) {
    super(app, named(stage, service), { description: `Meilenstein: ${service}` });
    this.stage = stage;
    this.service = service;
    this.bus = busOf(this, stage);
    this.table = serviceTable(this, stage, service);
    new OutboxRelay(this, { stage, service, table: this.table, bus: this.bus, impact: relayImpact });
    impactAlarm(this, 'LargeItem', {
      metric: this.metricOf('LargeItemWritten'),
      threshold: 0,
      impact: largeItemImpact[service],
    });
  }

  /** What the service counts itself, in an hour. */
  protected metricOf(metricName: string): Metric {
    return new Metric({
      namespace: 'meilenstein',
      metricName,
      dimensionsMap: { service: this.service, stage: this.stage.name },
      statistic: 'sum',
      period: Duration.hours(1),
    });
  }

  /** A function behind the routes of a contract. */
  protected serves(api: Api, own: Own): ServiceFunction {
    const { stage, service } = this;
    const target = new ServiceFunction(this, own.handler, { stage, service, memory: 1024, ...own }).grantTable(this.table);
    new ServiceRoutes(this, `${own.handler}-routes`, { stage, api, target });
    return target;
  }

  /** The function of a subscription, with its rule and its queue. */
  protected receives(subscription: Subscription, own: OwnSubscription = {}): ServiceFunction {
    const { stage, bus } = this;
    return new EventSubscription(this, subscription.name, { stage, bus, subscription, ...own }).consumer.grantTable(this.table);
  }
}

/** What a presigned URL may do, its signer must be allowed to do. */
export const allowPresigned = (target: ServiceFunction, bucket: Bucket, actions: readonly string[]): void => {
  target.lambda.addEnvironment('BUCKET_NAME', bucket.bucketName);
  target.allow(actions, [bucket.arnForObjects('*')]);
};
