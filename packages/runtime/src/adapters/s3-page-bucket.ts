import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PageBucket } from '../page/deploy-page.ts';

/** The page's bucket in S3; an object that was superseded has the tag by which the bucket's lifecycle finds it. */
export const s3PageBucket = (name: string, client: S3Client): PageBucket => ({
  get: async (key) => {
    try {
      return await (await client.send(new GetObjectCommand({ Bucket: name, Key: key }))).Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
  put: async (key, bytes, { contentType, cacheControl, isSuperseded }) => {
    await client.send(
      new PutObjectCommand({
        Bucket: name,
        Key: key,
        Body: bytes,
        ContentType: contentType,
        CacheControl: cacheControl,
        ChecksumAlgorithm: 'SHA256',
        ...(isSuperseded ? { Tagging: 'superseded=true' } : {}),
      }),
    );
  },
});
