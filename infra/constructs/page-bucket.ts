import { Aws, Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { named, type Stage } from '../stages.ts';
import { privateBucket } from './private-bucket.ts';

/** The bucket of the page's files; stack `page` fills it and knows it by this name. */
export const pageBucketName = (stage: Stage): string => named(stage, Aws.ACCOUNT_ID, Aws.REGION, 'page');

/** An open tab goes on asking for the files that it was loaded with: those of an earlier release stay for so long. */
const keepSuperseded = Duration.days(30);

/**
 * Files of the newest release never expire. Those of an earlier one are written anew with the tag `superseded` once the release that
 * replaces them is complete, so that their days count from then and not from the day on which they were made.
 */
export const pageBucket = (scope: Construct, stage: Stage): Bucket => {
  const bucket = privateBucket(scope, 'Page', { stage, name: 'page' });
  bucket.addLifecycleRule({ tagFilters: { superseded: 'true' }, expiration: keepSuperseded });
  bucket.addLifecycleRule({ noncurrentVersionExpiration: Duration.days(7) });
  return bucket;
};
