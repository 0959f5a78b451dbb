import type { IncomingMessage } from 'node:http';
import { BucketError } from './bucket-error.ts';
import type { Reason } from './object-created.ts';
import type { MultipartUploads } from './multipart-uploads.ts';
import type { ObjectFacts, ObjectStore } from './object-store.ts';
import { readSentObject } from './request-body.ts';
import { elementTexts, xmlDocument } from './xml.ts';

export type BucketAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
};

/** A request about one object, read as far as every operation needs it. */
export type ObjectRequest = {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  readonly key: string;
  readonly body: Buffer;
  readonly store: ObjectStore;
  readonly uploads: MultipartUploads;
  readonly storeOf: (bucket: string) => ObjectStore;
  readonly created: (facts: ObjectFacts, reason: Reason) => void;
};

const keptHeaders = ['content-type', 'content-disposition', 'content-language', 'cache-control', 'expires'];
const quoted = (etag: string): string => `"${etag}"`;

/** Headers that belong to the object and come back with it. */
function objectHeaders({ request, query }: ObjectRequest): Readonly<Record<string, string>> {
  const encoding = String(request.headers['content-encoding'] ?? '').replace(/,?\s*aws-chunked\s*,?/, '');
  const own = [...Object.entries(request.headers), ...query].filter(
    ([name]) => keptHeaders.includes(name) || name.startsWith('x-amz-meta-'),
  );
  return {
    ...Object.fromEntries(own.map(([name, value]) => [name, String(value)])),
    ...(encoding === '' ? {} : { 'content-encoding': encoding }),
  };
}

const conditionOf = ({ request }: ObjectRequest) => ({
  ifMatch: request.headers['if-match'],
  ifNoneMatch: request.headers['if-none-match'],
});

const versionHeader = ({ isVersioned }: ObjectStore, { versionId }: ObjectFacts) => (isVersioned ? { 'x-amz-version-id': versionId } : {});

export function putObject(call: ObjectRequest): BucketAnswer {
  const { store, key, request, created } = call;
  const { body, checksums } = readSentObject(request.headers, call.body);
  const facts = store.put(key, body, { headers: { ...objectHeaders(call), ...checksums }, condition: conditionOf(call) });
  created(facts, 'PutObject');
  return { status: 200, headers: { etag: quoted(facts.etag), ...checksums, ...versionHeader(store, facts) } };
}

export function copyObject(call: ObjectRequest): BucketAnswer {
  const [path = '', versionId] = String(call.request.headers['x-amz-copy-source']).replace(/^\//, '').split('?versionId=');
  const [bucket = '', ...key] = decodeURIComponent(path).split('/');
  const source = call.storeOf(bucket).read(key.join('/'), versionId);
  const headers = call.request.headers['x-amz-metadata-directive'] === 'REPLACE' ? objectHeaders(call) : source.facts.headers;
  const facts = call.store.put(call.key, source.body, { headers, condition: conditionOf(call) });
  call.created(facts, 'CopyObject');
  const body = xmlDocument([
    'CopyObjectResult',
    [
      ['ETag', quoted(facts.etag)],
      ['LastModified', facts.modifiedAt],
    ],
  ]);
  return { status: 200, headers: versionHeader(call.store, facts), body };
}

export function getObject(call: ObjectRequest): BucketAnswer {
  const { store, key, query, request } = call;
  const { facts, body } = store.read(key, query.get('versionId') ?? undefined);
  const { range, 'if-none-match': ifNoneMatch, 'if-match': ifMatch } = request.headers;
  const asks = (condition: string): boolean => condition === '*' || condition.split(',').some((etag) => etag.trim() === quoted(facts.etag));
  if (ifMatch !== undefined && !asks(ifMatch))
    throw new BucketError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  if (ifNoneMatch !== undefined && asks(ifNoneMatch)) return { status: 304, headers: { etag: quoted(facts.etag) } };
  const isPart = range !== undefined;
  const [start, end] = isPart ? readRange(range, facts.size) : [0, facts.size];
  const wantsChecksum = request.headers['x-amz-checksum-mode'] === 'ENABLED' && !isPart;
  const own = Object.entries(facts.headers).filter(([name]) => wantsChecksum || !name.startsWith('x-amz-checksum-'));
  const overrides = [...query]
    .filter(([name]) => name.startsWith('response-'))
    .map(([name, value]) => [name.slice('response-'.length), value]);
  return {
    status: isPart ? 206 : 200,
    headers: {
      'content-type': 'binary/octet-stream',
      ...Object.fromEntries([...own, ...overrides]),
      etag: quoted(facts.etag),
      'last-modified': new Date(facts.modifiedAt).toUTCString(),
      'accept-ranges': 'bytes',
      'content-length': String(end - start),
      ...(isPart ? { 'content-range': `bytes ${start}-${end - 1}/${facts.size}` } : {}),
      ...versionHeader(store, facts),
    },
    body: body.subarray(start, end),
  };
}

/** First byte and the byte after the last. */
function readRange(range: string, size: number): readonly [number, number] {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(Number(last) + 1, size);
  if ((first === '' && last === '') || start >= end) throw new BucketError(416, 'InvalidRange', 'The requested range is not satisfiable');
  return [start, end];
}

export function deleteObject({ store, key, query }: ObjectRequest): BucketAnswer {
  store.remove(key, query.get('versionId') ?? undefined);
  return { status: 204 };
}

export function startUpload(call: ObjectRequest, bucket: string): BucketAnswer {
  const uploadId = call.uploads.start(objectHeaders(call));
  return {
    status: 200,
    body: xmlDocument([
      'InitiateMultipartUploadResult',
      [
        ['Bucket', bucket],
        ['Key', call.key],
        ['UploadId', uploadId],
      ],
    ]),
  };
}

export function putPart({ request, query, body, uploads }: ObjectRequest): BucketAnswer {
  const sent = readSentObject(request.headers, body);
  const etag = uploads.addPart(query.get('uploadId') ?? '', Number(query.get('partNumber')), sent.body);
  return { status: 200, headers: { etag: quoted(etag), ...sent.checksums } };
}

export function completeUpload(call: ObjectRequest, bucket: string): BucketAnswer {
  const uploadId = call.query.get('uploadId') ?? '';
  const { body, etag, headers } = call.uploads.assemble(uploadId, elementTexts(call.body.toString('utf8'), 'PartNumber').map(Number));
  const facts = call.store.put(call.key, body, { headers, etag, condition: conditionOf(call) });
  call.uploads.end(uploadId);
  call.created(facts, 'CompleteMultipartUpload');
  const document = xmlDocument([
    'CompleteMultipartUploadResult',
    [
      ['Bucket', bucket],
      ['Key', call.key],
      ['ETag', quoted(facts.etag)],
    ],
  ]);
  return { status: 200, headers: versionHeader(call.store, facts), body: document };
}

export function abortUpload({ query, uploads }: ObjectRequest): BucketAnswer {
  uploads.end(query.get('uploadId') ?? '');
  return { status: 204 };
}
