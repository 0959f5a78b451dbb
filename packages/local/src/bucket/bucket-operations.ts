import { listObjects } from './list-objects.ts';
import type { BucketAnswer } from './object-operations.ts';
import type { ObjectStore } from './object-store.ts';
import { type Element, elementTexts, xmlDocument } from './xml.ts';

const maxKeysPerPage = 1000;

/** ListObjectsV2. */
export function listBucket(name: string, store: ObjectStore, query: URLSearchParams): BucketAnswer {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString('utf8');
  const maxKeys = Math.min(Number(query.get('max-keys') ?? maxKeysPerPage), maxKeysPerPage);
  const page = listObjects(store.folder, { prefix, delimiter, after, maxKeys });
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string): string => text;
  const contents = page.keys.map((key): Element => {
    const facts = store.facts(key);
    return [
      'Contents',
      [
        ['Key', encode(key)],
        ['LastModified', facts?.modifiedAt ?? ''],
        ['ETag', `"${facts?.etag ?? ''}"`],
        ['Size', facts?.size ?? 0],
        ['StorageClass', 'STANDARD'],
      ],
    ];
  });
  const next: readonly Element[] = page.next === undefined ? [] : [['NextContinuationToken', Buffer.from(page.next).toString('base64url')]];
  return {
    status: 200,
    body: xmlDocument([
      'ListBucketResult',
      [
        ['Name', name],
        ['Prefix', encode(prefix)],
        ['MaxKeys', maxKeys],
        ['KeyCount', page.keys.length + page.commonPrefixes.length],
        ['IsTruncated', page.next !== undefined],
        ...next,
        ...contents,
        ...page.commonPrefixes.map((common): Element => ['CommonPrefixes', [['Prefix', encode(common)]]]),
      ],
    ]),
  };
}

/** DeleteObjects: every key of the request, without versions. */
export function deleteObjects(store: ObjectStore, body: Buffer): BucketAnswer {
  const keys = elementTexts(body.toString('utf8'), 'Key');
  for (const key of keys) store.remove(key);
  return { status: 200, body: xmlDocument(['DeleteResult', keys.map((key): Element => ['Deleted', [['Key', key]]])]) };
}
