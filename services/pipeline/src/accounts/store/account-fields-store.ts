import { accountFieldsPublished, factReader, type AccountFieldsFact } from '@meilenstein/contracts';
import type { Decision } from '@meilenstein/kernel';
import { aggregateStore, type Machinery } from '@meilenstein/runtime';
import { evolveAccountFields, noAccountFields, type AccountFields } from '../domain/account-fields.ts';
import { accountFieldsId, prefixes } from '../../keys.ts';
import { storedAccountFields } from './stored-account.ts';

/** Stores the fields that the company adds to its accounts. */
export const accountFieldsStore = (machinery: Machinery) => {
  const store = aggregateStore<AccountFields, AccountFieldsFact>(
    {
      prefix: prefixes.accountFields,
      owner: 'pipeline',
      schemaNumber: 1,
      schema: storedAccountFields,
      initial: noAccountFields,
      fact: factReader([accountFieldsPublished]),
      evolve: evolveAccountFields,
    },
    machinery,
  );
  return {
    audited: store.audited,
    change: <R>(decide: (current: AccountFields) => Decision<AccountFieldsFact, R>, options?: { readonly expectedVersion?: number }) =>
      store.change(accountFieldsId, decide, options),
    read: async (): Promise<AccountFields> => (await store.find(accountFieldsId))?.state ?? noAccountFields,
  };
};
