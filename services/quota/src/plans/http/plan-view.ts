import { calendarOn, type Company } from '@meilenstein/contracts';
import { fromMoney, refused, type PlanId } from '@meilenstein/kernel';
import { monthLabels, quarterLabels } from '../../credits/domain/attainment.ts';
import { cascade } from '../domain/plan.ts';
import { annualOf, targetInForce } from '../domain/targets.ts';
import type { LoadedPlan } from '../store/plan-change.ts';

/** The published version of a plan with its cascade; targets of a version that is not published yet are left out. */
export const planView = (planId: PlanId, { plan, targets }: LoadedPlan, company: Company) => {
  const head = plan?.state.versions.at(-1);
  if (plan === undefined || head === undefined) return refused('plan-not-found', 'no plan has this id', { field: 'planId', value: planId });
  const calendar = calendarOn(company, head.effectiveFrom);
  const { version, measure, fiscalYear, effectiveFrom, quarterWeights, monthWeights, ramp, currency } = head;
  const text = (minor: number) => fromMoney({ minor, currency });
  const [quarters, months] = [quarterLabels(calendar, fiscalYear), monthLabels(calendar, fiscalYear)];
  const labelled = (labels: readonly string[], parts: readonly number[]) =>
    labels.map((label, index) => ({ label, target: text(parts[index] ?? 0) }));
  const nodes = [...targets]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { state }]) => targetInForce(state, version) ?? [])
    .map((target) => ({ node: target.node, annual: annualOf(target) }));
  const body = {
    planId,
    version,
    measure,
    fiscalYear,
    currency,
    effectiveFrom,
    ...(quarterWeights === null ? {} : { quarterWeights }),
    ...(monthWeights === null ? {} : { monthWeights }),
    ...(ramp === undefined ? {} : { ramp }),
    targets: nodes.map(({ node, annual }) => ({ node, annual: text(annual) })),
    cascade: nodes.map(({ node, annual }) => {
      const parts = cascade(annual, { quarters: quarterWeights, months: monthWeights });
      return { node, annual: text(annual), quarters: labelled(quarters, parts.quarters), months: labelled(months, parts.months) };
    }),
  };
  return { status: 200 as const, body, version: plan.version };
};
