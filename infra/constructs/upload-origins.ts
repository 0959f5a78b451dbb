import { Aws } from 'aws-cdk-lib';
import { named, type Stage } from '../stages.ts';

/** The buckets to which browsers upload; each belongs to the stack of its service, and its name is fixed. */
const uploadBuckets = ['leads-imports', 'pipeline-imports'] as const;

/** Where presigned URLs for uploads point: the page must be allowed to connect there. */
export const uploadOrigins = (stage: Stage): readonly string[] =>
  uploadBuckets.map((bucket) => `https://${named(stage, Aws.ACCOUNT_ID, Aws.REGION, bucket)}.s3.${Aws.REGION}.${Aws.URL_SUFFIX}`);
