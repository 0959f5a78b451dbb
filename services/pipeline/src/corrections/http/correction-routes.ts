import type { Caller, HandlersOf, pipelineApi } from '@meilenstein/contracts';
import { toMoney, type OpportunityId } from '@meilenstein/kernel';
import { repOf } from '@meilenstein/runtime';
import { cancelOrder } from '../../opportunities/domain/cancel-order.ts';
import { correctEvidence } from '../domain/correct-evidence.ts';
import { correctOrder } from '../domain/correct-order.ts';
import { recordResponse } from '../../opportunities/domain/record-response.ts';
import { reopenOpportunity } from '../domain/reopen-opportunity.ts';
import { withdrawEvidence, withdrawResponse } from '../domain/withdraw-evidence.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { opportunityChanges } from '../../opportunities/http/change-opportunity.ts';
import { liveChecks, ratesOf, type CurrentCompany } from '../../opportunities/http/current-company.ts';

type Routes = Pick<
  HandlersOf<typeof pipelineApi>,
  | 'POST /opportunities/{opportunityId}/responses'
  | 'POST /opportunities/{opportunityId}/responses/{responseId}/withdraw'
  | 'POST /opportunities/{opportunityId}/milestones/{milestoneId}/withdraw'
  | 'POST /opportunities/{opportunityId}/milestones/{milestoneId}/correct'
  | 'POST /opportunities/{opportunityId}/order/correct'
  | 'POST /opportunities/{opportunityId}/cancel'
  | 'POST /opportunities/{opportunityId}/reopen'
>;

const noHistory = new Map<number, number>();

/** Puts right what was recorded on an opportunity, and records customers who reached no milestone. */
export const correctionRoutes = (deps: PipelineDeps): Routes => {
  const { opportunities, processes } = deps.stores;
  const { change } = opportunityChanges(deps);
  const by = ({ company }: CurrentCompany, caller: Caller) => repOf(company, caller) ?? null;

  const milestonesOf = async (id: OpportunityId) => {
    const dimensions = (await opportunities.find(id))?.opportunity.dimensions;
    return dimensions === undefined ? [] : processes.milestonesOf(dimensions.processId, dimensions.processVersion);
  };

  return {
    'POST /opportunities/{opportunityId}/responses': async (request) => {
      const responseId = request.newId();
      return change(request, (state, today) =>
        recordResponse(
          state,
          { ...request.body, responseId, recordedBy: by(today, request.caller) },
          { now: deps.clock.now(), live: liveChecks(today, noHistory) },
        ),
      );
    },
    'POST /opportunities/{opportunityId}/responses/{responseId}/withdraw': async (request) =>
      change(request, (state, today) =>
        withdrawResponse(state, {
          responseId: request.path.responseId,
          reason: request.body.reason,
          recordedBy: by(today, request.caller),
        }),
      ),
    'POST /opportunities/{opportunityId}/milestones/{milestoneId}/withdraw': async (request) =>
      change(request, (state, today) =>
        withdrawEvidence(state, {
          milestoneId: request.path.milestoneId,
          reason: request.body.reason,
          recordedBy: by(today, request.caller),
        }),
      ),
    'POST /opportunities/{opportunityId}/milestones/{milestoneId}/correct': async (request) => {
      const milestones = await milestonesOf(request.path.opportunityId);
      const { evidence, reason } = request.body;
      return change(request, (state, today) =>
        correctEvidence(
          state,
          { milestoneId: request.path.milestoneId, evidence, reason, recordedBy: by(today, request.caller) },
          { milestones, now: deps.clock.now(), live: liveChecks(today, noHistory) },
        ),
      );
    },
    'POST /opportunities/{opportunityId}/order/correct': async (request) => {
      const history = await opportunities.history();
      const { amount, orderedAt, reason, restates, confirm } = request.body;
      return change(request, (state, today) =>
        correctOrder(
          state,
          { amount: amount && toMoney(amount), orderedAt, reason, recordedBy: by(today, request.caller), restates, confirm },
          { rateOf: ratesOf(today.company), teamAt: today.teamAt, now: deps.clock.now(), live: liveChecks(today, history) },
        ),
      );
    },
    'POST /opportunities/{opportunityId}/cancel': async (request) => {
      const now = deps.clock.now();
      const { amount, cancelledAt = now, reason, restates } = request.body;
      return change(request, (state, today) =>
        cancelOrder(
          state,
          { amount: amount && toMoney(amount), cancelledAt, reason, restates },
          { now, live: liveChecks(today, noHistory) },
        ),
      );
    },
    'POST /opportunities/{opportunityId}/reopen': async (request) =>
      change(request, (state, today) =>
        reopenOpportunity(
          state,
          { reason: request.body.reason, recordedBy: by(today, request.caller) },
          { teamAt: today.teamAt, now: deps.clock.now() },
        ),
      ),
  };
};
