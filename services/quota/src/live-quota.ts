import { live, type HttpDeps, type Machinery } from '@meilenstein/runtime';
import { quotaStores, type Stores } from './stores.ts';

/** The dependencies of every handler of this service. */
export type QuotaDeps = Machinery & HttpDeps & { readonly stores: Stores };

export const liveQuota = (): QuotaDeps => {
  const machinery = live();
  return { ...machinery, stores: quotaStores(machinery) };
};
