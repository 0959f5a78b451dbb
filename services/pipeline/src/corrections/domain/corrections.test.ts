import {
  stampFact,
  evidenceCorrected,
  milestoneWithdrawn,
  opportunityOpened,
  opportunityReopened,
  orderCorrected,
  orderPartiallyCancelled,
  type FrozenRate,
  type Happened,
  type Milestone,
  type OpportunityDimensions,
  type OpportunityFact,
} from '@meilenstein/contracts';
import { scenario } from '@meilenstein/contracts/testing/scenario';
import {
  accountId,
  addMillis,
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
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancelOrder } from '../../opportunities/domain/cancel-order.ts';
import { correctEvidence } from './correct-evidence.ts';
import { correctOrder } from './correct-order.ts';
import type { CustomerEvidence } from '../../opportunities/domain/customer-evidence.ts';
import { loseOpportunity } from '../../opportunities/domain/lose-opportunity.ts';
import { evolveOpportunity, noOpportunity, type Opportunity } from '../../opportunities/domain/opportunity.ts';
import { recordMilestone } from '../../opportunities/domain/record-milestone.ts';
import { recordResponse } from '../../opportunities/domain/record-response.ts';
import { reopenOpportunity } from './reopen-opportunity.ts';
import { withdrawEvidence, withdrawResponse } from './withdraw-evidence.ts';

const start = toInstant('2026-03-02T09:00:00Z');
const euro = currency.parse('EUR');
const name = { de: 'x', en: 'x' };
const milestones: readonly Milestone[] = ['need', 'visit', 'ordered'].map((id) => ({ id, name, provenBy: ['did', 'said', 'wrote'] }));
const rate: FrozenRate = { id: 'same-currency', date: day.parse('2026-03-02'), value: '1' };
const live = { companySince: null, openSince: toInstant('2026-02-01T00:00:00Z'), history: new Map<number, number>() };
const rateOf = () => ({ rate, reportingCurrency: euro });
const teamAt = () => undefined;
const contextAt = (now: typeof start) => ({ milestones, rateOf, teamAt, now, live });
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
  openedAt: start,
  amount: { minor: 1000, currency: euro },
};
const opened = opportunityOpened.of(dimensions);
const evidenceOf = (about: Partial<CustomerEvidence> = {}): CustomerEvidence => ({
  act: 'said',
  by: { party: 'customer', role: 'buyer' },
  occurredAt: start,
  channel: 'call',
  ...about,
});
const record =
  (milestoneId: string, evidence = evidenceOf(), now = start) =>
  (state: Opportunity) =>
    recordMilestone(state, { milestoneId, evidence, amount: undefined, recordedBy: null }, contextAt(now));
const correct =
  (milestoneId: string, evidence: CustomerEvidence, now = start) =>
  (state: Opportunity) =>
    correctEvidence(state, { milestoneId, evidence, reason: 'misunderstood', recordedBy: null }, contextAt(now));
const withdraw = (milestoneId: string) => (state: Opportunity) =>
  withdrawEvidence(state, { milestoneId, reason: 'wrong-entry', recordedBy: null });
const putRight =
  (minor: number, now = start) =>
  (state: Opportunity) =>
    correctOrder(
      state,
      { amount: { minor, currency: euro }, reason: 'wrong-entry', recordedBy: null, restates: undefined, confirm: undefined },
      contextAt(now),
    );
const cancel =
  (minor?: number, now = start) =>
  (state: Opportunity) =>
    cancelOrder(
      state,
      { reason: 'not-paid', cancelledAt: now, amount: minor === undefined ? undefined : { minor, currency: euro } },
      { now, live },
    );
const reopen = (state: Opportunity) => reopenOpportunity(state, { reason: 'customer-came-back', recordedBy: null }, { teamAt, now: start });

const given = scenario<Opportunity, OpportunityFact>(noOpportunity, evolveOpportunity, start).given;
const factsOf = (...steps: readonly Step[]): readonly OpportunityFact[] => play(steps).facts;
type Step = (state: Opportunity) => Decision<OpportunityFact>;

/** What the steps that are not refused come to, each a second after the one before. */
const play = (steps: readonly Step[], after: readonly OpportunityFact[] = [opened]) => {
  const facts = [...after];
  const happened = facts.map((fact) => stampFact<OpportunityFact>(fact, start));
  let state = happened.reduce(evolveOpportunity, noOpportunity);
  for (const [index, step] of steps.entries()) {
    const decision = step(state);
    if (isRefused(decision)) continue;
    facts.push(...decision.events);
    const at = addMillis(start, 1000 * (index + 1));
    const stamped = decision.events.map((fact) => stampFact<OpportunityFact>(fact, at));
    happened.push(...stamped);
    state = stamped.reduce(evolveOpportunity, state);
  }
  return { state, facts, happened };
};

describe('a milestone that was recorded', () => {
  it('given evidence · when it is withdrawn · then the customer has not reached the milestone', () => {
    const data = { ...dimensions, milestoneId: 'need', position: 1, reason: 'wrong-entry' as const, recordedBy: null };
    given(...factsOf(record('need')))
      .when(withdraw('need'))
      .then(milestoneWithdrawn.of(data));
    expect(play([record('need'), withdraw('need')]).state).toMatchObject({ status: 'open', reached: [] });
  });

  it('given evidence · when it is corrected · then the event has it before and after, and the milestone stays reached', () => {
    const written = evidenceOf({ act: 'wrote', channel: 'email', quote: 'so war es', by: { party: 'customer', role: 'engineer' } });
    given(...factsOf(record('need')))
      .when(correct('need', written))
      .then(
        evidenceCorrected.of(
          {
            ...dimensions,
            milestoneId: 'need',
            position: 1,
            before: { act: 'said', channel: 'call', partyRole: 'buyer', occurredAt: start },
            after: { act: 'wrote', channel: 'email', partyRole: 'engineer', occurredAt: start },
            reason: 'misunderstood',
            recordedBy: null,
          },
          { confidential: { quote: 'so war es' } },
        ),
      );
  });

  it('given evidence · when it is corrected to what it says already · then nothing changes', () => {
    given(...factsOf(record('need', evidenceOf({ quote: 'genau so' }))))
      .when(correct('need', evidenceOf({ quote: 'genau so' })))
      .thenNothing();
  });

  it.each([
    ['evidence-not-found', withdraw('visit')],
    ['evidence-not-found', correct('visit', evidenceOf())],
    ['evidence-not-from-customer', correct('need', evidenceOf({ by: { party: 'us', role: 'rep' } }))],
    ['evidence-in-future', correct('need', evidenceOf({ occurredAt: addMillis(start, 1) }))],
    ['opportunity-not-closed', reopen],
    ['order-not-found', putRight(5)],
  ] as const)('given evidence of another milestone · when the rule is broken · then it is refused: %s', (code, step) => {
    given(...factsOf(record('need')))
      .when(step)
      .thenRefused(code);
  });
});

describe('an order that was recorded', () => {
  const won = [record('need'), record('ordered')];

  it('given an order · when its amount is corrected · then the event has the order as it is and as it was', () => {
    const amount = (minor: number) => ({ minor, currency: euro });
    given(...factsOf(...won))
      .when(putRight(100))
      .then(
        orderCorrected.of({
          ...dimensions,
          orderId: 'o-1',
          amount: amount(100),
          reportingAmount: amount(100),
          rate,
          orderedAt: start,
          previous: { amount: amount(1000), reportingAmount: amount(1000), rate, orderedAt: start, teamId: dimensions.teamId },
          reason: 'wrong-entry',
          recordedBy: null,
        }),
      );
  });

  it('given an order · when a part is cancelled · then the rest stays an order, and both sum to it', () => {
    const amount = (minor: number) => ({ minor, currency: euro });
    given(...factsOf(...won))
      .when(cancel(300))
      .then(
        orderPartiallyCancelled.of(
          {
            ...dimensions,
            orderId: 'o-1',
            amount: amount(700),
            reportingAmount: amount(700),
            rate,
            orderedAt: start,
            cancelled: { amount: amount(300), reportingAmount: amount(300) },
            cancelledAt: start,
            reason: 'not-paid',
          },
          { occurredAt: start },
        ),
      );
    expect(play([...won, cancel(300), cancel(700)]).state).toMatchObject({ status: 'cancelled' });
  });

  it('given a cancelled order · when the opportunity is reopened · then it is open as before the order, which stays in its history', () => {
    const data = { ...dimensions, previous: 'cancelled' as const, orderMilestoneId: 'ordered', recordedBy: null };
    given(...factsOf(...won, putRight(5), cancel()))
      .when(reopen)
      .then(opportunityReopened.of({ ...data, reason: 'customer-came-back' }));
    expect(play([...won, putRight(5), cancel(), reopen]).state).toMatchObject({
      status: 'open',
      dimensions: { amount: { minor: 1000 } },
      reached: [{ milestoneId: 'need' }],
      earlierOrders: [{ orderId: 'o-1', amount: { minor: 5 }, reason: 'not-paid' }],
    });
    expect(play([...won, cancel(), reopen, record('ordered')]).state).toMatchObject({ status: 'won', order: { orderId: 'o-2' } });
  });

  it.each([
    ['evidence-of-order', withdraw('ordered')],
    ['evidence-of-order', correct('ordered', evidenceOf({ occurredAt: addMillis(start, -1) }))],
    ['amount-above-order', cancel(1001)],
    ['amount-not-positive', cancel(0)],
    ['amount-not-positive', putRight(0)],
    ['cancelled-before-order', cancel(1, addMillis(start, -1))],
    ['opportunity-not-closed', reopen],
  ] as const)('given an order · when the rule is broken · then it is refused: %s', (code, step) => {
    given(...factsOf(...won))
      .when(step)
      .thenRefused(code);
  });
});

const ids = milestones.map(({ id }) => id);
const acts = fc.constantFrom('did', 'said', 'wrote');
const evidences = fc
  .record({
    act: acts,
    channel: fc.constantFrom('call', 'email', 'meeting'),
    quote: fc.option(fc.constantFrom('ja', 'nein'), { nil: undefined }),
  })
  .map((about) => evidenceOf(about));
const responses = fc.constantFrom<Step>(
  (state) =>
    recordResponse(
      state,
      { responseId: `r${state.status === 'none' ? 0 : (state.responses ?? []).length}`, kind: 'asked', ...evidenceOf(), recordedBy: null },
      contextAt(start),
    ),
  (state) => withdrawResponse(state, { responseId: 'r0', reason: 'wrong-entry', recordedBy: null }),
);
const evidenceSteps = fc.oneof(
  fc.tuple(fc.constantFrom('need', 'visit'), evidences).map(([id, evidence]): Step => record(id, evidence)),
  fc.tuple(fc.constantFrom('need', 'visit'), evidences).map(([id, evidence]): Step => correct(id, evidence)),
  fc.constantFrom('need', 'visit').map((id): Step => withdraw(id)),
);
const ends = fc.constantFrom<Step>(
  record('ordered'),
  (state) => loseOpportunity(state, { reason: 'price', occurredAt: start }),
  cancel(),
  cancel(1),
  putRight(77),
  reopen,
);
const anySteps = fc.array(fc.oneof(evidenceSteps, responses, ends), { maxLength: 20 });
const ours = fc.constantFrom<Step>(
  ...ids.map((id): Step => record(id, evidenceOf({ by: { party: 'us', role: 'rep' } }))),
  ...ids.map((id): Step => correct(id, evidenceOf({ by: { party: 'us', role: 'rep' } }))),
  (state) =>
    recordResponse(
      state,
      { responseId: 'ours', kind: 'answered', ...evidenceOf({ by: { party: 'us', role: 'rep' } }), recordedBy: null },
      contextAt(start),
    ),
  reopen,
);

/** What is in force, without what is only kept to recognise imported rows. */
const inForce = (state: Opportunity) => {
  if (state.status === 'none') return state;
  const { takenBack: _, ...rest } = state;
  return { ...rest, responses: state.responses ?? [] };
};

describe('any sequence of recordings and corrections', () => {
  it('gives the milestones of the evidence in force, as if what was withdrawn had never been recorded and the rest had been right at once', () => {
    fc.assert(
      fc.property(fc.array(evidenceSteps, { maxLength: 20 }), (steps) => {
        const { state, facts } = play(steps);
        const held = new Map<string, { act: string; channel: string; quote: string | null }>();
        for (const fact of facts) {
          if (fact.name === 'MilestoneReached') {
            const { act, channel, milestoneId } = fact.data;
            held.set(milestoneId, { act, channel, quote: fact.confidential?.quote ?? null });
          }
          if (fact.name === 'EvidenceCorrected') {
            const { act, channel } = fact.data.after;
            held.set(fact.data.milestoneId, { act, channel, quote: fact.confidential?.quote ?? null });
          }
          if (fact.name === 'MilestoneWithdrawn') held.delete(fact.data.milestoneId);
        }
        const reached = state.status === 'none' ? [] : state.reached;
        const shown = reached.map(({ milestoneId, act, channel, quote }) => [milestoneId, { act, channel, quote }] as const);
        expect(new Map(shown)).toEqual(held);
      }),
    );
  });

  it('is back where it was once the last evidence is withdrawn', () => {
    fc.assert(
      fc.property(anySteps, fc.constantFrom('need', 'visit'), evidences, (steps, id, evidence) => {
        const before = play(steps);
        const recorded = record(id, evidence)(before.state);
        fc.pre(!isRefused(recorded));
        const { state } = play([record(id, evidence), withdraw(id)], before.facts);
        expect(inForce(state)).toEqual(inForce(play([], before.facts).state));
      }),
    );
  });

  it('has of two corrections the last one', () => {
    fc.assert(
      fc.property(evidences, evidences, evidences, (first, second, third) => {
        const reachedAfter = (...steps: readonly Step[]) => {
          const { state } = play(steps);
          return state.status === 'none' ? [] : state.reached.map(({ correctedAt: _, ...one }) => one);
        };
        expect(reachedAfter(record('need', first), correct('need', second), correct('need', third))).toEqual(
          reachedAfter(record('need', first), correct('need', third)),
        );
      }),
    );
  });

  it('is never advanced, woken or changed by what the seller does, except that a closed one can be reopened', () => {
    fc.assert(
      fc.property(anySteps, fc.array(ours, { maxLength: 6 }), (steps, more) => {
        const before = play(steps);
        const after = play(more, before.facts);
        const added = after.facts.slice(before.facts.length).map((fact) => fact.name);
        expect(added.filter((one) => one !== 'OpportunityReopened')).toEqual([]);
        expect(added.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives the state that a new fold of its events gives', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { state, happened } = play(steps);
        const stored: readonly Happened<OpportunityFact>[] = JSON.parse(JSON.stringify(happened));
        expect(JSON.parse(JSON.stringify(stored.reduce(evolveOpportunity, noOpportunity)))).toEqual(JSON.parse(JSON.stringify(state)));
      }),
    );
  });

  it('has orders, cancellations and corrections that sum to what is in force', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { state, facts } = play(steps);
        const sum = facts.reduce((all, fact) => {
          switch (fact.name) {
            case 'OpportunityWon':
              return all + fact.data.reportingAmount.minor;
            case 'OrderCancelled':
              return all - fact.data.reportingAmount.minor;
            case 'OrderPartiallyCancelled':
              return all - fact.data.cancelled.reportingAmount.minor;
            case 'OrderCorrected':
              return all - fact.data.previous.reportingAmount.minor + fact.data.reportingAmount.minor;
            default:
              return all;
          }
        }, 0);
        expect(sum).toBe(state.status === 'won' ? state.order.reportingAmount.minor : 0);
      }),
    );
  });
});
