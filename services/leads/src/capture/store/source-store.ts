import { factReader, sourceEvents, type SourceFact } from '@meilenstein/contracts';
import type { SourceId } from '@meilenstein/kernel';
import { aggregateStore, type Machinery } from '@meilenstein/runtime';
import { evolveSource, noSource, source, type RegisteredSource, type Source } from '../domain/source.ts';
import { byName, prefixes, sourcesPartition } from '../../keys.ts';

export type PageOf<Item> = { readonly items: readonly Item[]; readonly next: string | null };
export type PageRequest = { readonly limit: number; readonly cursor?: string | undefined };

export const sourceStore = (machinery: Machinery) => {
  const store = aggregateStore<Source, SourceFact>(
    {
      prefix: prefixes.source,
      owner: 'leads',
      schemaNumber: 1,
      schema: source,
      initial: noSource,
      fact: factReader(sourceEvents),
      evolve: evolveSource,
      index: (state) => (state.status === 'none' ? {} : byName(state.settings.name, state.sourceId)),
    },
    machinery,
  );
  const registered = (state: Source | undefined): RegisteredSource | undefined => (state?.status === 'registered' ? state : undefined);
  return {
    ...store,
    /** with its version, for `If-Match` */
    versioned: async (id: SourceId): Promise<{ readonly source: RegisteredSource; readonly version: number } | undefined> => {
      const found = await store.find(id);
      const state = registered(found?.state);
      return found === undefined || state === undefined ? undefined : { source: state, version: found.version };
    },
    registered: async (id: SourceId): Promise<RegisteredSource | undefined> => registered((await store.find(id))?.state),
    byName: async ({ limit, cursor }: PageRequest): Promise<PageOf<RegisteredSource>> => {
      const page = await machinery.table.query({
        index: 'gsi1',
        partition: sourcesPartition,
        limit,
        ...(cursor === undefined ? {} : { after: cursor }),
      });
      return { items: page.items.flatMap((item) => registered(store.read(item).state) ?? []), next: page.next };
    },
  };
};
export type SourceStore = ReturnType<typeof sourceStore>;
