import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { named, type Stage } from '../stages.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The one table of a service: on demand, point-in-time recovery, a stream for the relay, two indexes, expiry. */
export const serviceTable = (scope: Construct, stage: Stage, service: string): Table => {
  const table = new Table(scope, 'Table', {
    tableName: named(stage, service),
    partitionKey: text('pk'),
    sortKey: text('sk'),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.AWS_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    stream: StreamViewType.NEW_IMAGE,
    timeToLiveAttribute: 'expiresAt',
    deletionProtection: stage.keepData,
    removalPolicy: stage.removal,
  });
  for (const index of ['gsi1', 'gsi2'])
    table.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: text(`${index}pk`),
      sortKey: text(`${index}sk`),
      projectionType: ProjectionType.ALL,
    });
  return table;
};
