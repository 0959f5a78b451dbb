import type { Machinery } from '@meilenstein/runtime';
import { companyStore } from './company-store.ts';
import { creditStore } from './credit-store.ts';
import { planStore } from './plan-store.ts';

/** Everything this service keeps. */
export const quotaShelves = (machinery: Machinery) => ({
  company: companyStore(machinery),
  ...planStore(machinery),
  credits: creditStore(machinery),
});
export type Shelves = ReturnType<typeof quotaShelves>;
