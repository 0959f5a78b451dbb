import type { Machinery } from '@meilenstein/runtime';
import { companyStore } from './company-store.ts';
import { creditStore } from './credit-store.ts';
import { documentGuards } from './document-guard.ts';
import { planStore } from './plan-store.ts';

/** Everything this service keeps. */
export const quotaShelves = (machinery: Machinery) => ({
  company: companyStore(machinery),
  ...planStore(machinery),
  credits: creditStore(machinery),
  guards: documentGuards(machinery),
});
export type Shelves = ReturnType<typeof quotaShelves>;
