import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { addMillis, type Clock } from '@meilenstein/kernel';
import { textLines } from '../imports/text-lines.ts';
import type { Bucket } from './bucket.ts';

const unquoted = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '');

// 412: the condition did not hold; 409: somebody writes the same key now, which S3 asks to try again.
const refusedByCondition = (error: unknown): boolean =>
  error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0);

/** S3. Every object goes up with a SHA-256 checksum that S3 verifies. */
export const s3Bucket = (name: string, client: S3Client, clock: Clock): Bucket => {
  const put = async (key: string, bytes: Uint8Array, contentType: string, condition: object): Promise<boolean> => {
    try {
      await client.send(
        new PutObjectCommand({ Bucket: name, Key: key, Body: bytes, ContentType: contentType, ChecksumAlgorithm: 'SHA256', ...condition }),
      );
      return true;
    } catch (error) {
      if (refusedByCondition(error)) return false;
      throw error;
    }
  };
  const until = (validMillis: number) => addMillis(clock.now(), validMillis);
  return {
    putNew: (key, bytes, contentType) => put(key, bytes, contentType, { IfNoneMatch: '*' }),
    swap: (key, bytes, contentType, etag) => put(key, bytes, contentType, etag === null ? { IfNoneMatch: '*' } : { IfMatch: `"${etag}"` }),
    get: async (key) => {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: name, Key: key }));
        return { bytes: (await answer.Body?.transformToByteArray()) ?? new Uint8Array(), etag: unquoted(answer.ETag) };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    remove: async (key) => {
      await client.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
    },
    lines: async function* (key, from, charset) {
      const answer = await client.send(new GetObjectCommand({ Bucket: name, Key: key }));
      if (answer.Body instanceof Readable) yield* textLines(answer.Body, from, charset);
    },
    presignedGet: async (key, validMillis) => ({
      url: await getSignedUrl(client, new GetObjectCommand({ Bucket: name, Key: key }), { expiresIn: Math.floor(validMillis / 1000) }),
      expiresAt: until(validMillis),
    }),
    presignedPut: async (key, contentType, validMillis) => ({
      url: await getSignedUrl(client, new PutObjectCommand({ Bucket: name, Key: key, ContentType: contentType }), {
        // Signed, so that nothing of another type can be put there.
        signableHeaders: new Set(['content-type']),
        expiresIn: Math.floor(validMillis / 1000),
      }),
      expiresAt: until(validMillis),
    }),
  };
};
