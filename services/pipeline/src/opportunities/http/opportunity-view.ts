import type { Milestone, OpportunityView } from '@meilenstein/contracts';
import { fromMoney, type Money } from '@meilenstein/kernel';
import type { Existing } from '../store/opportunity-store.ts';

const outside = (amount: Money | null) => (amount === null ? null : fromMoney(amount));

/** An opportunity as people see it; `milestones` are those of its own version of the process. */
export const opportunityView = (opportunity: Existing, milestones: readonly Milestone[]): OpportunityView => {
  const { dimensions, reached, status } = opportunity;
  const ids = new Set(reached.map((one) => one.milestoneId));
  const order = status === 'won' || status === 'cancelled' ? opportunity.order : null;
  return {
    ...dimensions,
    status,
    amount: outside(dimensions.amount),
    milestones: [...reached],
    nextMilestoneId: status === 'open' ? (milestones.find((one) => !ids.has(one.id))?.id ?? null) : null,
    order: order && {
      ...order,
      amount: fromMoney(order.amount),
      reportingAmount: fromMoney(order.reportingAmount),
      cancelledAt: status === 'cancelled' ? opportunity.cancelledAt : null,
    },
    lossReason: status === 'lost' ? opportunity.reason : null,
    cancelReason: status === 'cancelled' ? opportunity.reason : null,
  };
};
