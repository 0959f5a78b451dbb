import { live, type HttpDeps, type Machinery } from '@meilenstein/runtime';
import { quotaShelves, type Shelves } from './shelves.ts';

/** What every handler of this service needs. */
export type QuotaDeps = Machinery & HttpDeps & { readonly shelves: Shelves };

export const liveQuota = (): QuotaDeps => {
  const machinery = live();
  return { ...machinery, shelves: quotaShelves(machinery) };
};
