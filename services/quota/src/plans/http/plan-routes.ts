import type { Company, HandlersOf, Plan, quotaApi } from '@meilenstein/contracts';
import { refused, type PlanId } from '@meilenstein/kernel';
import { expectedVersion, versionConflict } from '@meilenstein/runtime';
import { complainAboutPlan, nodeName } from '../domain/plan.ts';
import type { TargetPlace } from '../domain/targets.ts';
import type { Guard, Intent } from '../../documents/store/document-guard.ts';
import { changePlan, placesToTake, takeBackPlan, type KnownPlan } from '../store/plan-change.ts';
import { targetsId } from '../store/plan-store.ts';
import { companyToday } from '../../organisation/http/company-today.ts';
import { documentEtag } from '../../documents/http/document-etag.ts';
import type { QuotaDeps } from '../../live-quota.ts';
import { planView } from './plan-view.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /plans/{planId}' | 'PUT /plans/{planId}'>;

/** How often a plan is read again because an index had not followed the last change of it. */
const mostTries = 4;

const targetIsElsewhere = ({ node, fiscalYear }: Pick<TargetPlace, 'node' | 'fiscalYear'>, plan: string) =>
  refused('target-in-another-plan', `${nodeName(node)} has its target of ${fiscalYear} in plan ${plan}; take it out there first`, {
    field: 'targets.node',
    value: nodeName(node),
  });

export const planRoutes = (deps: QuotaDeps): Routes => {
  const { plans, targets, targetsOfPlan, targetsAt, guards } = deps.stores;

  /** The plan first: its targets are there before it is, so a version that was read has all of them. */
  const read = async (planId: PlanId): Promise<KnownPlan> => {
    const plan = await plans.find(planId);
    return { plan, targets: await targetsOfPlan(planId) };
  };

  /** The same, with the targets of these nodes read where they are written and not from an index, which may be behind. */
  const readAgain = async (planId: PlanId, wanted: Plan): Promise<KnownPlan> => {
    const { plan, targets: known } = await read(planId);
    const ids = [...new Set([...known.keys(), ...wanted.targets.map(({ node }) => targetsId(planId, node))])];
    const found = await targets.findMany(ids);
    const there = ids.flatMap((id, index) => {
      const one = found[index];
      return one === undefined ? [] : [[id, one] as const];
    });
    return { plan, targets: new Map(there) };
  };

  type Put = { readonly planId: PlanId; readonly wanted: Plan; readonly ifMatch: string | undefined; readonly intent: Intent };

  /** The first target that another plan has set already. */
  const elsewhere = async ({ planId, wanted }: Put, known: KnownPlan) => {
    const places = placesToTake({ planId, known, wanted });
    const holders = await targetsAt(places);
    for (const [index, place] of places.entries()) {
      const holder = holders[index];
      if (holder === undefined || holder === place.id) continue;
      return targetIsElsewhere(place, (await targets.find(holder))?.state.versions.at(-1)?.planId ?? 'another one');
    }
    return undefined;
  };

  /**
   * Another plan, or an index that was behind, was in the way. A target that another plan took at the same moment refuses the request:
   * what it has said of other nodes by then is taken back, and nothing of it is published. Undefined where it can be tried again.
   */
  const afterBlocked = async (request: Put, guard: Guard) => {
    const known = await readAgain(request.planId, request.wanted);
    const refusal = await elsewhere(request, known);
    if (refusal !== undefined) await guards.write(guard, request.intent, takeBackPlan(deps.stores, known));
    return refusal;
  };

  const put = async (request: Put, company: Company, reading: typeof readAgain) => {
    const { planId, wanted, ifMatch, intent } = request;
    const guard = await guards.ofPlan(planId);
    const known = await reading(planId, wanted);
    const refusal = await elsewhere(request, known);
    if (refusal !== undefined) return refusal;
    const { expectedVersion: version } = expectedVersion(ifMatch);
    const change = changePlan(deps.stores, { planId, known, wanted });
    if (change.differs) {
      if (version !== undefined && version !== (known.plan?.version ?? 0)) return versionConflict;
      if (guards.isBusy(guard, intent)) return versionConflict;
    }
    if (change.differs || guard.open?.wants === intent.wants) {
      const written = await guards.write(guard, intent, change.parcels);
      if (written === 'overtaken') return versionConflict;
      if (written !== 'written') return afterBlocked(request, written.guard);
    }
    const answer = planView(planId, change.after, company);
    if ('refused' in answer) throw new Error(`plan ${planId}: not there after it was published`);
    return answer;
  };

  return {
    'GET /plans/{planId}': async ({ path }) => {
      const [known, { company }] = await Promise.all([read(path.planId), companyToday(deps)]);
      return planView(path.planId, known, company);
    },
    'PUT /plans/{planId}': async ({ path, body, ifMatch }) => {
      const { company } = await companyToday(deps);
      if (company.reportingCurrency === null)
        return refused('settings-missing', 'PUT /settings first: a plan needs the calendar and the reporting currency');
      const complaint = complainAboutPlan(body, company);
      if (complaint !== undefined) return complaint;
      const intent = { wants: documentEtag(body), ifMatch: ifMatch ?? '' };
      for (let attempt = 0; attempt < mostTries; attempt += 1) {
        if (attempt > 0) await deps.delay(deps.random() * 25 * 2 ** attempt);
        const answer = await put({ planId: path.planId, wanted: body, ifMatch, intent }, company, attempt === 0 ? read : readAgain);
        if (answer !== undefined) return answer;
      }
      return versionConflict;
    },
  };
};
