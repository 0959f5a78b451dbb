import { factReader, followUpSequencesPublished, type FollowUpSequence, type FollowUpSequencesFact } from '@meilenstein/contracts';
import { instant, leadId, type RepId, type TeamId } from '@meilenstein/kernel';
import { aggregateStore, partitionPages, queryAll, type Machinery, type PageRequest } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveSequences, noSequences, sequencesInForce, publishSequences, type SequencesInForce } from '../domain/follow-up-sequence.ts';
import { leadTask, type LeadTask } from '../domain/lead-follow-up.ts';
import type { Trial } from '../domain/wording-test.ts';
import { managerTasks, ownerTasks, sequencesVersionKey, prefixes, trialsPartition } from '../../keys.ts';
import type { PageOf } from '../../capture/store/source-store.ts';

const theSequences = 'SEQUENCES';
const versionItem = z.looseObject({ sequences: sequencesInForce.shape.sequences });
const taskItem = z.looseObject({ leadId, task: leadTask });
const trialItem = z.looseObject({ trial: z.object({ variant: z.enum(['a', 'b']), startedAt: instant, answeredAt: instant.nullable() }) });

export type ListedTask = LeadTask & { readonly leadId: z.infer<typeof leadId> };
/** The lists of owners (null: leads without an owner), and the escalations of teams. */
export type TaskLists = { readonly owners: readonly (RepId | null)[]; readonly teams: readonly TeamId[] };

/** Follow-up sequences, tasks, and the results of compared wordings. */
export const followUpStore = (machinery: Machinery) => {
  const { table } = machinery;
  const store = aggregateStore<SequencesInForce, FollowUpSequencesFact>(
    {
      prefix: prefixes.sequences,
      owner: 'leads',
      schemaNumber: 1,
      schema: sequencesInForce,
      initial: noSequences,
      fact: factReader([followUpSequencesPublished]),
      evolve: evolveSequences,
      // Leads continue in the version with which they started, so every version stays readable.
      views: (facts) => facts.map(({ data }) => ({ put: { ...sequencesVersionKey(data.version), sequences: data.sequences } })),
    },
    machinery,
  );
  const inList = partitionPages(table, 'gsi1');

  return {
    audited: store.audited,
    current: async (): Promise<SequencesInForce> => (await store.find(theSequences))?.state ?? noSequences,
    publish: (
      sequences: readonly FollowUpSequence[],
      { categories, ...options }: { readonly categories: readonly string[]; readonly expectedVersion?: number },
    ) => store.change(theSequences, (state) => publishSequences(state, sequences, categories), options),
    /** the sequences of the given versions */
    versions: async (numbers: readonly number[]): Promise<ReadonlyMap<number, readonly FollowUpSequence[]>> => {
      const wanted = [...new Set(numbers)];
      const items = await table.getMany(wanted.map(sequencesVersionKey));
      return new Map(wanted.map((number, index) => [number, versionItem.safeParse(items[index]).data?.sequences ?? []]));
    },
    /** open tasks by list, the earliest of each first */
    tasksOf: async ({ owners, teams }: TaskLists, request: PageRequest): Promise<PageOf<ListedTask>> => {
      const page = await inList([...owners.map(ownerTasks), ...teams.map(managerTasks)], { ...request, ascending: true });
      return {
        items: page.items.map((item) => taskItem.parse(item)).map(({ leadId: of, task }) => ({ ...task, leadId: of })),
        next: page.next,
      };
    },
    /** the results of all e-mails of an experiment */
    trialsOf: async (sequence: string, experiment: string): Promise<readonly Trial[]> =>
      (await queryAll(table, { partition: trialsPartition(sequence, experiment) })).map((item) => trialItem.parse(item).trial),
  };
};
export type FollowUpStore = ReturnType<typeof followUpStore>;
