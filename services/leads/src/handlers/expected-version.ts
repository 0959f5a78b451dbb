import { refused } from '@meilenstein/kernel';

/** The version that a caller read, from `If-Match`; `*` expects nothing, what is no version of ours fits none. */
export const expectedVersion = (ifMatch: string | undefined): { readonly expectedVersion?: number } => {
  if (ifMatch === undefined || ifMatch === '*') return {};
  return { expectedVersion: /^\d{1,9}$/.test(ifMatch) ? Number(ifMatch) : -1 };
};

export const versionIsStale = refused('version-is-stale', 'somebody changed it since you read it; GET it again and decide anew');
