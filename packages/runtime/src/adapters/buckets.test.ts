import { createServer } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { toInstant } from '@meilenstein/kernel';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TextLine } from '../imports/text-lines.ts';
import { memoryBucket } from '../testing/memory-bucket.ts';
import type { Bucket } from './bucket.ts';
import { s3Bucket } from './s3-bucket.ts';

const clock = { now: () => toInstant('2026-03-02T09:00:00Z') };

/** Objects behind HTTP as S3 serves them, cut into small chunks. */
const objects = new Map<string, Buffer>();
const server = createServer((request, response) => {
  const key = new URL(request.url ?? '', 'http://server').pathname;
  if (request.method === 'PUT') {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      objects.set(key, Buffer.concat(parts));
      response.end();
    });
    return;
  }
  const bytes = objects.get(key) ?? Buffer.alloc(0);
  response.setHeader('content-length', bytes.length);
  for (let from = 0; from < bytes.length; from += 7) response.write(bytes.subarray(from, from + 7));
  response.end();
});

const buckets = new Map<string, Bucket>([['memory', memoryBucket(clock)]]);
let client: S3Client;

beforeAll(async () => {
  // Another test in this process may have replaced how clients send.
  mockClient(S3Client).restore();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  buckets.set('S3', s3Bucket('bucket', client, clock));
});
afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => void server.close(resolve));
});

describe.each(['memory', 'S3'])('the lines of an object in %s', (where) => {
  let made = 0;
  const linesOf = async (content: string | Uint8Array, from = 0): Promise<readonly TextLine[]> => {
    const bucket = buckets.get(where);
    if (bucket === undefined) throw new Error(`${where}: is no bucket`);
    const key = `object-${(made += 1)}`;
    // The SDK signs an upload in pieces, which S3 takes apart again; the server of this test does not.
    if (where === 'S3') objects.set(`/bucket/${key}`, Buffer.from(content));
    else await bucket.putNew(key, Buffer.from(content), 'application/x-ndjson');
    const lines: TextLine[] = [];
    for await (const line of bucket.lines(key, from)) lines.push(line);
    return lines;
  };
  const texts = (...lines: readonly string[]): readonly TextLine[] => lines.map((text) => ({ text }));

  it('K2: end with a line feed, alone or after a carriage return, and with nothing else', async () => {
    const odd = 'a\u2028b\u2029c\u0085d\u000be\u000cf\rg';
    expect(await linesOf(`${odd}\r\n{}\n\n last`)).toEqual(texts(odd, '{}', '', ' last'));
    expect(await linesOf('one\ntwo\n')).toEqual(texts('one', 'two'));
    expect(await linesOf('')).toEqual([]);
  });

  it('K2: are counted as they stand in the file, from wherever they are read', async () => {
    for (const from of [0, 1, 2, 3, 4])
      expect(await linesOf('one\n\u2028\nthree', from)).toEqual(texts('one', '\u2028', 'three').slice(from));
  });

  it('K1: are decoded one by one: a line that is no UTF-8 says so, and the others are read', async () => {
    const content = Buffer.concat([Buffer.from('Müller\n'), Buffer.from([0x4d, 0xfc, 0x6c]), Buffer.from('\r\nGröße')]);
    expect(await linesOf(content)).toEqual([{ text: 'Müller' }, { fault: 'text-not-utf-8' }, { text: 'Größe' }]);
  });

  it('K1: follow the byte-order mark, which is no part of the first line', async () => {
    expect(await linesOf('\ufeffMüller\nGröße')).toEqual(texts('Müller', 'Größe'));
    const content = '\ufeffMüller\r\nಊ\u0a0aGröße\n';
    const lines = texts('Müller', 'ಊ\u0a0aGröße');
    expect(await linesOf(Buffer.from(content, 'utf16le'))).toEqual(lines);
    expect(await linesOf(Buffer.from(content, 'utf16le').swap16())).toEqual(lines);
    expect(await linesOf(Buffer.from(content, 'utf16le'), 1)).toEqual(lines.slice(1));
  });

  it('K2: are the parts between line ends, whatever the text is and however it is cut', async () => {
    const line = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed().replace(/[\r\n]/g, ''));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 8 }), async (parts) => {
        fc.pre(!(parts[0]?.[0] ?? '').startsWith('\ufeff'));
        expect(await linesOf(parts.flat().join(''))).toEqual(texts(...parts.map(([text]) => text)));
      }),
      { numRuns: 30 },
    );
  });

  it('K2: are refused beyond a megabyte, so that a file without line ends does not fill the memory', async () => {
    const long = 'x'.repeat(1_000_001);
    expect(await linesOf(`a\n${long}\nb`)).toEqual([{ text: 'a' }, { fault: 'line-too-long' }, { text: 'b' }]);
  });
});
