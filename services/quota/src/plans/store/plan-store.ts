import {
  factReader,
  measure,
  node as nodeSchema,
  planPublished,
  targetsSet,
  type Node,
  type PlanFact,
  type TargetsFact,
} from '@meilenstein/contracts';
import { currency, day, planId as planIdSchema, type PlanId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Item, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolvePlan, noPlan, type SalesPlan } from '../domain/plan.ts';
import { evolveTargets, noTargets, targetClaim, type TargetPlace, type Targets } from '../domain/targets.ts';
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
    }),
  ),
});

export const targetsId = (planId: PlanId, { level, key }: Node): string => `target-${planId}-${level}-${key}`;

/** Plans, and the targets that they set for each node. */
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
      index: (_, id) => ({ gsi1pk: partitions.plans, gsi1sk: id }),
    },
    machinery,
  );
  const targets = aggregateStore<Targets, TargetsFact>(
    {
      prefix: prefixes.targets,
      owner: 'quota',
      schemaNumber: 1,
      schema: storedTargets,
      initial: noTargets,
      evolve: evolveTargets,
      fact: factReader([targetsSet]),
      index: (state, id) => {
        const last = state.versions.at(-1);
        return last === undefined ? {} : { gsi1pk: nodePartition(last.node), gsi1sk: id, gsi2pk: planPartition(last.planId), gsi2sk: id };
      },
    },
    machinery,
  );
  const read = (item: Item): Targets => targets.read(item).state;
  return {
    plans,
    targets,
    hasPlans: async (): Promise<boolean> =>
      (await machinery.table.query({ index: 'gsi1', partition: partitions.plans, limit: 1 })).items.length > 0,
    /** the id of the targets that a node has of a measure in a year, in whichever plan; read where it is written, not from an index */
    targetsAt: (place: TargetPlace): Promise<string | undefined> => targets.holderOf(targetClaim(place)),
    targetsOfNode: async (node: Node): Promise<readonly Targets[]> =>
      (await queryAll(machinery.table, { index: 'gsi1', partition: nodePartition(node) })).map(read),
    targetsOfPlan: async (id: PlanId): Promise<readonly Targets[]> =>
      (await queryAll(machinery.table, { index: 'gsi2', partition: planPartition(id) })).map(read),
  };
};
