import { refused } from '@meilenstein/kernel';

/**
 * The version that a caller read, from `If-Match`; `*` expects nothing, what is no version of ours fits none. Of a tag that says more
 * than the version (`7.x4k…`) only the version counts: points that faded meanwhile, or another pair of eyes, make no decision stale.
 */
export const expectedVersion = (ifMatch: string | undefined): { readonly expectedVersion?: number } => {
  if (ifMatch === undefined || ifMatch === '*') return {};
  const version = /^(\d{1,9})(?:\.[0-9a-z]{1,40})?$/.exec(ifMatch)?.[1];
  return { expectedVersion: version === undefined ? -1 : Number(version) };
};

/** The refusal of a stale version. */
export const versionConflict = refused('version-conflict', 'somebody changed it since you read it; GET it again and decide anew');
