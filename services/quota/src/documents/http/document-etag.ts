import { canonicalJson } from '@meilenstein/kernel';
import { deriveId } from '@meilenstein/runtime';

/** The ETag of a document that many aggregates make up: a hash of its content. */
export const documentEtag = (document: unknown): string => deriveId('document', canonicalJson(document));

/** Whether `If-Match` matches a document: its ETag, `*`, or `0` where there is no document yet. */
export const matchesEtag = (ifMatch: string | undefined, document: unknown, isEmpty: boolean): boolean =>
  ifMatch === undefined || ifMatch === '*' || (ifMatch === '0' && isEmpty) || ifMatch === documentEtag(document);
