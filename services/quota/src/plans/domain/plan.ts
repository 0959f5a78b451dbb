import { calendarOn, planPublished, type Company, type Happened, type Node, type Plan, type PlanFact } from '@meilenstein/contracts';
import {
  canonicalJson,
  decided,
  monthsOf,
  refused,
  splitByLargestRemainder,
  type Decision,
  type PlanId,
  type Refusal,
} from '@meilenstein/kernel';

type Published = Happened<PlanFact>['data'];
export type SalesPlan = { readonly versions: readonly Published[] };
export const noPlan: SalesPlan = { versions: [] };
export const evolvePlan = (plan: SalesPlan, { data }: Happened<PlanFact>): SalesPlan => ({ versions: [...plan.versions, data] });

const equal = (n: number): readonly number[] => Array.from({ length: n }, () => 1);

export type Weights = { readonly quarters: readonly number[] | null; readonly months: readonly number[] | null };

/** Annual -> quarters -> months by the weights, in minor units; children sum to their parent exactly (docs/model/formulas.md 2.1, 2.2). */
export const cascade = (annual: number, weights: Weights): { readonly quarters: readonly number[]; readonly months: readonly number[] } => {
  const quarters = splitByLargestRemainder(annual, weights.quarters ?? equal(4));
  const months = quarters.flatMap((quarter) => splitByLargestRemainder(quarter, weights.months ?? equal(3)));
  return { quarters, months };
};

type Code = 'node-not-found' | 'duplicate-entry' | 'currency-not-reporting-currency' | 'weights-all-zero' | 'effective-date-after-year';

export const nodeName = ({ level, key }: Node): string => (level === 'company' ? level : `${level}:${key}`);

/** The nodes that may have a target, by name. */
const knownNames = ({ teams, reps }: Company): ReadonlySet<string> =>
  new Set(['company', ...teams.map(({ teamId }) => `team:${teamId}`), ...reps.map(({ repId }) => `rep:${repId}`)]);

type Complaint = { readonly refused: Refusal<Code> } | undefined;

const complainAboutNodes = ({ targets }: Plan, company: Company): Complaint => {
  const names = targets.map((target) => nodeName(target.node));
  const before = new Set<string>();
  const twice = names.find((name) => before.size === before.add(name).size);
  if (twice !== undefined) return refused('duplicate-entry', 'a node has one annual target', { field: 'targets.node', value: twice });
  const known = knownNames(company);
  const stranger = targets.find(({ node }) => !known.has(nodeName(node)) || (node.level === 'company' && node.key !== 'company'));
  return stranger === undefined
    ? undefined
    : refused('node-not-found', 'the organisation has no such team or rep; the company is `company`', {
        field: 'targets.node',
        value: nodeName(stranger.node),
      });
};

const complainAboutCurrency = ({ currency, targets }: Plan, { reportingCurrency }: Company): Complaint => {
  const foreign = [currency, ...targets.map((target) => target.annual.currency)].find((one) => one !== reportingCurrency);
  return foreign === undefined
    ? undefined
    : refused('currency-not-reporting-currency', `targets are in ${reportingCurrency}`, { field: 'currency', value: foreign });
};

const complainAboutYear = ({ fiscalYear, effectiveFrom }: Plan, company: Company): Complaint => {
  const end = monthsOf(calendarOn(company, effectiveFrom), fiscalYear).at(-1)?.until;
  return end === undefined || effectiveFrom < end
    ? undefined
    : refused('effective-date-after-year', `FY${fiscalYear} is over on ${end}; name a day before`, {
        field: 'effectiveFrom',
        value: effectiveFrom,
      });
};

const complainAboutWeights = ({ quarterWeights, monthWeights }: Plan): Complaint =>
  [quarterWeights, monthWeights].some((weights) => weights?.every((weight) => weight === 0))
    ? refused('weights-all-zero', 'at least one weight must be positive', { field: 'quarterWeights, monthWeights' })
    : undefined;

/** What is wrong with a plan as a whole; undefined where nothing is. */
export const complainAboutPlan = (wanted: Plan, company: Company): Complaint =>
  complainAboutNodes(wanted, company) ??
  complainAboutCurrency(wanted, company) ??
  complainAboutYear(wanted, company) ??
  complainAboutWeights(wanted);

/** The next version of a plan, unless nothing is new. `changed`: some target differs though the head of the plan does not. */
export const publishPlan = (plan: SalesPlan, planId: PlanId, wanted: Plan, changed: boolean): Decision<PlanFact, never> => {
  const { measure, fiscalYear, currency, effectiveFrom, quarterWeights = null, monthWeights = null } = wanted;
  const head = { measure, fiscalYear, currency, effectiveFrom, quarterWeights, monthWeights };
  const { planId: _, version = 0, ...before } = plan.versions.at(-1) ?? { planId };
  return !changed && canonicalJson(before) === canonicalJson(head)
    ? decided()
    : decided(planPublished.of({ planId, version: version + 1, ...head }));
};
