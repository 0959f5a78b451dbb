import type { IncomingMessage, RequestListener } from 'node:http';
import { join } from 'node:path';
import type { System } from '../assembly/system.ts';
import type { BusEvent } from '../bus/event-bus.ts';
import { readBody } from '../endpoint/read-body.ts';
import { corsHeaders, type CorsRule } from '../http-api/cors.ts';
import { BucketError } from './bucket-error.ts';
import { deleteObjects, listBucket } from './bucket-operations.ts';
import { createMultipartUploads, type MultipartUploads } from './multipart-uploads.ts';
import { objectCreated } from './object-created.ts';
import {
  abortUpload,
  type BucketAnswer,
  completeUpload,
  copyObject,
  deleteObject,
  getObject,
  type ObjectRequest,
  putObject,
  putPart,
  startUpload,
} from './object-operations.ts';
import { type ObjectStore, openObjectStore } from './object-store.ts';
import { refuseUnsigned } from './presigned-url.ts';
import { xmlDocument } from './xml.ts';

/** The buckets of the system and what speaks S3 for them, with the bucket as the path's first part. */
export type Buckets = {
  readonly handle: RequestListener;
  readonly folder: (bucket: string) => string;
  readonly store: (bucket: string) => ObjectStore;
};

type Bucket = {
  readonly name: string;
  readonly store: ObjectStore;
  readonly emits: boolean;
  readonly cors: readonly CorsRule[];
  readonly uploads: MultipartUploads;
};

export function createBuckets(described: System['buckets'], rootFolder: string, emit: (event: BusEvent) => void): Buckets {
  const buckets = new Map(described.map((each) => [each.name, openBucket(each, rootFolder)]));
  const named = (name: string): Bucket => {
    const bucket = buckets.get(name);
    if (bucket === undefined)
      throw new BucketError(404, 'NoSuchBucket', `The bucket ${name} does not exist; there are ${[...buckets.keys()].join(', ')}`);
    return bucket;
  };
  const handle: RequestListener = (request, response) => {
    void answer(request, named, emit)
      .catch((error: unknown) => failed(error))
      .then(({ status, headers = {}, body = '' }) => {
        const length = { 'content-length': String(Buffer.byteLength(body)) };
        response.writeHead(status, {
          'content-type': 'application/xml',
          'x-amz-request-id': 'local',
          ...(status === 204 || status === 304 ? {} : length),
          ...headers,
        });
        response.end(request.method === 'HEAD' ? undefined : body);
      })
      // A header that cannot be sent, such as a content type that was stored with the object.
      .catch(() => (response.headersSent ? response.destroy() : response.writeHead(500).end()));
  };
  return { handle, folder: (name) => named(name).store.folder, store: (name) => named(name).store };
}

function openBucket({ name, properties }: System['buckets'][number], rootFolder: string): Bucket {
  return {
    name,
    store: openObjectStore(join(rootFolder, name), properties.VersioningConfiguration?.Status === 'Enabled'),
    emits: properties.NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled ?? false,
    cors: (properties.CorsConfiguration?.CorsRules ?? []).map((rule) => ({
      origins: rule.AllowedOrigins,
      methods: rule.AllowedMethods,
      headers: rule.AllowedHeaders,
      exposed: rule.ExposedHeaders,
      maxAgeSeconds: rule.MaxAge,
    })),
    uploads: createMultipartUploads(),
  };
}

async function answer(request: IncomingMessage, named: (name: string) => Bucket, emit: (event: BusEvent) => void): Promise<BucketAnswer> {
  const url = new URL(request.url ?? '/', 'http://bucket');
  const [name = '', ...parts] = url.pathname.slice(1).split('/');
  const bucket = named(decodeURIComponent(name));
  const cors = corsOf(bucket, request);
  if (request.method === 'OPTIONS') return { status: Object.keys(cors).length === 0 ? 403 : 200, headers: cors };
  const body = await readBody(request);
  try {
    refuseUnsigned(request, url, Date.now());
    const found = dispatch(
      bucket,
      {
        request,
        query: url.searchParams,
        key: decodeURIComponent(parts.join('/')),
        body,
        store: bucket.store,
        uploads: bucket.uploads,
        storeOf: (other) => named(other).store,
        created: () => undefined,
      },
      emit,
    );
    return { ...found, headers: { ...found.headers, ...cors } };
  } catch (error) {
    const refusal = failed(error);
    return { ...refusal, headers: { ...refusal.headers, ...cors } };
  }
}

function dispatch(bucket: Bucket, given: ObjectRequest, emit: (event: BusEvent) => void): BucketAnswer {
  const { request, query, key, store } = given;
  const call: ObjectRequest = {
    ...given,
    created: (facts, reason) => {
      if (bucket.emits) emit(objectCreated(bucket.name, key, { ...facts, isVersioned: store.isVersioned }, reason));
    },
  };
  const method = request.method ?? 'GET';
  if (key === '') {
    if (method === 'GET' && query.get('list-type') === '2') return listBucket(bucket.name, store, query);
    if (method === 'POST' && query.has('delete')) return deleteObjects(store, call.body);
    if (method === 'HEAD') return { status: 200 };
  }
  if (key !== '' && (method === 'GET' || method === 'HEAD')) return getObject(call);
  if (key !== '' && method === 'PUT') {
    if (query.has('uploadId')) return putPart(call);
    return request.headers['x-amz-copy-source'] === undefined ? putObject(call) : copyObject(call);
  }
  if (key !== '' && method === 'POST' && query.has('uploads')) return startUpload(call, bucket.name);
  if (key !== '' && method === 'POST' && query.has('uploadId')) return completeUpload(call, bucket.name);
  if (key !== '' && method === 'DELETE') return query.has('uploadId') ? abortUpload(call) : deleteObject(call);
  throw new BucketError(501, 'NotImplemented', `${method} ${request.url} is not supported on this machine`);
}

function corsOf({ cors }: Bucket, { method, headers }: IncomingMessage): Readonly<Record<string, string>> {
  const asked = method === 'OPTIONS' ? headers['access-control-request-method'] : method;
  const rule = cors.find(
    ({ methods, origins }) =>
      methods.includes(String(asked)) &&
      Object.keys(corsHeaders({ origins, methods, headers: [], exposed: [] }, headers.origin, false)).length > 0,
  );
  return corsHeaders(rule, headers.origin, method === 'OPTIONS');
}

function failed(error: unknown): BucketAnswer {
  const { status, code, message } = error instanceof BucketError ? error : { status: 500, code: 'InternalError', message: String(error) };
  return {
    status,
    body: xmlDocument([
      'Error',
      [
        ['Code', code],
        ['Message', message],
      ],
    ]),
  };
}
