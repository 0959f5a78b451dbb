import { Stack, type App } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Api, ServiceName, Subscription } from '@meilenstein/contracts';
import { EventSubscription, type EventSubscriptionProps } from '../constructs/event-subscription.ts';
import { OutboxRelay } from '../constructs/outbox-relay.ts';
import { ServiceFunction, type ServiceFunctionProps } from '../constructs/service-function.ts';
import { ServiceRoutes } from '../constructs/service-routes.ts';
import { serviceTable } from '../constructs/service-table.ts';
import { named, type Stage } from '../stages.ts';
import { busOf } from './event-bus.ts';

type Own = Omit<ServiceFunctionProps, 'stage' | 'service'>;
type OwnSubscription = Omit<EventSubscriptionProps, 'stage' | 'bus' | 'subscription'>;

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
