import type { Machinery } from '@meilenstein/runtime';
import { companyStore } from './organisation/store/company-store.ts';
import { creditStore } from './credits/store/credit-store.ts';
import { planStore } from './plans/store/plan-store.ts';
import { viewStore } from './views/store/view-store.ts';
import { documentGuards } from './documents/store/document-guard.ts';

/** Everything that this service stores. */
export const quotaStores = (machinery: Machinery) => ({
  company: companyStore(machinery),
  ...planStore(machinery),
  credits: creditStore(machinery),
  views: viewStore(machinery),
  guards: documentGuards(machinery),
});
export type Stores = ReturnType<typeof quotaStores>;
