import { calendarOn, membershipsOf, targetOf, type Company } from '@meilenstein/contracts';
import { fromMoney, monthsOf, quartersOf, refused, type PlanId } from '@meilenstein/kernel';
import { annualOf, targetInForce, versionsUpTo } from '../domain/targets.ts';
import type { LoadedPlan } from '../store/plan-change.ts';

/**
 * A published version of a plan with its cascade, by default the newest one; targets of a version that is not published yet are left out. Each
 * month shows the version in force in that month, so that a plan and the attainment say the same.
 */
export const planView = (planId: PlanId, { plan, targets }: LoadedPlan, company: Company, wanted?: number) => {
  const versions = plan?.state.versions ?? [];
  const head = wanted === undefined ? versions.at(-1) : versions.find(({ version }) => version === wanted);
  if (plan === undefined || head === undefined)
    return wanted === undefined || plan === undefined
      ? refused('plan-not-found', 'no plan has this id', { field: 'planId', value: planId })
      : refused('plan-not-found', `the plan has the versions 1 to ${versions.length}`, { field: 'version', value: String(wanted) });
  const calendar = calendarOn(company, head.effectiveFrom);
  const { version, measure, fiscalYear, effectiveFrom, quarterWeights, monthWeights, ramp, currency } = head;
  const text = (minor: number) => fromMoney({ minor, currency });
  const [quarters, months] = [quartersOf(calendar, fiscalYear), monthsOf(calendar, fiscalYear)];
  const nodes = [...targets]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { state }]) => {
      const target = targetInForce(state, version);
      return target === undefined ? [] : [{ node: target.node, annual: annualOf(target), history: versionsUpTo(state, version) }];
    });
  const body = {
    planId,
    version,
    versions: versions.map((one) => ({ version: one.version, effectiveFrom: one.effectiveFrom })),
    measure,
    fiscalYear,
    currency,
    effectiveFrom,
    ...(quarterWeights === null ? {} : { quarterWeights }),
    ...(monthWeights === null ? {} : { monthWeights }),
    ...(ramp === undefined ? {} : { ramp }),
    targets: nodes.map(({ node, annual }) => ({ node, annual: text(annual) })),
    cascade: nodes.map(({ node, annual, history }) => {
      const memberships = membershipsOf(company, node);
      const ofMonths = months.map((month) => ({ month, minor: targetOf(history, calendar, month, memberships) ?? 0 }));
      const sumOf = (some: typeof ofMonths) => text(some.reduce((sum, { minor }) => sum + minor, 0));
      return {
        node,
        annual: text(annual),
        inForce: sumOf(ofMonths),
        quarters: quarters.map(({ label, from, until }) => ({
          label,
          target: sumOf(ofMonths.filter(({ month }) => from <= month.from && month.until <= until)),
        })),
        months: ofMonths.map(({ month, minor }) => ({ label: month.label, target: text(minor) })),
      };
    }),
  };
  return version === versions.length ? { status: 200 as const, body, version: plan.version } : { status: 200 as const, body };
};
