import { factReader, processPublished, type Milestone, type ProcessFact } from '@meilenstein/contracts';
import { processId, type ProcessId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Machinery } from '@meilenstein/runtime';
import { evolveProcess, unpublished, type ProcessVersion, type SalesProcess } from '../domain/sales-process.ts';
import { byPublication, prefixes, processPartition, publishedId } from '../../keys.ts';
import { storedProcess } from '../../opportunities/store/stored-state.ts';

export type FoundProcess = ProcessVersion & { readonly processId: ProcessId; readonly version: number };

/** Sales processes with all their versions. */
export const processStore = (machinery: Machinery) => {
  const store = aggregateStore<SalesProcess, ProcessFact>(
    {
      prefix: prefixes.process,
      owner: 'pipeline',
      schemaNumber: 1,
      schema: storedProcess,
      initial: unpublished,
      fact: factReader([processPublished]),
      evolve: evolveProcess,
      index: ({ publishedAt }, id) => ({ gsi1pk: processPartition, gsi1sk: byPublication(publishedAt ?? '', id) }),
    },
    machinery,
  );
  const newest = (id: string, process: SalesProcess): FoundProcess[] => {
    const current = process.versions.at(-1);
    return current === undefined ? [] : [{ ...current, processId: processId.parse(id), version: process.versions.length }];
  };
  return {
    change: store.change,
    newest: async (id: ProcessId): Promise<FoundProcess | undefined> => newest(id, (await store.find(id))?.state ?? unpublished)[0],
    /** the milestones of one version, for the opportunities that began with it */
    milestonesOf: async (id: ProcessId, version: number): Promise<readonly Milestone[]> =>
      (await store.find(id))?.state.versions[version - 1]?.milestones ?? [],
    /** the one that was published first comes first */
    all: async (): Promise<readonly FoundProcess[]> =>
      (await queryAll(machinery.table, { index: 'gsi1', partition: processPartition })).flatMap((item) =>
        newest(publishedId(String(item['gsi1sk'])), store.read(item).state),
      ),
  };
};
