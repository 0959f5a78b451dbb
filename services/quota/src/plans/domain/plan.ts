import { calendarOn, planPublished, type Company, type Happened, type Node, type Plan, type PlanFact } from '@meilenstein/contracts';
import {
  canonicalJson,
  decided,
  monthsOf,
  refusal,
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

/** Splits an annual target into quarters and months by the weights, in minor units; parts sum exactly (docs/model/formulas.md 2.1, 2.2). */
export const cascade = (annual: number, weights: Weights): { readonly quarters: readonly number[]; readonly months: readonly number[] } => {
  const quarters = splitByLargestRemainder(annual, weights.quarters ?? equal(4));
  const months = quarters.flatMap((quarter) => splitByLargestRemainder(quarter, weights.months ?? equal(3)));
  return { quarters, months };
};

type Code = 'node-not-found' | 'duplicate-entry' | 'currency-not-reporting-currency' | 'weights-all-zero' | 'effective-date-after-year';

export const nodeName = ({ level, key }: Node): string => (level === 'company' ? level : `${level}:${key}`);

/** The names of the nodes that may have a target. */
const knownNames = ({ teams, reps }: Company): ReadonlySet<string> =>
  new Set(['company', ...teams.map(({ teamId }) => `team:${teamId}`), ...reps.map(({ repId }) => `rep:${repId}`)]);

type PlanRefusal = Refusal<Code> | undefined;

const checkNodes = ({ targets }: Plan, company: Company): PlanRefusal => {
  const names = targets.map((target) => nodeName(target.node));
  const seen = new Set<string>();
  const duplicate = names.find((name) => seen.size === seen.add(name).size);
  if (duplicate !== undefined)
    return refusal('duplicate-entry', 'give each node one annual target', { field: 'targets.node', value: duplicate });
  const known = knownNames(company);
  const unknown = targets.find(({ node }) => !known.has(nodeName(node)) || (node.level === 'company' && node.key !== 'company'));
  return unknown === undefined
    ? undefined
    : refusal('node-not-found', 'the organisation has no such team or rep; the key of the company is `company`', {
        field: 'targets.node',
        value: nodeName(unknown.node),
      });
};

const checkCurrency = ({ currency, targets }: Plan, { reportingCurrency }: Company): PlanRefusal => {
  const foreign = [currency, ...targets.map((target) => target.annual.currency)].find((one) => one !== reportingCurrency);
  return foreign === undefined
    ? undefined
    : refusal('currency-not-reporting-currency', `targets are in ${reportingCurrency}`, { field: 'currency', value: foreign });
};

const checkEffectiveDate = ({ fiscalYear, effectiveFrom }: Plan, company: Company): PlanRefusal => {
  const end = monthsOf(calendarOn(company, effectiveFrom), fiscalYear).at(-1)?.until;
  return end === undefined || effectiveFrom < end
    ? undefined
    : refusal('effective-date-after-year', `FY${fiscalYear} ends before ${end}; name an earlier day`, {
        field: 'effectiveFrom',
        value: effectiveFrom,
      });
};

const checkWeights = ({ quarterWeights, monthWeights }: Plan): PlanRefusal =>
  [quarterWeights, monthWeights].some((weights) => weights?.every((weight) => weight === 0))
    ? refusal('weights-all-zero', 'let at least one weight be above 0', { field: 'quarterWeights, monthWeights' })
    : undefined;

/** Checks a plan as a whole. */
export const checkPlan = (wanted: Plan, company: Company): PlanRefusal =>
  checkNodes(wanted, company) ?? checkCurrency(wanted, company) ?? checkEffectiveDate(wanted, company) ?? checkWeights(wanted);

/** Publishes the next version of a plan, unless it is equal to the last one. `changed`: a target differs. */
export const publishPlan = (plan: SalesPlan, planId: PlanId, wanted: Plan, changed: boolean): Decision<PlanFact, never> => {
  const { measure, fiscalYear, currency, effectiveFrom, quarterWeights = null, monthWeights = null, ramp } = wanted;
  const head = { measure, fiscalYear, currency, effectiveFrom, quarterWeights, monthWeights, ...(ramp === undefined ? {} : { ramp }) };
  const { planId: _, version = 0, ...before } = plan.versions.at(-1) ?? { planId };
  return !changed && canonicalJson(before) === canonicalJson(head)
    ? decided()
    : decided(planPublished.of({ planId, version: version + 1, ...head }));
};
