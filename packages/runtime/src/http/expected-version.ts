import { refused } from '@meilenstein/kernel';

/**
 * The version that the caller read, from `If-Match`. `*` expects no version; a tag that this system did not make matches none. In a tag
 * that holds more than the version (`7.x4k…`) only the version counts: a body may differ by the time or the caller although nothing was
 * changed.
 */
export const expectedVersion = (ifMatch: string | undefined): { readonly expectedVersion?: number } => {
  if (ifMatch === undefined || ifMatch === '*') return {};
  const version = /^(\d{1,9})(?:\.[0-9a-z]{1,40})?$/.exec(ifMatch)?.[1];
  return { expectedVersion: version === undefined ? -1 : Number(version) };
};

/** The refusal of a version that is no longer current. */
export const versionConflict = refused(
  'version-conflict',
  'the ETag in If-Match is not the current one: it was changed after you read it; GET it again and decide again',
);
