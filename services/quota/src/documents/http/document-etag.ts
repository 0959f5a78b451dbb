import { canonicalJson } from '@meilenstein/kernel';
import { deriveId } from '@meilenstein/runtime';

/** The ETag of a document that many aggregates make up: a hash of what it says. */
export const documentEtag = (document: unknown): string => deriveId('document', canonicalJson(document));

/** Whether `If-Match` fits: the ETag itself, `*`, or `0` where nothing was there yet. */
export const fits = (ifMatch: string | undefined, document: unknown, isEmpty: boolean): boolean =>
  ifMatch === undefined || ifMatch === '*' || (ifMatch === '0' && isEmpty) || ifMatch === documentEtag(document);
