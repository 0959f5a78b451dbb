import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

/** What CloudFront compresses: text of these types from a thousand bytes on. */
const compressible =
  /^(text\/(css|html|javascript|plain|xml)|application\/(javascript|json|xml|manifest\+json)|image\/svg\+xml|font\/ttf)(;|$)/;
const smallest = 1_000;
const largest = 10_000_000;

/** The encoding of an answer, as the browser and CloudFront agree on it; undefined where it is sent as it is. */
export function encodingFor(accepted: string | undefined, contentType: string, size: number): Encoding | undefined {
  if (size < smallest || size > largest || !compressible.test(contentType)) return undefined;
  const offered = (accepted ?? '').split(',').map((one) => one.trim().split(';')[0]);
  return (['br', 'gzip'] as const).find((encoding) => offered.includes(encoding));
}

/** Compresses each content once; of names with a hash there are not many. */
export function createCompressor(): (etag: string, encoding: Encoding, body: Buffer) => Buffer {
  const done = new Map<string, Buffer>();
  return (etag, encoding, body) => {
    const key = `${etag} ${encoding}`;
    const known = done.get(key) ?? (encoding === 'gzip' ? gzipSync(body) : brotliCompressSync(body, quick));
    done.set(key, known);
    return known;
  };
}

/** About the level that CloudFront uses; the best one takes twenty times as long. */
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
