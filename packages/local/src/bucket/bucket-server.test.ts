import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BusEvent } from '../bus/event-bus.ts';
import { close, listen } from '../endpoint/listen.ts';
import { credentials, region } from '../account-and-region.ts';
import { type Buckets, createBuckets } from './bucket-server.ts';

const Bucket = 'reports';
const sha256 = (body: string): string => createHash('sha256').update(body).digest('base64');

describe('a bucket', () => {
  const folder = mkdtempSync(join(tmpdir(), 'buckets-'));
  const events: BusEvent[] = [];
  let buckets: Buckets;
  let server: Server;
  let client: S3Client;

  beforeAll(async () => {
    const CorsRules = [
      { AllowedMethods: ['PUT'], AllowedOrigins: ['https://app.example'], AllowedHeaders: ['*'], ExposedHeaders: ['ETag'] },
    ];
    const properties = {
      VersioningConfiguration: { Status: 'Enabled' as const },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      CorsConfiguration: { CorsRules },
    };
    buckets = createBuckets([{ path: 'stack/Bucket', name: Bucket, ref: Bucket, properties, assetFolders: new Map() }], folder, (event) =>
      events.push(event),
    );
    server = createServer(buckets.handle);
    client = new S3Client({ endpoint: await listen(server, 0), region, credentials, forcePathStyle: true });
  });
  afterAll(async () => {
    client.destroy();
    await close(server);
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    events.length = 0;
  });

  const put = (Key: string, Body: string, more: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const get = async (Key: string, more: object = {}) =>
    (await client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();

  test('keeps an object as a plain file, with its type, metadata and checksum', async () => {
    const answer = await put('2026/a b ü.csv', 'x;y', { ContentType: 'text/csv', Metadata: { rows: '1' }, ChecksumSHA256: sha256('x;y') });
    expect(answer.ETag).toBe(`"${createHash('md5').update('x;y').digest('hex')}"`);
    expect(readFileSync(join(buckets.folder(Bucket), '2026', 'a b ü.csv'), 'utf8')).toBe('x;y');
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: '2026/a b ü.csv', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ContentType: 'text/csv', ContentLength: 3, Metadata: { rows: '1' }, ChecksumSHA256: sha256('x;y') });
    expect(await get('2026/a b ü.csv')).toBe('x;y');
  });

  test('stores a streamed body without its chunk framing', async () => {
    const bytes = randomBytes(300_000);
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'streamed',
        Body: Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]),
        ContentLength: bytes.length,
      }),
    );
    expect(readFileSync(join(buckets.folder(Bucket), 'streamed')).equals(bytes)).toBe(true);
  });

  test('refuses a body that does not fit its checksum', async () => {
    await expect(put('damaged', 'x', { ChecksumSHA256: sha256('y') })).rejects.toMatchObject({ name: 'BadDigest' });
    expect(existsSync(join(buckets.folder(Bucket), 'damaged'))).toBe(false);
  });

  test('creates only once, and replaces only what the writer has read', async () => {
    const { ETag } = await put('manifest.json', 'one', { IfNoneMatch: '*' });
    await expect(put('manifest.json', 'two', { IfNoneMatch: '*' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
    await put('manifest.json', 'two', { IfMatch: ETag });
    await expect(put('manifest.json', 'three', { IfMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
    expect(await get('manifest.json')).toBe('two');
  });

  test('lets exactly one of many simultaneous writers create', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => put('race', String(index), { IfNoneMatch: '*' })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('returns a range of an object, and 304 if the reader already has it', async () => {
    const { ETag } = await put('range', '0123456789');
    expect(await get('range', { Range: 'bytes=2-4' })).toBe('234');
    expect(await get('range', { Range: 'bytes=-3' })).toBe('789');
    await expect(get('range', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
    await expect(get('range', { IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  test('keeps old versions beside the folder', async () => {
    const first = await put('versioned', 'old');
    await put('versioned', 'new');
    expect(await get('versioned', { VersionId: first.VersionId })).toBe('old');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'versioned' }));
    await expect(get('versioned')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await get('versioned', { VersionId: first.VersionId })).toBe('old');
  });

  test('lists in pages, with prefixes and delimiters', async () => {
    for (const key of ['list/a/1', 'list/a/2', 'list/b', 'list/c&d', 'list/z/9']) await put(key, key);
    const list = (more: object) => client.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', ...more }));
    expect((await list({})).Contents?.map(({ Key }) => Key)).toEqual(['list/a/1', 'list/a/2', 'list/b', 'list/c&d', 'list/z/9']);
    const first = await list({ Delimiter: '/', MaxKeys: 2 });
    expect([first.CommonPrefixes, first.Contents?.map(({ Key }) => Key), first.IsTruncated]).toEqual([
      [{ Prefix: 'list/a/' }],
      ['list/b'],
      true,
    ]);
    const second = await list({ Delimiter: '/', ContinuationToken: first.NextContinuationToken });
    expect([second.CommonPrefixes, second.Contents?.map(({ Key }) => Key), second.IsTruncated]).toEqual([
      [{ Prefix: 'list/z/' }],
      ['list/c&d'],
      false,
    ]);
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'list/b' }, { Key: 'list/c&d' }] } }));
    expect((await list({})).KeyCount).toBe(3);
  });

  test('copies objects, and assembles the parts of an upload', async () => {
    await put('source', 'copied', { Metadata: { kept: 'yes' } });
    await client.send(new CopyObjectCommand({ Bucket, Key: 'target', CopySource: `${Bucket}/source` }));
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'target' }))).toMatchObject({ Metadata: { kept: 'yes' } });
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'large' }));
    const parts = await Promise.all(
      ['first ', 'second'].map(async (Body, index) => ({
        PartNumber: index + 1,
        ETag: (await client.send(new UploadPartCommand({ Bucket, Key: 'large', UploadId, PartNumber: index + 1, Body }))).ETag,
      })),
    );
    const done = await client.send(
      new CompleteMultipartUploadCommand({ Bucket, Key: 'large', UploadId, MultipartUpload: { Parts: parts } }),
    );
    expect(done.ETag).toMatch(/-2"$/);
    expect(await get('large')).toBe('first second');
  });

  test('sends an event to the bus for every object that was created', async () => {
    await put('told.csv', 'abc');
    expect(events).toEqual([
      {
        source: 'aws.s3',
        detailType: 'Object Created',
        resources: [`arn:aws:s3:::${Bucket}`],
        detail: expect.objectContaining({
          bucket: { name: Bucket },
          object: expect.objectContaining({ key: 'told.csv', size: 3 }),
          reason: 'PutObject',
        }),
      },
    ]);
  });

  test('opens to a presigned URL, but not to a forged, an expired or an unsigned one', async () => {
    await put('signed file.csv', 'secret', { ContentType: 'text/csv' });
    const url = await getSignedUrl(
      client,
      new GetObjectCommand({ Bucket, Key: 'signed file.csv', ResponseContentDisposition: 'attachment; filename="a.csv"' }),
      { expiresIn: 60 },
    );
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-disposition'), await answer.text()]).toEqual([
      200,
      'attachment; filename="a.csv"',
      'secret',
    ]);
    expect((await fetch(url.replace(/X-Amz-Signature=.{4}/, 'X-Amz-Signature=0000'))).status).toBe(403);
    expect((await fetch(url.replace('signed%20file', 'manifest'))).status).toBe(403);
    expect((await fetch(url.split('?')[0] ?? '')).status).toBe(403);
    const old = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'signed file.csv' }), {
      expiresIn: 60,
      signingDate: new Date(Date.now() - 120_000),
    });
    const expired = await fetch(old);
    expect([expired.status, await expired.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
  });

  test('takes an upload of a page through a presigned URL', async () => {
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'uploaded', ContentType: 'application/x-ndjson' }), {
      expiresIn: 60,
    });
    const origin = 'https://app.example';
    const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const upload = await fetch(url, { method: 'PUT', body: '{}', headers: { origin, 'content-type': 'application/x-ndjson' } });
    expect([upload.status, upload.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    expect(await get('uploaded')).toBe('{}');
    const stranger = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere', 'access-control-request-method': 'PUT' },
    });
    expect(stranger.status).toBe(403);
  });

  test('refuses a key that would leave its folder', async () => {
    const response = await fetch(
      `${(await client.config.endpoint?.())?.protocol}//127.0.0.1:${(await client.config.endpoint?.())?.port}/${Bucket}/a/%2e%2e%2f%2e%2e/b`,
      {
        method: 'PUT',
        body: 'x',
        headers: { authorization: 'Credential=local/' },
      },
    );
    expect(response.status).toBe(400);
  });
});
