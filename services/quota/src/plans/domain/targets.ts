import { targetsSet, type Happened, type Plan, type TargetsFact } from '@meilenstein/contracts';
import { canonicalJson, decided, toMoney, type Claim, type Decision, type PlanId } from '@meilenstein/kernel';
import { cascade, nodeName } from './plan.ts';

type Set = Happened<TargetsFact>['data'];

/** The targets of one node of one plan, version by version; of one version of the plan what was said last. */
export type Targets = { readonly versions: readonly Set[] };
export const noTargets: Targets = { versions: [] };
export const evolveTargets = ({ versions }: Targets, { data }: Happened<TargetsFact>): Targets => ({
  versions: [...versions.filter(({ planVersion }) => planVersion !== data.planVersion), data],
});

/** What has one target: a node, in a measure and a year. */
export type TargetPlace = Pick<Set, 'node' | 'measure' | 'fiscalYear'>;

/** No two plans may set the same target: the one that has set it holds this key until it withdraws. */
export const targetClaim = ({ node, measure, fiscalYear }: TargetPlace): Claim => ({
  kind: 'target',
  value: `${measure} ${fiscalYear} ${nodeName(node)}`,
});

/** The years that a node has a target in, and the keys that its plan holds for them. */
const heldBy = ({ versions }: Targets): ReadonlyMap<string, Claim> => {
  const lastOfYear = new Map(versions.map((version) => [version.fiscalYear, version]));
  const claims = [...lastOfYear.values()].filter((version) => version.withdrawn !== true).map(targetClaim);
  return new Map(claims.map((claim) => [claim.value, claim]));
};

export const holds = (targets: Targets, place: TargetPlace): boolean => heldBy(targets).has(targetClaim(place).value);

/** The versions of a node's targets that a plan has published; a later one belongs to a version of the plan that is not there yet. */
const publishedBy = ({ versions }: Targets, planVersion: number): readonly Set[] =>
  versions.filter((version) => version.planVersion <= planVersion);

/** The target in force from here on in a version of the plan; undefined where that has none of the node (any more). 0 is one. */
export const standing = (targets: Targets, planVersion: number): Set | undefined => {
  const last = publishedBy(targets, planVersion).at(-1);
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

/** Says something of a node, asks for the keys that it needs from now on and gives back those that it needs no more. */
const say = (targets: Targets, said: Set): Decision<TargetsFact, never> => {
  const fact = targetsSet.of(said);
  const [before, after] = [
    heldBy(targets),
    heldBy({ versions: [...targets.versions.filter((one) => one.planVersion !== said.planVersion), said] }),
  ];
  const without = (some: ReadonlyMap<string, Claim>, others: ReadonlyMap<string, Claim>) =>
    [...some].flatMap(([value, claim]) => (others.has(value) ? [] : [claim]));
  return { ...decided(fact), claims: without(after, before), releases: without(before, after) };
};

/** Sets the targets of a node, unless they are so already. */
export const setTargets = (targets: Targets, wanted: Set): Decision<TargetsFact, never> => {
  const last = targets.versions.at(-1);
  return last !== undefined && meaning(last) === meaning(wanted) ? decided() : say(targets, wanted);
};

const withdrawn = (last: Set, from: Pick<Set, 'planVersion' | 'effectiveFrom'>): Set => ({
  ...last,
  ...from,
  months: last.months.map(() => 0),
  withdrawn: true,
});

/** Takes back what was said for a version of the plan that is not published: the node is again as the version before has it. */
export const takeBack = (targets: Targets, planVersion: number): Decision<TargetsFact, never> => {
  const last = targets.versions.at(-1);
  if (last === undefined || last.planVersion < planVersion) return decided();
  const before = publishedBy(targets, planVersion - 1).at(-1);
  return setTargets(targets, before === undefined ? withdrawn(last, last) : { ...before, planVersion });
};

/** A node that a plan leaves out has no target from its new version on, and another plan may set one. */
export const withdrawTargets = (targets: Targets, from: Pick<Set, 'planVersion' | 'effectiveFrom'>): Decision<TargetsFact, never> => {
  const published = standing(targets, from.planVersion - 1);
  return published === undefined ? takeBack(targets, from.planVersion) : setTargets(targets, withdrawn(published, from));
};
