import { teamOn, type Caller, type HandlersOf, type OpportunityFact, type pipelineApi } from '@meilenstein/contracts';
import {
  convertWithin,
  opportunityId,
  refused,
  toMoney,
  type Decision,
  type Money,
  type AccountId,
  type OpportunityId,
  type Refusal,
  type RepId,
  type TeamId,
} from '@meilenstein/kernel';
import { companyAccountId, maySee, recordHistory, repOf } from '@meilenstein/runtime';
import { auditedPipeline } from '../../audited.ts';
import { amendOpportunity } from '../domain/amend-opportunity.ts';
import { checkCurrency } from '../domain/check-currency.ts';
import { checkSegment } from '../domain/check-segment.ts';
import { loseOpportunity } from '../domain/lose-opportunity.ts';
import { checkUsual, type OrderHistory } from '../domain/order-history.ts';
import { openOpportunity } from '../domain/open-opportunity.ts';
import type { Opportunity } from '../domain/opportunity.ts';
import { recordMilestone } from '../domain/record-milestone.ts';
import { currentCompany, liveChecks, maySeeOpportunity, ratesOf, type CurrentCompany } from './current-company.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { opportunityChanges, opportunityNotFound } from './change-opportunity.ts';

type Api = HandlersOf<typeof pipelineApi>;
type Routes = Pick<
  Api,
  | 'POST /opportunities'
  | 'GET /opportunities/{opportunityId}'
  | 'GET /opportunities/{opportunityId}/history'
  | 'POST /opportunities/{opportunityId}/amend'
  | 'POST /opportunities/{opportunityId}/milestones'
  | 'POST /opportunities/{opportunityId}/lose'
  | 'POST /opportunities/bulk/hand-over'
  | 'POST /opportunities/bulk/lose'
>;

type AmendRefusal = keyof (typeof pipelineApi)['routes']['POST /opportunities/{opportunityId}/amend']['refusals'];

const repNotFound = (owner: RepId) =>
  refused('rep-not-found', 'the owner is not a current rep to whom you may give opportunities', { field: 'owner', value: owner });

/** The account that was named; a company without an id by its name. */
const accountOf = ({ id, name }: { readonly id?: AccountId | undefined; readonly name: string | null }) => ({
  id: id ?? companyAccountId(name ?? ''),
  name,
});

export const opportunityRoutes = (deps: PipelineDeps): Routes => {
  const { opportunities, processes, segments } = deps.stores;

  const { view, answer, change } = opportunityChanges(deps);

  /** The same change of many opportunities, each at its version and with its own result. */
  const changeEach = async <Code extends string>(
    rows: readonly { readonly opportunityId: OpportunityId; readonly version: number }[],
    caller: Caller,
    rule: (state: Opportunity, today: CurrentCompany) => Decision<OpportunityFact, Refusal<Code>>,
  ) => {
    const results = [];
    for (const { opportunityId: id, version } of rows) {
      const one = await change({ path: { opportunityId: id }, caller, ifMatch: String(version) }, rule);
      results.push(
        'refused' in one
          ? { opportunityId: id, version: null, refusal: { code: one.refused.code, detail: one.refused.message } }
          : { opportunityId: id, version: Number(one.etag), refusal: null },
      );
    }
    return { status: 200 as const, body: { results } };
  };

  const ownerAt = (
    { company, today, scope }: CurrentCompany,
    owner: RepId,
  ): { readonly repId: RepId; readonly teamId: TeamId } | undefined => {
    const teamId = maySee(scope, owner) ? teamOn(company, owner, today) : undefined;
    return teamId && { repId: owner, teamId };
  };

  /** Asks back about an amount far outside the orders of the company, valued at the rate of today. */
  const checkAmount = (
    { company }: CurrentCompany,
    { amount, confirm }: { readonly amount: Money | null; readonly confirm: true | undefined },
    history: OrderHistory,
  ) => {
    if (amount === null || confirm === true) return undefined;
    const found = ratesOf(company)(amount.currency, deps.clock.now());
    const value = found && convertWithin(amount, found.rate.value, found.reportingCurrency);
    return value && checkUsual(history, value);
  };

  return {
    'POST /opportunities': async ({ body, caller, newId }) => {
      const today = await currentCompany(deps, caller);
      const owner = ownerAt(today, body.owner);
      if (owner === undefined) return repNotFound(body.owner);
      const process = await processes.newest(body.processId);
      if (process === undefined)
        return refused('process-not-found', 'publish the process first', { field: 'processId', value: body.processId });
      const amount = body.amount ? toMoney(body.amount) : null;
      const refusal =
        (body.segment === undefined ? undefined : checkSegment(body.segment, await segments.ids())) ??
        checkCurrency(today.company, amount) ??
        checkAmount(today, { amount, confirm: body.confirm }, await opportunities.history());
      if (refusal !== undefined) return { refused: refusal };
      const id = opportunityId.parse(newId());
      const dimensions = {
        opportunityId: id,
        processId: body.processId,
        processVersion: process.version,
        account: accountOf(body.account),
        leadId: null,
        sourceId: null,
        segment: body.segment ?? null,
        ...owner,
        openedAt: deps.clock.now(),
        amount,
      };
      const result = await opportunities.change(id, (state) => openOpportunity(state, dimensions));
      if ('refused' in result) return { refused: result.refused };
      if (!('changed' in result)) throw new Error(`opportunity ${id}: a new opportunity claims nothing and expects no version`);
      const opened = await answer(201, result.changed, today);
      if ('refused' in opened) throw new Error(`opportunity ${id}: not there after it was opened`);
      return { ...opened, location: `/opportunities/${id}` };
    },
    'GET /opportunities/{opportunityId}': async ({ path, query, caller }) => {
      const today = await currentCompany(deps, caller);
      const found = await opportunities.find(path.opportunityId);
      if (found === undefined || !maySeeOpportunity(today, found.opportunity)) return opportunityNotFound;
      if (query.asOf === undefined) return answer(200, { state: found.opportunity, version: found.version }, today);
      const then = await opportunities.asOf(path.opportunityId, query.asOf);
      return then === undefined ? opportunityNotFound : { status: 200, body: await view(then, { ...today, teamAt: () => undefined }) };
    },
    'GET /opportunities/{opportunityId}/history': async ({ path, query, caller, language }) => {
      const today = await currentCompany(deps, caller);
      const found = await opportunities.find(path.opportunityId);
      if (found === undefined || !maySeeOpportunity(today, found.opportunity)) return opportunityNotFound;
      const record = { kind: 'opportunity', id: path.opportunityId };
      const page = await recordHistory(deps, auditedPipeline(deps.stores), { record, company: today.company, language, page: query });
      return { status: 200, body: page };
    },
    'POST /opportunities/{opportunityId}/amend': async (request) => {
      const [history, existing] = await Promise.all([opportunities.history(), segments.ids()]);
      return change<AmendRefusal>(request, (state, today) => {
        const { segment, owner } = request.body;
        const amount = request.body.amount && toMoney(request.body.amount);
        const { confirm } = request.body;
        // What an opportunity has already may stay, also if its segment was given up since.
        const isNew = state.status === 'open' && segment !== state.dimensions.segment;
        const refusal =
          (isNew ? checkSegment(segment, existing) : undefined) ??
          checkCurrency(today.company, amount ?? null) ??
          checkAmount(today, { amount: amount ?? null, confirm }, history);
        if (refusal !== undefined) return { refused: refusal };
        const newOwner = owner === undefined ? undefined : ownerAt(today, owner);
        if (owner !== undefined && newOwner === undefined) return repNotFound(owner);
        return amendOpportunity(state, {
          ...(amount === undefined ? {} : { amount }),
          ...(segment === undefined ? {} : { segment }),
          ...(newOwner === undefined ? {} : { owner: newOwner }),
        });
      });
    },
    'POST /opportunities/{opportunityId}/milestones': async (request) => {
      const found = await opportunities.find(request.path.opportunityId);
      const dimensions = found?.opportunity.dimensions;
      const milestones = dimensions === undefined ? [] : await processes.milestonesOf(dimensions.processId, dimensions.processVersion);
      const { milestoneId, evidence, amount, restates, confirm } = request.body;
      const history = await opportunities.history();
      return change(request, (state, today) =>
        recordMilestone(
          state,
          {
            milestoneId,
            evidence,
            amount: amount && toMoney(amount),
            restates,
            confirm,
            recordedBy: repOf(today.company, request.caller) ?? null,
          },
          {
            milestones,
            rateOf: ratesOf(today.company),
            teamAt: today.teamAt,
            now: deps.clock.now(),
            live: liveChecks(today, history),
          },
        ),
      );
    },
    'POST /opportunities/{opportunityId}/lose': async (request) =>
      change(request, (state, { company }) =>
        loseOpportunity(state, {
          ...request.body,
          reason: request.body.reason,
          recordedBy: repOf(company, request.caller) ?? null,
          occurredAt: deps.clock.now(),
        }),
      ),
    'POST /opportunities/bulk/hand-over': async ({ body, caller }) =>
      changeEach<AmendRefusal>(body.opportunities, caller, (state, today) => {
        const owner = ownerAt(today, body.owner);
        return owner === undefined ? repNotFound(body.owner) : amendOpportunity(state, { owner });
      }),
    'POST /opportunities/bulk/lose': async ({ body: { reason, note, opportunities: rows }, caller }) =>
      changeEach(rows, caller, (state, { company }) =>
        loseOpportunity(state, { reason, note, recordedBy: repOf(company, caller) ?? null, occurredAt: deps.clock.now() }),
      ),
  };
};
