import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Rule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Subscription } from '@meilenstein/contracts';
import { Construct } from 'constructs';
import { named } from '../stages.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { ServiceFunction, type ServiceFunctionProps } from './service-function.ts';

/** Tries by the consumer before it moves a message to the dead-letter queue with its reason; the queue's own limit is higher. */
const tries = 5;

export type QueueConsumerProps = ServiceFunctionProps & {
  readonly bus: IEventBus;
  readonly pattern: EventPattern;
  readonly batchSize?: number;
  readonly concurrency?: number;
};

/** Rule (undelivered ones are kept) -> queue -> function with a result for each message -> dead-letter queue. */
export class QueueConsumer extends Construct {
  readonly consumer: ServiceFunction;
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { bus, pattern, batchSize = 10, concurrency = 10, ...props }: QueueConsumerProps) {
    super(scope, id);
    const { stage, service, handler, impact, timeout = Duration.seconds(30) } = props;
    const name = `${service}-${handler}`;
    const dead = deadLetterQueue(this, 'Dead', { stage, name: `${name}-dead`, impact });
    const undelivered = deadLetterQueue(this, 'Undelivered', { stage, name: `${name}-undelivered`, impact });
    this.queue = new Queue(this, 'Queue', {
      queueName: named(stage, name),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: dead, maxReceiveCount: tries + 1 },
    });
    new Rule(this, 'Rule', {
      ruleName: named(stage, name),
      eventBus: bus,
      eventPattern: pattern,
      targets: [new SqsQueue(this.queue, { deadLetterQueue: undelivered, retryAttempts: 185, maxEventAge: Duration.hours(24) })],
    });
    this.consumer = new ServiceFunction(this, 'Consumer', {
      ...props,
      timeout,
      environment: { ...props.environment, QUEUE_URL: this.queue.queueUrl, DEAD_LETTER_QUEUE_URL: dead.queueUrl, TRIES: String(tries) },
    });
    dead.grantSendMessages(this.consumer.lambda);
    // An event of a version that is not known yet waits in its own queue.
    this.queue.grantSendMessages(this.consumer.lambda);
    this.consumer.lambda.addEventSource(
      new SqsEventSource(this.queue, { batchSize, reportBatchItemFailures: true, maxConcurrency: concurrency }),
    );
  }
}

export type EventSubscriptionProps = Omit<QueueConsumerProps, 'pattern' | 'service' | 'handler' | 'impact'> & {
  readonly subscription: Subscription;
};

/** The function of a subscription. Rule, name and the sentence of its alarms come from the subscription itself. */
export class EventSubscription extends QueueConsumer {
  constructor(scope: Construct, id: string, { subscription, ...props }: EventSubscriptionProps) {
    const { service, name: handler, receives, impact } = subscription;
    const source = [...new Set(receives.flatMap((event) => event.pattern.source))];
    const detailType = [...new Set(receives.flatMap((event) => event.pattern['detail-type']))];
    super(scope, id, { ...props, service, handler, impact, pattern: { source, detailType } });
  }
}
