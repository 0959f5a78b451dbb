import { stampFact, type FrozenRate, type Milestone, type OpportunityDimensions, type OpportunityFact } from '@meilenstein/contracts';
import {
  accountId,
  currency,
  day,
  isRefused,
  opportunityId,
  processId,
  repId,
  teamId,
  toInstant,
  type Decision,
} from '@meilenstein/kernel';
import { scenario } from '@meilenstein/contracts/testing/scenario';
import { milestoneReached, opportunityOpened } from '@meilenstein/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amendOpportunity } from './amend-opportunity.ts';
import { cancelOrder } from './cancel-order.ts';
import { loseOpportunity } from './lose-opportunity.ts';
import { evolveOpportunity, noOpportunity, type Opportunity } from './opportunity.ts';
import { recordMilestone, type RecordMilestone } from './record-milestone.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const euro = currency.parse('EUR');
const name = { de: 'x', en: 'x' };
const milestones: readonly Milestone[] = ['need', 'visit', 'ordered'].map((id) => ({ id, name, provenBy: ['did', 'said', 'wrote'] }));
const rate: FrozenRate = { id: 'same-currency', date: day.parse('2026-03-02'), value: '1' };
const context = { milestones, rateOf: () => ({ rate, reportingCurrency: euro }), teamAt: () => undefined, now };
const dimensions: OpportunityDimensions = {
  opportunityId: opportunityId.parse('o'),
  processId: processId.parse('p'),
  processVersion: 1,
  account: { id: accountId.parse('a'), name: null },
  leadId: null,
  sourceId: null,
  segment: null,
  repId: repId.parse('r'),
  teamId: teamId.parse('t'),
  openedAt: now,
  amount: { minor: 1000, currency: euro },
};
const command = (milestoneId: string, party: 'customer' | 'us' = 'customer'): RecordMilestone => ({
  milestoneId,
  evidence: { act: 'did', by: { party, role: 'buyer' }, occurredAt: now, channel: 'call' },
  amount: undefined,
  recordedBy: null,
});
const given = scenario<Opportunity, OpportunityFact>(noOpportunity, evolveOpportunity, now).given;
const opened = opportunityOpened.of(dimensions);

describe('an opportunity', () => {
  it('given an open opportunity · when the customer names the need · then the milestone is reached', () => {
    const data = {
      ...dimensions,
      milestoneId: 'need',
      position: 1,
      act: 'did' as const,
      channel: 'call' as const,
      partyRole: 'buyer' as const,
      recordedBy: null,
    };
    given(opened)
      .when((state) => recordMilestone(state, command('need'), context))
      .then(milestoneReached.of(data, { occurredAt: now }));
  });

  it('given no opportunity · when a milestone is recorded · then it is refused: opportunity-not-found', () => {
    given()
      .when((state) => recordMilestone(state, command('need'), context))
      .thenRefused('opportunity-not-found');
  });

  it('given an open opportunity · when an order is too large to be counted exactly · then it is refused: amount-too-large', () => {
    const expensive = { ...context, rateOf: () => ({ rate: { ...rate, value: '1000000000' }, reportingCurrency: euro }) };
    const ordered = { ...command('ordered'), amount: { minor: 99_999_999_999_999, currency: euro } };
    given(opened)
      .when((state) => recordMilestone(state, ordered, expensive))
      .thenRefused('amount-too-large');
  });

  it('given an open opportunity · when it is amended to its own values · then nothing changes', () => {
    given(opened)
      .when((state) => amendOpportunity(state, { segment: null }))
      .thenNothing();
  });
});

type Step = (state: Opportunity) => Decision<OpportunityFact>;
const ours = fc.constantFrom<Step>(
  (state) => recordMilestone(state, command('need', 'us'), context),
  (state) => recordMilestone(state, command('visit', 'us'), context),
  (state) => recordMilestone(state, { ...command('ordered'), evidence: undefined }, context),
  (state) => amendOpportunity(state, { amount: { minor: 2000, currency: euro } }),
);
const theirs = fc.constantFrom<Step>(
  ...['need', 'visit', 'ordered'].map(
    (id): Step =>
      (state) =>
        recordMilestone(state, command(id), context),
  ),
  (state) => loseOpportunity(state, { reason: 'price', occurredAt: now }),
  (state) => cancelOrder(state, { reason: 'not-paid', cancelledAt: now }),
);

const play = (steps: readonly Step[]) => {
  let state = [stampFact(opened, now)].reduce(evolveOpportunity, noOpportunity);
  const facts: OpportunityFact[] = [];
  for (const step of steps) {
    const decision = step(state);
    if (isRefused(decision)) continue;
    facts.push(...decision.events);
    state = decision.events.map((fact) => stampFact<OpportunityFact>(fact, now)).reduce(evolveOpportunity, state);
  }
  return { state, facts };
};

describe('any sequence of commands to an opportunity', () => {
  it('never advances it by what the seller does', () => {
    fc.assert(
      fc.property(fc.array(ours, { maxLength: 12 }), (steps) => {
        const { state } = play(steps);
        expect(state).toMatchObject({ status: 'open', reached: [] });
      }),
    );
  });

  it('gives the state that a new fold of its events gives', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(ours, theirs), { maxLength: 12 }), (steps) => {
        const { state, facts } = play(steps);
        const again = [stampFact<OpportunityFact>(opened, now), ...facts.map((fact) => stampFact<OpportunityFact>(fact, now))].reduce(
          evolveOpportunity,
          noOpportunity,
        );
        expect(again).toEqual(state);
      }),
    );
  });

  it('has at most one order, which its cancellation brings back to 0', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(ours, theirs), { maxLength: 16 }), (steps) => {
        const { state, facts } = play(steps);
        const sum = facts.reduce(
          (all, fact) =>
            fact.name === 'OpportunityWon'
              ? all + fact.data.reportingAmount.minor
              : fact.name === 'OrderCancelled'
                ? all - fact.data.reportingAmount.minor
                : all,
          0,
        );
        expect(facts.filter((fact) => fact.name === 'OpportunityWon').length).toBeLessThanOrEqual(1);
        expect(sum).toBe(state.status === 'won' ? state.order.reportingAmount.minor : 0);
      }),
    );
  });
});
