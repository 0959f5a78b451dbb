import { targetsSet, type Happened, type Plan, type TargetsFact } from '@meilenstein/contracts';
import { canonicalJson, decided, toMoney, type Claim, type Decision, type PlanId } from '@meilenstein/kernel';
import { cascade, nodeName } from './plan.ts';

type TargetsData = Happened<TargetsFact>['data'];

/** The targets of one node in one plan, version by version; the last event for a version counts. */
export type TargetHistory = { readonly versions: readonly TargetsData[] };
export const noTargetHistory: TargetHistory = { versions: [] };
export const evolveTargets = ({ versions }: TargetHistory, { data }: Happened<TargetsFact>): TargetHistory => ({
  versions: [...versions.filter(({ planVersion }) => planVersion !== data.planVersion), data],
});

/** The key of a target: a node, a measure and a year. */
export type TargetKey = Pick<TargetsData, 'node' | 'measure' | 'fiscalYear'>;

/** The claim to a target. No two plans may set the same target: the plan that has set it holds the claim until it withdraws the target. */
export const targetClaim = ({ node, measure, fiscalYear }: TargetKey): Claim => ({
  kind: 'target',
  value: `${measure} ${fiscalYear} ${nodeName(node)}`,
});

/** The claims that a plan holds for a node, one for each year with a target. */
const claimsHeldBy = ({ versions }: TargetHistory): ReadonlyMap<string, Claim> => {
  const lastOfYear = new Map(versions.map((version) => [version.fiscalYear, version]));
  const claims = [...lastOfYear.values()].filter((version) => version.withdrawn !== true).map(targetClaim);
  return new Map(claims.map((claim) => [claim.value, claim]));
};

export const holdsClaim = (targets: TargetHistory, key: TargetKey): boolean => claimsHeldBy(targets).has(targetClaim(key).value);

/** The versions of a node's targets that the plan has published; later ones belong to a version of the plan that is not published yet. */
export const versionsUpTo = ({ versions }: TargetHistory, planVersion: number): readonly TargetsData[] =>
  versions.filter((version) => version.planVersion <= planVersion);

/** The node's target in a version of the plan, which may be 0; undefined where that version has none. */
export const targetInForce = (targets: TargetHistory, planVersion: number): TargetsData | undefined => {
  const last = versionsUpTo(targets, planVersion).at(-1);
  return last?.withdrawn === true ? undefined : last;
};

export const annualOf = ({ months }: Pick<TargetsData, 'months'>): number => months.reduce((sum, month) => sum + month, 0);

/** The monthly targets of a node in a version of a plan. */
export const targetsOf = (planId: PlanId, planVersion: number, wanted: Plan, target: Plan['targets'][number]): TargetsData => {
  const { measure, fiscalYear, currency, effectiveFrom } = wanted;
  const weights = { quarters: wanted.quarterWeights ?? null, months: wanted.monthWeights ?? null };
  return {
    planId,
    planVersion,
    node: target.node,
    measure,
    fiscalYear,
    currency,
    effectiveFrom,
    months: [...cascade(toMoney(target.annual).minor, weights).months],
    ...(wanted.ramp === undefined || target.node.level !== 'rep' ? {} : { ramp: wanted.ramp }),
  };
};

const contentOf = ({ planVersion: _, ...rest }: TargetsData): string => canonicalJson(rest);

/** Records a version of a node's targets, claims the years that it begins and releases those that it ends. */
const recordVersion = (targets: TargetHistory, version: TargetsData): Decision<TargetsFact, never> => {
  const fact = targetsSet.of(version);
  const [before, after] = [
    claimsHeldBy(targets),
    claimsHeldBy({ versions: [...targets.versions.filter((one) => one.planVersion !== version.planVersion), version] }),
  ];
  const without = (some: ReadonlyMap<string, Claim>, others: ReadonlyMap<string, Claim>) =>
    [...some].flatMap(([value, claim]) => (others.has(value) ? [] : [claim]));
  return { ...decided(fact), claims: without(after, before), releases: without(before, after) };
};

/** Sets the targets of a node, unless they are equal already. */
export const setTargets = (targets: TargetHistory, wanted: TargetsData): Decision<TargetsFact, never> => {
  const last = targets.versions.at(-1);
  return last !== undefined && contentOf(last) === contentOf(wanted) ? decided() : recordVersion(targets, wanted);
};

const withdrawn = (last: TargetsData, from: Pick<TargetsData, 'planVersion' | 'effectiveFrom'>): TargetsData => ({
  ...last,
  ...from,
  months: last.months.map(() => 0),
  withdrawn: true,
});

/** Reverts a version of the plan that is not published: the node gets the targets of the version before again. */
export const revertTargets = (targets: TargetHistory, planVersion: number): Decision<TargetsFact, never> => {
  const last = targets.versions.at(-1);
  if (last === undefined || last.planVersion < planVersion) return decided();
  const before = versionsUpTo(targets, planVersion - 1).at(-1);
  return setTargets(targets, before === undefined ? withdrawn(last, last) : { ...before, planVersion });
};

/** Withdraws the targets of a node that the new version of a plan leaves out; another plan may then set one. */
export const withdrawTargets = (
  targets: TargetHistory,
  from: Pick<TargetsData, 'planVersion' | 'effectiveFrom'>,
): Decision<TargetsFact, never> => {
  const published = targetInForce(targets, from.planVersion - 1);
  return published === undefined ? revertTargets(targets, from.planVersion) : setTargets(targets, withdrawn(published, from));
};
