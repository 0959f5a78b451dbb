import type { IncomingHttpHeaders } from 'node:http';
import { BucketError } from '../bucket/bucket-error.ts';
import type { ObjectStore } from '../bucket/object-store.ts';
import { xmlDocument } from '../bucket/xml.ts';
import { createCompressor, encodingFor } from './compressed.ts';

export type OriginAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

const empty = Buffer.alloc(0);

/** Answers from a bucket as CloudFront gives them on: the object's own headers, a validator, compressed where that is switched on. */
export function createBucketOrigin(): (store: ObjectStore, uri: string, request: IncomingHttpHeaders, compresses: boolean) => OriginAnswer {
  const compress = createCompressor();
  return (store, uri, request, compresses) => {
    const found = readObject(store, uri);
    if (found === undefined) return missing;
    const { facts, body } = found;
    const contentType = facts.headers['content-type'] ?? 'binary/octet-stream';
    const encoding = compresses ? encodingFor(request['accept-encoding'], contentType, body.length) : undefined;
    const headers = {
      'content-type': contentType,
      ...(facts.headers['cache-control'] === undefined ? {} : { 'cache-control': facts.headers['cache-control'] }),
      'last-modified': new Date(facts.modifiedAt).toUTCString(),
      // Another encoding is not the same byte for byte.
      etag: encoding === undefined ? `"${facts.etag}"` : `W/"${facts.etag}"`,
      ...(compresses ? { vary: 'accept-encoding' } : {}),
    };
    if (isKnown(request['if-none-match'], facts.etag)) return { status: 304, headers, body: empty };
    if (encoding === undefined) return { status: 200, headers, body };
    return { status: 200, headers: { ...headers, 'content-encoding': encoding }, body: compress(facts.etag, encoding, body) };
  };
}

const isKnown = (condition: string | undefined, etag: string): boolean =>
  (condition ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === `"${etag}"`);

function readObject(store: ObjectStore, uri: string) {
  try {
    return store.read(decodeURIComponent(uri.slice(1)));
  } catch (error) {
    // A name that no object can have is as missing as any other.
    if (error instanceof BucketError || error instanceof URIError) return undefined;
    throw error;
  }
}

/** S3's own answer: whoever asks for a script must not get a document. */
const missing: OriginAnswer = {
  status: 404,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(
    xmlDocument([
      'Error',
      [
        ['Code', 'NoSuchKey'],
        ['Message', 'The specified key does not exist.'],
      ],
    ]),
  ),
};
