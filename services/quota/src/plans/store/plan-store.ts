import {
  factReader,
  measure,
  node as nodeSchema,
  planPublished,
  ramp,
  targetsSet,
  type Node,
  type PlanFact,
  type TargetsFact,
  type TargetVersion,
} from '@meilenstein/contracts';
import { currency, day, planId as planIdSchema, type PlanId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Loaded, type Item, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolvePlan, nodeName, noPlan, type SalesPlan } from '../domain/plan.ts';
import { evolveTargets, noTargetHistory, targetClaim, type TargetKey, type TargetHistory } from '../domain/targets.ts';
import { nodePartition, partitions, planPartition, prefixes } from '../../keys.ts';

const storedPlan = z.object({ versions: z.array(planPublished.data) });
const storedTargets = z.object({
  versions: z.array(
    z.object({
      planId: planIdSchema,
      planVersion: z.int(),
      node: nodeSchema,
      measure,
      fiscalYear: z.int(),
      currency,
      effectiveFrom: day,
      months: z.array(z.int()),
      withdrawn: z.literal(true).optional(),
      ramp: ramp.optional(),
    }),
  ),
});

export const targetsId = (planId: PlanId, { level, key }: Node): string => `target-${planId}-${level}-${key}`;

/** Stores plans, and the targets that they set for each node. */
export const planStore = (machinery: Machinery) => {
  const plans = aggregateStore<SalesPlan, PlanFact>(
    {
      prefix: prefixes.plan,
      owner: 'quota',
      schemaNumber: 1,
      schema: storedPlan,
      initial: noPlan,
      evolve: evolvePlan,
      fact: factReader([planPublished]),
      audited: ({ versions }) => versions.at(-1),
      index: (_, id) => ({ gsi1pk: partitions.plans, gsi1sk: id }),
    },
    machinery,
  );
  const targets = aggregateStore<TargetHistory, TargetsFact>(
    {
      prefix: prefixes.targets,
      owner: 'quota',
      schemaNumber: 1,
      schema: storedTargets,
      initial: noTargetHistory,
      evolve: evolveTargets,
      fact: factReader([targetsSet]),
      audited: ({ versions }) => versions.at(-1),
      index: (state, id) => {
        const last = state.versions.at(-1);
        return last === undefined ? {} : { gsi1pk: nodePartition(last.node), gsi1sk: id, gsi2pk: planPartition(last.planId), gsi2sk: id };
      },
    },
    machinery,
  );
  const ofNode = async (node: Node): Promise<readonly TargetHistory[]> =>
    (await queryAll(machinery.table, { index: 'gsi1', partition: nodePartition(node) })).map((item) => targets.read(item).state);

  /** the published version of each plan */
  const publishedVersions = async (): Promise<ReadonlyMap<PlanId, number>> => {
    const all = await queryAll(machinery.table, { index: 'gsi1', partition: partitions.plans });
    const heads = all.flatMap((item) => plans.read(item).state.versions.at(-1) ?? []);
    return new Map(heads.map(({ planId, version }) => [planId, version]));
  };

  return {
    plans,
    targets,
    hasPlans: async (): Promise<boolean> =>
      (await machinery.table.query({ index: 'gsi1', partition: partitions.plans, limit: 1 })).items.length > 0,
    /** the published version of each plan, the newest year first */
    published: async () =>
      (await queryAll(machinery.table, { index: 'gsi1', partition: partitions.plans }))
        .flatMap((item) => plans.read(item).state.versions.at(-1) ?? [])
        .toSorted((a, b) => b.fiscalYear - a.fiscalYear || (a.planId < b.planId ? -1 : 1)),
    /** for each key the id of the targets that hold it, in any plan; read from the table, not from an index */
    targetsAt: (keys: readonly TargetKey[]): Promise<readonly (string | undefined)[]> => targets.holdersOf(keys.map(targetClaim)),
    /** the published targets of each node in all plans, by the node's name */
    targetsOfNodes: async (nodes: readonly Node[]): Promise<ReadonlyMap<string, readonly TargetVersion[]>> => {
      // Reads the plans first: a version that is published meanwhile is left out as a whole.
      const published = await publishedVersions();
      const all = await Promise.all(nodes.map(async (node) => [nodeName(node), await ofNode(node)] as const));
      const isPublished = ({ planId, planVersion }: TargetVersion) => planVersion <= (published.get(planId) ?? 0);
      return new Map(all.map(([name, some]) => [name, some.flatMap(({ versions }) => versions.filter(isPublished))]));
    },
    /** the history of all targets of a plan, by their ids */
    targetsOfPlan: async (id: PlanId): Promise<ReadonlyMap<string, Loaded<TargetHistory>>> => {
      const items = await queryAll(machinery.table, { index: 'gsi2', partition: planPartition(id) });
      return new Map(items.map((item: Item) => [String(item['gsi2sk']), targets.read(item)]));
    },
  };
};
export type PlanStore = ReturnType<typeof planStore>;
