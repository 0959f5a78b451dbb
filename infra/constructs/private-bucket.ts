import { Duration, Stack } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, HttpMethods, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { named, parameterName, type Stage } from '../stages.ts';

export type PrivateBucketProps = {
  readonly stage: Stage;
  readonly name: string;
  /** objects are removed after so many days; absent: never */
  readonly expireAfterDays?: number;
  /** uploads come from browsers through presigned URLs, and every new object is told to the account's default bus */
  readonly uploads?: boolean;
};

/** Where the page is opened, as the edge says: only from there may a browser upload. */
const pageOrigin = (scope: Construct, stage: Stage): string =>
  StringParameter.valueForStringParameter(scope, parameterName(stage, 'page-origin'));

/** A private bucket: encrypted, TLS only, versioned unless it takes uploads. */
export const privateBucket = (
  scope: Construct,
  id: string,
  { stage, name, expireAfterDays, uploads = false }: PrivateBucketProps,
): Bucket => {
  const { account, region } = Stack.of(scope);
  const bucket = new Bucket(scope, id, {
    bucketName: named(stage, account, region, name),
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    // An upload holds people's data and is deleted once it was read; an older version would keep it.
    versioned: !uploads,
    removalPolicy: stage.removal,
    lifecycleRules: [
      {
        abortIncompleteMultipartUploadAfter: Duration.days(7),
        ...(expireAfterDays === undefined
          ? {}
          : { expiration: Duration.days(expireAfterDays), noncurrentVersionExpiration: Duration.days(7) }),
      },
    ],
    ...(uploads
      ? {
          cors: [
            { allowedMethods: [HttpMethods.PUT], allowedOrigins: [pageOrigin(scope, stage), ...stage.origins], allowedHeaders: ['*'] },
          ],
        }
      : {}),
  });
  const resource = bucket.node.defaultChild;
  // The L2 option for this would bring a custom resource along; the plain property does the same.
  if (uploads && resource instanceof CfnBucket)
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  return bucket;
};
