import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { credentials } from '../account-and-region.ts';
import { BucketError } from './bucket-error.ts';

const algorithm = 'AWS4-HMAC-SHA256';

/**
 * Checks the signature and the expiry of a presigned URL, and that any other request is signed with the local credentials.
 * The signature of a request's headers is not computed: who has the address has the machine.
 * @throws {BucketError} 403
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function refuseUnsigned(request: IncomingMessage, url: URL, nowMillis: number): void {
  if (!url.searchParams.has('X-Amz-Signature')) {
    if (request.headers.authorization?.includes(`Credential=${credentials.accessKeyId}/`) === true) return;
    throw new BucketError(403, 'AccessDenied', 'Access Denied');
  }
  const [signedAt, lifeSeconds] = [parseTime(url.searchParams.get('X-Amz-Date') ?? ''), Number(url.searchParams.get('X-Amz-Expires'))];
  if (!(nowMillis <= signedAt + lifeSeconds * 1000)) throw new BucketError(403, 'AccessDenied', 'Request has expired');
  const expected = Buffer.from(signatureOf(request, url));
  const given = Buffer.from(url.searchParams.get('X-Amz-Signature') ?? '');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new BucketError(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
  }
}

function signatureOf(request: IncomingMessage, url: URL): string {
  const query = url.searchParams;
  const [, date = '', region = '', service = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
  const signedHeaders = query.get('X-Amz-SignedHeaders') ?? '';
  const canonicalRequest = [
    request.method ?? 'GET',
    url.pathname
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    [...query]
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .toSorted()
      .join('&'),
    ...signedHeaders.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    signedHeaders,
    query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = [algorithm, query.get('X-Amz-Date'), scope, createHash('sha256').update(canonicalRequest).digest('hex')].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce(
    (secret: string | Buffer, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  return createHmac('sha256', key).update(text).digest('hex');
}

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** `20260131T120000Z` as milliseconds since 1970. */
function parseTime(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
