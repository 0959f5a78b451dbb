import { live, callExternal, setting, type HttpDeps, type Machinery, type CallExternal } from '@meilenstein/runtime';
import { liveParameters } from '@meilenstein/runtime/live/live-parameters';
import { leadsStores, type Stores } from './stores.ts';

/** What every handler of this service needs. */
export type LeadsDeps = Machinery & HttpDeps & { readonly stores: Stores; readonly outside: CallExternal };

/** The live dependencies. `SECRETS_PREFIX` and `PERSON_KEY_PARAMETER` are read by the functions that need them only. */
export const liveLeads = (): LeadsDeps => {
  const machinery = live();
  const names = { secretsPrefix: () => setting('SECRETS_PREFIX'), personKey: () => setting('PERSON_KEY_PARAMETER') };
  return { ...machinery, outside: callExternal, stores: leadsStores(machinery, liveParameters(), names) };
};
