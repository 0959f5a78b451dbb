import type { Plan } from '@meilenstein/contracts';
import type { PlanId } from '@meilenstein/kernel';
import type { Loaded, Parcel, PreparedChange } from '@meilenstein/runtime';
import { publishPlan, type SalesPlan } from '../domain/plan.ts';
import {
  holdsClaim,
  noTargetHistory,
  setTargets,
  revertTargets,
  targetsOf,
  withdrawTargets,
  type TargetKey,
  type TargetHistory,
} from '../domain/targets.ts';
import type { DocumentChange } from '../../documents/store/document-guard.ts';
import { targetsId, type PlanStore } from './plan-store.ts';

/** A plan as it was read, with the history of its targets by their ids. */
export type LoadedPlan = { readonly plan: Loaded<SalesPlan> | undefined; readonly targets: ReadonlyMap<string, Loaded<TargetHistory>> };
type ChangeRequest = { readonly planId: PlanId; readonly loaded: LoadedPlan; readonly wanted: Plan };

/** The version that is published; 0 before the first one. */
const publishedVersion = ({ plan }: LoadedPlan): number => plan?.state.versions.at(-1)?.version ?? 0;

/** The writes of a new version of a plan: one parcel for each node that differs, and the plan itself where anything does. */
export type PlanChange = { readonly differs: boolean; readonly parcels: DocumentChange<Parcel>; readonly after: LoadedPlan };

/** The targets that a plan wants to set and has not claimed yet; another plan may hold them. */
export const targetsToClaim = ({ planId, loaded, wanted }: ChangeRequest): readonly (TargetKey & { readonly id: string })[] => {
  const { measure, fiscalYear } = wanted;
  return wanted.targets
    .map(({ node }) => ({ id: targetsId(planId, node), node, measure, fiscalYear }))
    .filter((key) => !holdsClaim(loaded.targets.get(key.id)?.state ?? noTargetHistory, key));
};

/**
 * Decides on each node at the version that was read. Targets name the version of the plan that they belong to, and are visible once it is
 * published. The plan is written last, with the nodes that it leaves out, whose claims are then free for other plans.
 */
export const changePlan = (
  { plans, targets }: Pick<PlanStore, 'plans' | 'targets'>,
  { planId, loaded, wanted }: ChangeRequest,
): PlanChange => {
  const published = publishedVersion(loaded);
  const planVersion = published + 1;
  const prepare = (
    id: string,
    decide: (state: TargetHistory) => ReturnType<typeof setTargets>,
  ): readonly PreparedChange<TargetHistory>[] => {
    const prepared = targets.prepare({ id, found: loaded.targets.get(id), decide });
    return 'writes' in prepared ? [prepared] : [];
  };
  const set = wanted.targets.flatMap((target) =>
    prepare(targetsId(planId, target.node), (state) => setTargets(state, targetsOf(planId, planVersion, wanted, target))),
  );
  const kept = new Set(wanted.targets.map(({ node }) => targetsId(planId, node)));
  const withdrawn = [...loaded.targets.keys()]
    .filter((id) => !kept.has(id))
    .flatMap((id) => prepare(id, (state) => withdrawTargets(state, { planVersion, effectiveFrom: wanted.effectiveFrom })));
  const isCutOff = [...loaded.targets.values()].some(({ state }) => state.versions.some((version) => version.planVersion > published));
  const changed = isCutOff || set.length + withdrawn.length > 0;
  const head = plans.prepare({ id: planId, found: loaded.plan, decide: (state) => publishPlan(state, planId, wanted, changed) });
  const last = 'writes' in head ? [head] : [];
  return {
    differs: last.length > 0,
    parcels: { phases: [set], late: withdrawn, last },
    after: {
      plan: 'writes' in head ? head.changed : loaded.plan,
      targets: new Map([...loaded.targets, ...[...set, ...withdrawn].map(({ id, changed: after }) => [id, after] as const)]),
    },
  };
};

/** Reverts the targets written for a version of the plan that cannot be published; the plan itself stays unchanged. */
export const revertPlan = ({ targets }: Pick<PlanStore, 'targets'>, loaded: LoadedPlan): DocumentChange<Parcel> => {
  const planVersion = publishedVersion(loaded) + 1;
  const parcels = [...loaded.targets].flatMap(([id, found]) => {
    const prepared = targets.prepare({ id, found, decide: (state) => revertTargets(state, planVersion) });
    return 'writes' in prepared ? [prepared] : [];
  });
  return { phases: [parcels], late: [], last: [] };
};
