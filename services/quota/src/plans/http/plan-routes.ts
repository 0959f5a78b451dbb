import type { Company, HandlersOf, Plan, quotaApi } from '@meilenstein/contracts';
import { refused, type PlanId } from '@meilenstein/kernel';
import { expectedVersion, versionConflict } from '@meilenstein/runtime';
import { checkPlan, nodeName } from '../domain/plan.ts';
import type { TargetKey } from '../domain/targets.ts';
import type { Guard, Intent } from '../../documents/store/document-guard.ts';
import { changePlan, targetsToClaim, revertPlan, type LoadedPlan } from '../store/plan-change.ts';
import { targetsId } from '../store/plan-store.ts';
import { currentCompany } from '../../organisation/http/current-company.ts';
import { documentEtag } from '../../documents/http/document-etag.ts';
import type { QuotaDeps } from '../../live-quota.ts';
import { planView } from './plan-view.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /plans' | 'GET /plans/{planId}' | 'PUT /plans/{planId}'>;

/** How often a plan is read again because an index is behind its last change. */
const mostTries = 4;

const targetInAnotherPlan = ({ node, fiscalYear }: Pick<TargetKey, 'node' | 'fiscalYear'>, plan: string) =>
  refused('target-in-another-plan', `${nodeName(node)} has its target for ${fiscalYear} in plan ${plan}; remove it there first`, {
    field: 'targets.node',
    value: nodeName(node),
  });

export const planRoutes = (deps: QuotaDeps): Routes => {
  const { published, plans, targets, targetsOfPlan, targetsAt, guards } = deps.stores;

  /** Reads the plan first: targets are written before their plan, so a version that was read has all of them. */
  const read = async (planId: PlanId): Promise<LoadedPlan> => {
    const plan = await plans.find(planId);
    return { plan, targets: await targetsOfPlan(planId) };
  };

  /** The same, with the targets of these nodes read from the table instead of an index, which may be behind. */
  const readAgain = async (planId: PlanId, wanted: Plan): Promise<LoadedPlan> => {
    const { plan, targets: loaded } = await read(planId);
    const ids = [...new Set([...loaded.keys(), ...wanted.targets.map(({ node }) => targetsId(planId, node))])];
    const found = await targets.findMany(ids);
    const existing = ids.flatMap((id, index) => {
      const one = found[index];
      return one === undefined ? [] : [[id, one] as const];
    });
    return { plan, targets: new Map(existing) };
  };

  type Put = { readonly planId: PlanId; readonly wanted: Plan; readonly ifMatch: string | undefined; readonly intent: Intent };

  /** The refusal of the first target that another plan has already set. */
  const findForeignTarget = async ({ planId, wanted }: Put, loaded: LoadedPlan) => {
    const keys = targetsToClaim({ planId, loaded, wanted });
    const holders = await targetsAt(keys);
    for (const [index, key] of keys.entries()) {
      const holder = holders[index];
      if (holder === undefined || holder === key.id) continue;
      return targetInAnotherPlan(key, (await targets.find(holder))?.state.versions.at(-1)?.planId ?? 'another one');
    }
    return undefined;
  };

  /**
   * Handles a conflict with another plan or with an index that was behind. Where another plan has taken a target at the same moment, the
   * request is refused and the targets that it has written by then are reverted. Undefined where the request can be tried again.
   */
  const afterBlocked = async (request: Put, guard: Guard) => {
    const loaded = await readAgain(request.planId, request.wanted);
    const refusal = await findForeignTarget(request, loaded);
    if (refusal !== undefined) await guards.write(guard, request.intent, revertPlan(deps.stores, loaded));
    return refusal;
  };

  const put = async (request: Put, company: Company, reading: typeof readAgain) => {
    const { planId, wanted, ifMatch, intent } = request;
    const guard = await guards.ofPlan(planId);
    const loaded = await reading(planId, wanted);
    const refusal = await findForeignTarget(request, loaded);
    if (refusal !== undefined) return refusal;
    const { expectedVersion: version } = expectedVersion(ifMatch);
    const change = changePlan(deps.stores, { planId, loaded, wanted });
    if (change.differs) {
      if (version !== undefined && version !== (loaded.plan?.version ?? 0)) return versionConflict;
      if (guards.isBusy(guard, intent)) return versionConflict;
    }
    if (change.differs || guard.open?.documentHash === intent.documentHash) {
      const written = await guards.write(guard, intent, change.parcels);
      if (written === 'overtaken') return versionConflict;
      if (written !== 'written') return afterBlocked(request, written.guard);
    }
    const answer = planView(planId, change.after, company);
    if ('refused' in answer) throw new Error(`plan ${planId}: not there after it was published`);
    return answer;
  };

  return {
    'GET /plans': async () => ({
      status: 200,
      body: {
        items: (await published()).map(
          ({ planId, version, measure, fiscalYear, currency, effectiveFrom, quarterWeights, monthWeights }) => ({
            planId,
            version,
            measure,
            fiscalYear,
            currency,
            effectiveFrom,
            ...(quarterWeights === null ? {} : { quarterWeights: [...quarterWeights] }),
            ...(monthWeights === null ? {} : { monthWeights: [...monthWeights] }),
          }),
        ),
      },
    }),
    'GET /plans/{planId}': async ({ path, query }) => {
      const [loaded, { company }] = await Promise.all([read(path.planId), currentCompany(deps)]);
      return planView(path.planId, loaded, company, query.version);
    },
    'PUT /plans/{planId}': async ({ path, body, ifMatch }) => {
      const { company } = await currentCompany(deps);
      if (company.reportingCurrency === null)
        return refused('settings-missing', 'PUT /settings first: a plan needs a calendar and a reporting currency');
      const refusal = checkPlan(body, company);
      if (refusal !== undefined) return { refused: refusal };
      const intent = { documentHash: documentEtag(body), ifMatch: ifMatch ?? '' };
      for (let attempt = 0; attempt < mostTries; attempt += 1) {
        if (attempt > 0) await deps.delay(deps.random() * 25 * 2 ** attempt);
        const answer = await put({ planId: path.planId, wanted: body, ifMatch, intent }, company, attempt === 0 ? read : readAgain);
        if (answer !== undefined) return answer;
      }
      return versionConflict;
    },
  };
};
