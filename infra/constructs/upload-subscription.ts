import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { QueueConsumer } from './event-subscription.ts';
import type { Stage } from '../stages.ts';

export type UploadSubscriptionProps = {
  readonly stage: Stage;
  readonly service: string;
  readonly handler: string;
  readonly bucket: Bucket;
  readonly table: Table;
  readonly impact: string;
};

/** A job for each uploaded file: one at a time, in chunks with checkpoints. If 15 minutes are too short, it sends itself the message again. */
export const uploadSubscription = (scope: Construct, id: string, { bucket, table, ...props }: UploadSubscriptionProps): QueueConsumer => {
  const subscription = new QueueConsumer(scope, id, {
    ...props,
    bus: EventBus.fromEventBusName(scope, `${id}DefaultBus`, 'default'),
    pattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [bucket.bucketName] }, object: { key: [{ prefix: 'imports/' }] } },
    },
    batchSize: 1,
    concurrency: 2,
    timeout: Duration.minutes(15),
    memory: 1024,
    environment: { BUCKET_NAME: bucket.bucketName },
  });
  subscription.consumer.lambda.addEnvironment('IMPORT_QUEUE_URL', subscription.queue.queueUrl);
  subscription.consumer
    .grantTable(table)
    .allow(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects('*')])
    .allow(['s3:DeleteObject'], [bucket.arnForObjects('imports/*')])
    .allow(['sqs:SendMessage'], [subscription.queue.queueArn]);
  return subscription;
};
