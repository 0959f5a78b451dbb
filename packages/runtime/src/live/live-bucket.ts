import { S3Client } from '@aws-sdk/client-s3';
import type { Bucket } from '../adapters/bucket.ts';
import { setting, wallClock } from './live.ts';
import { s3Bucket } from '../adapters/s3-bucket.ts';

/**
 * The service's own bucket (`BUCKET_NAME`). By itself the SDK would sign the checksum of an empty body into an address for an upload, and S3
 * would refuse every file that is put there.
 */
export const liveBucket = (): Bucket =>
  s3Bucket(setting('BUCKET_NAME'), new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' }), wallClock);
