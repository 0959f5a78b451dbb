import type { Plan } from '@meilenstein/contracts';
import type { PlanId } from '@meilenstein/kernel';
import type { Loaded, Parcel, PreparedChange } from '@meilenstein/runtime';
import { publishPlan, type SalesPlan } from '../domain/plan.ts';
import { holds, noTargets, setTargets, takeBack, targetsOf, withdrawTargets, type TargetPlace, type Targets } from '../domain/targets.ts';
import type { DocumentChange } from '../../documents/store/document-guard.ts';
import { targetsId, type PlanStore } from './plan-store.ts';

/** A plan as it was read, with all that it ever said of nodes, by the id of their targets. */
export type KnownPlan = { readonly plan: Loaded<SalesPlan> | undefined; readonly targets: ReadonlyMap<string, Loaded<Targets>> };
type Asked = { readonly planId: PlanId; readonly known: KnownPlan; readonly wanted: Plan };

/** The version that is published; 0 before the first one. */
const publishedVersion = ({ plan }: KnownPlan): number => plan?.state.versions.at(-1)?.version ?? 0;

/** What putting a plan writes: one parcel for each node that differs, and the plan itself where anything does. */
export type PlanChange = { readonly differs: boolean; readonly parcels: DocumentChange<Parcel>; readonly after: KnownPlan };

/** The places that a plan wants and does not hold yet: another plan may. */
export const placesToTake = ({ planId, known, wanted }: Asked): readonly (TargetPlace & { readonly id: string })[] => {
  const { measure, fiscalYear } = wanted;
  return wanted.targets
    .map(({ node }) => ({ id: targetsId(planId, node), node, measure, fiscalYear }))
    .filter((place) => !holds(known.targets.get(place.id)?.state ?? noTargets, place));
};

/**
 * Decides about each node at the version that was read. Targets say for which version of the plan they are, and are seen once that is
 * published: the plan comes last, together with the nodes that it leaves out, whose keys are free for other plans from then on.
 */
export const changePlan = ({ plans, targets }: Pick<PlanStore, 'plans' | 'targets'>, { planId, known, wanted }: Asked): PlanChange => {
  const published = publishedVersion(known);
  const planVersion = published + 1;
  const prepare = (id: string, decide: (state: Targets) => ReturnType<typeof setTargets>): readonly PreparedChange<Targets>[] => {
    const prepared = targets.prepare({ id, found: known.targets.get(id), decide });
    return 'writes' in prepared ? [prepared] : [];
  };
  const set = wanted.targets.flatMap((target) =>
    prepare(targetsId(planId, target.node), (state) => setTargets(state, targetsOf(planId, planVersion, wanted, target))),
  );
  const kept = new Set(wanted.targets.map(({ node }) => targetsId(planId, node)));
  const withdrawn = [...known.targets.keys()]
    .filter((id) => !kept.has(id))
    .flatMap((id) => prepare(id, (state) => withdrawTargets(state, { planVersion, effectiveFrom: wanted.effectiveFrom })));
  const isCutOff = [...known.targets.values()].some(({ state }) => state.versions.some((version) => version.planVersion > published));
  const changed = isCutOff || set.length + withdrawn.length > 0;
  const head = plans.prepare({ id: planId, found: known.plan, decide: (state) => publishPlan(state, planId, wanted, changed) });
  const last = 'writes' in head ? [head] : [];
  return {
    differs: last.length > 0,
    parcels: { phases: [set], late: withdrawn, last },
    after: {
      plan: 'writes' in head ? head.changed : known.plan,
      targets: new Map([...known.targets, ...[...set, ...withdrawn].map(({ id, changed: after }) => [id, after] as const)]),
    },
  };
};

/** Takes back what was said of nodes for a version of the plan that cannot be published; the plan itself stays as it is. */
export const takeBackPlan = ({ targets }: Pick<PlanStore, 'targets'>, known: KnownPlan): DocumentChange<Parcel> => {
  const planVersion = publishedVersion(known) + 1;
  const parcels = [...known.targets].flatMap(([id, found]) => {
    const prepared = targets.prepare({ id, found, decide: (state) => takeBack(state, planVersion) });
    return 'writes' in prepared ? [prepared] : [];
  });
  return { phases: [parcels], late: [], last: [] };
};
