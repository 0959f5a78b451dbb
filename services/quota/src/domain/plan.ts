import {
  planPublished,
  targetsSet,
  type Company,
  type Happened,
  type Node,
  type Plan,
  type PlanFact,
  type TargetsFact,
} from '@meilenstein/contracts';
import {
  canonicalJson,
  decided,
  refused,
  splitByLargestRemainder,
  toMoney,
  type Decision,
  type PlanId,
  type Refusal,
} from '@meilenstein/kernel';

type Published = Happened<PlanFact>['data'];
export type SalesPlan = { readonly versions: readonly Published[] };
export const noPlan: SalesPlan = { versions: [] };
export const evolvePlan = (plan: SalesPlan, { data }: Happened<PlanFact>): SalesPlan => ({ versions: [...plan.versions, data] });

type Set = Happened<TargetsFact>['data'];
/** The targets of one node of one plan, version by version. */
export type Targets = { readonly versions: readonly Set[] };
export const noTargets: Targets = { versions: [] };
export const evolveTargets = (targets: Targets, { data }: Happened<TargetsFact>): Targets => ({ versions: [...targets.versions, data] });

const equal = (n: number): readonly number[] => Array.from({ length: n }, () => 1);

export type Weights = { readonly quarters: readonly number[] | null; readonly months: readonly number[] | null };

/** Annual -> quarters -> months by the weights, in minor units; children sum to their parent exactly (`formulas` 2). */
export const cascade = (annual: number, weights: Weights): { readonly quarters: readonly number[]; readonly months: readonly number[] } => {
  const quarters = splitByLargestRemainder(annual, weights.quarters ?? equal(4));
  const months = quarters.flatMap((quarter) => splitByLargestRemainder(quarter, weights.months ?? equal(3)));
  return { quarters, months };
};

type Code = 'node-is-unknown' | 'is-there-twice' | 'currency-is-not-the-reporting-currency' | 'weights-are-all-zero';

export const nodeName = ({ level, key }: Node): string => (level === 'company' ? level : `${level}:${key}`);

const isKnown = (company: Company, { level, key }: Node): boolean => {
  if (level === 'company') return key === 'company';
  return level === 'team' ? company.teams.some((team) => team.teamId === key) : company.reps.some((rep) => rep.repId === key);
};

/** What is wrong with a plan as a whole; undefined where nothing is. */
export const complainAboutPlan = (wanted: Plan, company: Company): { readonly refused: Refusal<Code> } | undefined => {
  const names = wanted.targets.map((target) => nodeName(target.node));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return refused('is-there-twice', 'a node has one annual target', { field: 'targets.node', value: twice });
  const stranger = wanted.targets.find((target) => !isKnown(company, target.node));
  if (stranger !== undefined)
    return refused('node-is-unknown', 'the organisation has no such team or rep; the company is `company`', {
      field: 'targets.node',
      value: nodeName(stranger.node),
    });
  const foreign = [wanted.currency, ...wanted.targets.map((target) => target.annual.currency)].find(
    (one) => one !== company.reportingCurrency,
  );
  if (foreign !== undefined)
    return refused('currency-is-not-the-reporting-currency', `targets are in ${company.reportingCurrency}`, {
      field: 'currency',
      value: foreign,
    });
  const zero = [wanted.quarterWeights, wanted.monthWeights].some((weights) => weights?.every((weight) => weight === 0));
  return zero
    ? refused('weights-are-all-zero', 'at least one weight must be positive', { field: 'quarterWeights, monthWeights' })
    : undefined;
};

/** The next version of a plan, unless nothing is new. `changed`: some target differs though the head of the plan does not. */
export const publishPlan = (plan: SalesPlan, planId: PlanId, wanted: Plan, changed: boolean): Decision<PlanFact, never> => {
  const { measure, fiscalYear, currency, effectiveFrom, quarterWeights = null, monthWeights = null } = wanted;
  const head = { measure, fiscalYear, currency, effectiveFrom, quarterWeights, monthWeights };
  const { planId: _, version = 0, ...before } = plan.versions.at(-1) ?? { planId };
  return !changed && canonicalJson(before) === canonicalJson(head)
    ? decided()
    : decided(planPublished.of({ planId, version: version + 1, ...head }));
};

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
export const setTargets = (targets: Targets, wanted: Set): Decision<TargetsFact, never> =>
  differs(targets, wanted) ? decided(targetsSet.of(wanted)) : decided();

/** A node that a plan leaves out has no target from its new version on: zero in each month. */
export const clearTargets = (targets: Targets, wanted: Omit<Set, 'months'>): Decision<TargetsFact, never> =>
  targets.versions.at(-1)?.months.every((month) => month === 0) === false
    ? setTargets(targets, { ...wanted, months: Array.from({ length: 12 }, () => 0) })
    : decided();
