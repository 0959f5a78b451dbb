import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { BucketError } from './bucket-error.ts';

export type SentObject = { readonly body: Buffer; readonly checksums: Readonly<Record<string, string>> };

type Checksum = (body: Buffer) => string;

/** Those that Node can compute; the others are stored as the client said them. */
const computable: Readonly<Record<string, Checksum>> = {
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest('base64'),
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest('base64'),
  'x-amz-checksum-crc32': (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  },
};

/**
 * The object inside a request's body: SDKs wrap streamed bodies into chunks and append checksums as trailers.
 * @throws {BucketError} when a checksum does not fit
 */
export function readSentObject(headers: IncomingHttpHeaders, raw: Buffer): SentObject {
  const isChunked =
    String(headers['x-amz-content-sha256']).startsWith('STREAMING-') || String(headers['content-encoding']).includes('aws-chunked');
  const { body, trailers } = isChunked ? unwrap(raw) : { body: raw, trailers: {} };
  const sent = Object.entries({ ...headers, ...trailers }).filter(
    ([name]) => name.startsWith('x-amz-checksum-') && !/-(algorithm|type|mode)$/.test(name),
  );
  const checksums = Object.fromEntries(sent.map(([name, value]) => [name, String(value)]));
  for (const [name, value] of Object.entries(checksums)) {
    const compute = computable[name];
    if (compute !== undefined && compute(body) !== value)
      throw new BucketError(400, 'BadDigest', `The ${name} you specified did not match what we received.`);
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && createHash('md5').update(body).digest('base64') !== md5) {
    throw new BucketError(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  return { body, checksums };
}

const lineEnd = '\r\n';

/** `<hex length>[;chunk-signature=…]\r\n<bytes>\r\n … 0\r\n[name:value\r\n]…\r\n` */
function unwrap(raw: Buffer): { readonly body: Buffer; readonly trailers: Readonly<Record<string, string>> } {
  const parts: Buffer[] = [];
  let position = 0;
  for (;;) {
    const end = raw.indexOf(lineEnd, position);
    const length = Number.parseInt(raw.toString('latin1', position, end), 16);
    if (end === -1 || Number.isNaN(length)) throw new BucketError(400, 'IncompleteBody', 'The chunked body ends too early.');
    position = end + lineEnd.length;
    if (length === 0) break;
    if (position + length > raw.length) throw new BucketError(400, 'IncompleteBody', 'The chunked body ends too early.');
    parts.push(raw.subarray(position, position + length));
    position += length + lineEnd.length;
  }
  const lines = raw.toString('latin1', position).split(/\r?\n/);
  const trailers = lines.flatMap((line) => {
    const [name = '', ...value] = line.split(':');
    return value.length === 0 ? [] : [[name.trim().toLowerCase(), value.join(':').trim()]];
  });
  return { body: Buffer.concat(parts), trailers: Object.fromEntries(trailers) };
}
