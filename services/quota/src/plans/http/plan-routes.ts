import { calendarOn, type Company, type HandlersOf, type Plan, type quotaApi } from '@meilenstein/contracts';
import { fromMoney, refused, type Currency, type PlanId } from '@meilenstein/kernel';
import { expectedVersion, versionIsStale } from '@meilenstein/runtime';
import { monthLabels, quarterLabels } from '../../credits/domain/attainment.ts';
import { cascade, complainAboutPlan, nodeName, publishPlan, type SalesPlan } from '../domain/plan.ts';
import { annualOf, differs, setTargets, standing, targetsOf, withdrawTargets, type TargetPlace, type Targets } from '../domain/targets.ts';
import { targetsId } from '../store/plan-store.ts';
import { companyToday } from '../../organisation/http/company-today.ts';
import type { QuotaDeps } from '../../live-quota.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /plans/{planId}' | 'PUT /plans/{planId}'>;

const targetIsElsewhere = ({ node, fiscalYear }: TargetPlace, plan: string) =>
  refused('target-is-in-another-plan', `${nodeName(node)} has its target of ${fiscalYear} in plan ${plan}; take it out there first`, {
    field: 'targets.node',
    value: nodeName(node),
  });

export const planRoutes = (deps: QuotaDeps): Routes => {
  const { plans, targets, targetsOfPlan, targetsAt } = deps.shelves;

  const view = async (planId: PlanId, plan: SalesPlan, version: number, company: Company) => {
    const head = plan.versions.at(-1);
    if (head === undefined) return refused('plan-is-unknown', 'there is no such plan', { field: 'planId', value: planId });
    const calendar = calendarOn(company, head.effectiveFrom);
    const { quarterWeights, monthWeights, currency } = head;
    const outside = (minor: number) => fromMoney({ minor, currency });
    const labelled = (labels: readonly string[], parts: readonly number[]) =>
      labels.map((label, index) => ({ label, target: outside(parts[index] ?? 0) }));
    const nodes = (await targetsOfPlan(planId)).flatMap((one) => {
      const target = standing(one);
      return target === undefined ? [] : [{ node: target.node, annual: annualOf(target) }];
    });
    const body = {
      planId,
      version: head.version,
      measure: head.measure,
      fiscalYear: head.fiscalYear,
      currency,
      effectiveFrom: head.effectiveFrom,
      ...(quarterWeights === null ? {} : { quarterWeights }),
      ...(monthWeights === null ? {} : { monthWeights }),
      targets: nodes.map(({ node, annual }) => ({ node, annual: outside(annual) })),
      cascade: nodes.map(({ node, annual }) => {
        const parts = cascade(annual, { quarters: quarterWeights, months: monthWeights });
        return {
          node,
          annual: outside(annual),
          quarters: labelled(quarterLabels(calendar, head.fiscalYear), parts.quarters),
          months: labelled(monthLabels(calendar, head.fiscalYear), parts.months),
        };
      }),
    };
    return { status: 200 as const, body, version };
  };

  /** Whether any node's target would change, those left out included. */
  const anyDiffers = (planId: PlanId, wanted: Plan, before: readonly Targets[]): boolean => {
    const known = new Map(before.flatMap((one) => (one.versions[0] === undefined ? [] : [[nodeName(one.versions[0].node), one] as const])));
    const changed = wanted.targets.some((target) => {
      const there = known.get(nodeName(target.node));
      return there === undefined || differs(there, targetsOf(planId, 0, wanted, target));
    });
    const kept = new Set(wanted.targets.map((target) => nodeName(target.node)));
    return changed || [...known].some(([name, one]) => !kept.has(name) && standing(one) !== undefined);
  };

  /** The plan that holds a target; undefined where nobody does. */
  const planOf = async (place: TargetPlace): Promise<string | undefined> => {
    const holder = await targetsAt(place);
    return holder && (await targets.find(holder))?.state.versions.at(-1)?.planId;
  };

  /** The first target that another plan has set already. */
  const elsewhere = async (planId: PlanId, { measure, fiscalYear, targets: wanted }: Plan) => {
    for (let begin = 0; begin < wanted.length; begin += 50) {
      const places = wanted.slice(begin, begin + 50).map(({ node }) => ({ node, measure, fiscalYear }));
      const holders = await Promise.all(places.map(async (place) => ({ place, plan: await planOf(place) })));
      const other = holders.find(({ plan }) => plan !== undefined && plan !== planId);
      if (other?.plan !== undefined) return targetIsElsewhere(other.place, other.plan);
    }
    return undefined;
  };

  const setAll = async (planId: PlanId, planVersion: number, wanted: Plan, before: readonly Targets[]) => {
    for (const target of wanted.targets) {
      const set = targetsOf(planId, planVersion, wanted, target);
      const result = await targets.change(targetsId(planId, target.node), (state) => setTargets(state, set));
      if ('taken' in result) return targetIsElsewhere(set, (await planOf(set)) ?? 'another one');
    }
    const kept = new Set(wanted.targets.map((target) => nodeName(target.node)));
    for (const { versions } of before) {
      const last = versions.at(-1);
      if (last === undefined || kept.has(nodeName(last.node))) continue;
      const from = { planVersion, effectiveFrom: wanted.effectiveFrom };
      await targets.change(targetsId(planId, last.node), (state) => withdrawTargets(state, from));
    }
    return undefined;
  };

  return {
    'GET /plans/{planId}': async ({ path }) => {
      const found = await plans.find(path.planId);
      const { company } = await companyToday(deps);
      return view(path.planId, found?.state ?? { versions: [] }, found?.version ?? 0, company);
    },
    'PUT /plans/{planId}': async ({ path, body, ifMatch }) => {
      const { company } = await companyToday(deps);
      const reporting: Currency | null = company.reportingCurrency;
      if (reporting === null)
        return refused('settings-are-missing', 'PUT /settings first: a plan needs the calendar and the reporting currency');
      const complaint = complainAboutPlan(body, company) ?? (await elsewhere(path.planId, body));
      if (complaint !== undefined) return complaint;
      const before = await targetsOfPlan(path.planId);
      const changed = anyDiffers(path.planId, body, before);
      const result = await plans.change(path.planId, (plan) => publishPlan(plan, path.planId, body, changed), expectedVersion(ifMatch));
      if (!('changed' in result)) return versionIsStale;
      const { state, version } = result.changed;
      // Of two plans that set one target at the same moment, the second to come keeps what is free, and hears of the other.
      const taken = await setAll(path.planId, state.versions.length, body, before);
      if (taken !== undefined) return taken;
      const answer = await view(path.planId, state, version, company);
      if ('refused' in answer) throw new Error(`plan ${path.planId}: not there after it was published`);
      return answer;
    },
  };
};
