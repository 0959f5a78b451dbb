import { factReader, processPublished, type Milestone, type ProcessFact } from '@meilenstein/contracts';
import { processId, type ProcessId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Machinery } from '@meilenstein/runtime';
import { evolveProcess, unpublished, type ProcessVersion, type SalesProcess } from '../domain/sales-process.ts';
import { byPublication, prefixes, processPartition, publishedId } from '../../keys.ts';
import { storedProcess } from '../../opportunities/store/stored-state.ts';

export type PublishedProcess = ProcessVersion & { readonly processId: ProcessId; readonly version: number };

/** Stores sales processes with all their versions. */
export const processStore = (machinery: Machinery) => {
  const store = aggregateStore<SalesProcess, ProcessFact>(
    {
      prefix: prefixes.process,
      owner: 'pipeline',
      schemaNumber: 1,
      schema: storedProcess,
      initial: unpublished,
      fact: factReader([processPublished]),
      audited: ({ versions }) => versions.at(-1),
      evolve: evolveProcess,
      index: ({ publishedAt }, id) => ({ gsi1pk: processPartition, gsi1sk: byPublication(publishedAt ?? '', id) }),
    },
    machinery,
  );
  const newest = (id: string, process: SalesProcess): PublishedProcess[] => {
    const current = process.versions.at(-1);
    return current === undefined ? [] : [{ ...current, processId: processId.parse(id), version: process.versions.length }];
  };
  return {
    audited: store.audited,
    change: store.change,
    newest: async (id: ProcessId): Promise<PublishedProcess | undefined> => newest(id, (await store.find(id))?.state ?? unpublished)[0],
    /** the milestones of one version, for opportunities that began with it */
    milestonesOf: async (id: ProcessId, version: number): Promise<readonly Milestone[]> =>
      (await store.find(id))?.state.versions[version - 1]?.milestones ?? [],
    /** the milestones of every version of every process, for lists */
    milestones: async (): Promise<(id: ProcessId, version: number) => readonly Milestone[]> => {
      const items = await queryAll(machinery.table, { index: 'gsi1', partition: processPartition });
      const known = new Map(items.map((item) => [publishedId(String(item['gsi1sk'])), store.read(item).state.versions]));
      return (id, version) => known.get(id)?.[version - 1]?.milestones ?? [];
    },
    /** in order of first publication */
    all: async (): Promise<readonly PublishedProcess[]> =>
      (await queryAll(machinery.table, { index: 'gsi1', partition: processPartition })).flatMap((item) =>
        newest(publishedId(String(item['gsi1sk'])), store.read(item).state),
      ),
  };
};
