import { factReader, followUpPlansPublished, type FollowUpPlan, type PlansFact } from '@meilenstein/contracts';
import { instant, leadId, type RepId, type TeamId } from '@meilenstein/kernel';
import { aggregateStore, partitionPages, queryAll, type Machinery, type PageRequest } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolvePlans, noPlans, plansInForce, publishPlans, type PlansInForce } from '../domain/follow-up/follow-up-plan.ts';
import { leadTask, type LeadTask } from '../domain/follow-up/lead-follow-up.ts';
import type { Trial } from '../domain/follow-up/wording-test.ts';
import { managerTasks, ownerTasks, plansVersionKey, prefixes, trialsPartition } from './keys.ts';
import type { PageOf } from './source-store.ts';

const thePlans = 'PLANS';
const versionItem = z.looseObject({ plans: plansInForce.shape.plans });
const taskItem = z.looseObject({ leadId, task: leadTask });
const trialItem = z.looseObject({ trial: z.object({ variant: z.enum(['a', 'b']), startedAt: instant, answeredAt: instant.nullable() }) });

export type ListedTask = LeadTask & { readonly leadId: z.infer<typeof leadId> };
/** Whose lists: owners' (null: of leads that nobody owns), and teams' escalations. */
export type TaskLists = { readonly owners: readonly (RepId | null)[]; readonly teams: readonly TeamId[] };

/** Plans, the tasks that they ask for, and what became of their mails. */
export const followUpStore = (machinery: Machinery) => {
  const { table } = machinery;
  const store = aggregateStore<PlansInForce, PlansFact>(
    {
      prefix: prefixes.plans,
      owner: 'leads',
      schemaNumber: 1,
      schema: plansInForce,
      initial: noPlans,
      fact: factReader([followUpPlansPublished]),
      evolve: evolvePlans,
      // Leads go on by the version that they began with, so every version stays readable.
      views: (facts) => facts.map(({ data }) => ({ put: { ...plansVersionKey(data.version), plans: data.plans } })),
    },
    machinery,
  );
  const inList = partitionPages(table, 'gsi1');

  return {
    current: async (): Promise<PlansInForce> => (await store.find(thePlans))?.state ?? noPlans,
    publish: (
      plans: readonly FollowUpPlan[],
      { categories, ...options }: { readonly categories: readonly string[]; readonly expectedVersion?: number },
    ) => store.change(thePlans, (state) => publishPlans(state, plans, categories), options),
    /** the plans of the versions that are asked for */
    versions: async (numbers: readonly number[]): Promise<ReadonlyMap<number, readonly FollowUpPlan[]>> => {
      const wanted = [...new Set(numbers)];
      const items = await table.getMany(wanted.map(plansVersionKey));
      return new Map(wanted.map((number, index) => [number, versionItem.safeParse(items[index]).data?.plans ?? []]));
    },
    /** open tasks, list by list, the earliest of each first */
    tasksOf: async ({ owners, teams }: TaskLists, request: PageRequest): Promise<PageOf<ListedTask>> => {
      const page = await inList([...owners.map(ownerTasks), ...teams.map(managerTasks)], { ...request, ascending: true });
      return {
        items: page.items.map((item) => taskItem.parse(item)).map(({ leadId: of, task }) => ({ ...task, leadId: of })),
        next: page.next,
      };
    },
    /** what became of every mail of an experiment */
    trialsOf: async (plan: string, experiment: string): Promise<readonly Trial[]> =>
      (await queryAll(table, { partition: trialsPartition(plan, experiment) })).map((item) => trialItem.parse(item).trial),
  };
};
export type FollowUpStore = ReturnType<typeof followUpStore>;
