import type { Milestone, OpportunityView } from '@meilenstein/contracts';
import { fromMoney, type Money } from '@meilenstein/kernel';
import type { ExistingOpportunity } from '../domain/opportunity.ts';

const moneyText = (amount: Money | null) => (amount === null ? null : fromMoney(amount));

const inText = <Valued extends { readonly amount: Money; readonly reportingAmount: Money }>(valued: Valued) => ({
  ...valued,
  amount: fromMoney(valued.amount),
  reportingAmount: fromMoney(valued.reportingAmount),
});

/** The API's view of an opportunity; `milestones` are those of the version of the process that it began with. */
export const opportunityView = (opportunity: ExistingOpportunity, milestones: readonly Milestone[]): OpportunityView => {
  const { dimensions, reached, status, responses = [], earlierOrders = [] } = opportunity;
  const reachedIds = new Set(reached.map(({ milestoneId }) => milestoneId));
  const order = status === 'won' || status === 'cancelled' ? opportunity.order : null;
  return {
    ...dimensions,
    status,
    amount: moneyText(dimensions.amount),
    milestones: reached.map((one) => ({ ...one, artefact: one.artefact ?? null, correctedAt: one.correctedAt ?? null })),
    responses: [...responses],
    nextMilestoneId: status === 'open' ? (milestones.find(({ id }) => !reachedIds.has(id))?.id ?? null) : null,
    order: order && {
      ...order,
      amount: fromMoney(order.amount),
      reportingAmount: fromMoney(order.reportingAmount),
      cancelledAt: status === 'cancelled' ? opportunity.cancelledAt : null,
      correctedAt: order.correctedAt ?? null,
      cancelledParts: (order.cancelledParts ?? []).map(inText),
    },
    earlierOrders: earlierOrders.map(inText),
    loss:
      status === 'lost'
        ? {
            reason: opportunity.reason,
            lostAt: opportunity.lostAt ?? null,
            recordedBy: opportunity.recordedBy ?? null,
            note: opportunity.note ?? null,
          }
        : null,
    lossReason: status === 'lost' ? opportunity.reason : null,
    cancelReason: status === 'cancelled' ? opportunity.reason : null,
  };
};
