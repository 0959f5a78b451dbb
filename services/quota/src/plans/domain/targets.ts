import { targetsSet, type Happened, type Plan, type TargetsFact } from '@meilenstein/contracts';
import { canonicalJson, decided, toMoney, type Claim, type Decision, type PlanId } from '@meilenstein/kernel';
import { cascade, nodeName } from './plan.ts';

type Set = Happened<TargetsFact>['data'];

/** The targets of one node of one plan, version by version. */
export type Targets = { readonly versions: readonly Set[] };
export const noTargets: Targets = { versions: [] };
export const evolveTargets = (targets: Targets, { data }: Happened<TargetsFact>): Targets => ({ versions: [...targets.versions, data] });

/** What has one target: a node, in a measure and a year. */
export type TargetPlace = Pick<Set, 'node' | 'measure' | 'fiscalYear'>;

/** No two plans may set the same target: the one that has set it holds this key until it withdraws. */
export const targetClaim = ({ node, measure, fiscalYear }: TargetPlace): Claim => ({
  kind: 'target',
  value: `${measure} ${fiscalYear} ${nodeName(node)}`,
});

const isHeld = ({ versions }: Targets, fiscalYear: number): boolean =>
  versions.findLast((version) => version.fiscalYear === fiscalYear)?.withdrawn === undefined &&
  versions.some((version) => version.fiscalYear === fiscalYear);

/** The target in force from here on; undefined where the plan has none of the node (any more). 0 is one. */
export const standing = ({ versions }: Targets): Set | undefined => {
  const last = versions.at(-1);
  return last?.withdrawn === true ? undefined : last;
};

export const annualOf = ({ months }: Pick<Set, 'months'>): number => months.reduce((sum, month) => sum + month, 0);

/** The months that a plan's version gives a node. */
export const targetsOf = (planId: PlanId, planVersion: number, wanted: Plan, target: Plan['targets'][number]): Set => {
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
  };
};

const meaning = ({ planVersion: _, ...rest }: Set): string => canonicalJson(rest);

/** Whether a node's targets would change. */
export const differs = (targets: Targets, wanted: Set): boolean => {
  const last = targets.versions.at(-1);
  return last === undefined || meaning(last) !== meaning(wanted);
};

/** Sets the targets of a node, unless they are so already. */
export const setTargets = (targets: Targets, wanted: Set): Decision<TargetsFact, never> => {
  if (!differs(targets, wanted)) return decided();
  const facts = decided(targetsSet.of(wanted));
  return isHeld(targets, wanted.fiscalYear) ? facts : { ...facts, claims: [targetClaim(wanted)] };
};

/** A node that a plan leaves out has no target from its new version on, and another plan may set one. */
export const withdrawTargets = (targets: Targets, from: Pick<Set, 'planVersion' | 'effectiveFrom'>): Decision<TargetsFact, never> => {
  const last = standing(targets);
  if (last === undefined) return decided();
  const months = last.months.map(() => 0);
  return { ...decided(targetsSet.of({ ...last, ...from, months, withdrawn: true })), releases: [targetClaim(last)] };
};
