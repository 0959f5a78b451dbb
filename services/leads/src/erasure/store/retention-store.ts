import { factReader, retentionPublished, type RetentionFact } from '@meilenstein/contracts';
import { aggregateStore, writeAll, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveRetention, noRetention, publishRetention, retention, type Retention } from '../domain/retention.ts';
import { prefixes, retentionBookmarkKey } from '../../keys.ts';

const bookmarkItem = z.looseObject({ after: z.string().nullable() });
const theRules = 'RULES';

export const retentionStore = (machinery: Machinery) => {
  const store = aggregateStore<Retention, RetentionFact>(
    {
      prefix: prefixes.retention,
      owner: 'leads',
      schemaNumber: 1,
      schema: retention,
      initial: noRetention,
      fact: factReader([retentionPublished]),
      evolve: evolveRetention,
    },
    machinery,
  );
  return {
    audited: store.audited,
    /** the rules in force; version 0: everything is kept */
    current: async (): Promise<Retention> => (await store.find(theRules))?.state ?? noRetention,
    /** where the last run stopped; null: it read everything */
    bookmark: async (): Promise<string | null> =>
      bookmarkItem.safeParse(await machinery.table.get(retentionBookmarkKey)).data?.after ?? null,
    keepBookmark: async (after: string | null): Promise<void> => {
      await writeAll(machinery, [{ put: { ...retentionBookmarkKey, after } }]);
    },
    publish: (days: Retention['days'], options: { expectedVersion?: number }) =>
      store.change(theRules, (state) => publishRetention(state, days), options),
  };
};
export type RetentionStore = ReturnType<typeof retentionStore>;
