import { historyEntry, opportunityView, pageOf } from '@meilenstein/contracts';
import { batchOf } from '@meilenstein/runtime/testing/in-memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidence, pipelineInMemory } from '../../testing/pipeline-in-memory.ts';
import { onLeadErased } from '../../opportunities/events/on-lead-erased.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;
const euros = (amount: string) => ({ amount, currency: 'EUR' });
const order = (about: object = {}) => ({ milestoneId: 'ordered', evidence: evidence('wrote'), amount: euros('1000.00'), ...about });
const responseOf = (about: object = {}) => {
  const { act: _, ...told } = evidence('said');
  return { kind: 'postponed', ...told, ...about };
};

/** An opportunity of ann whose customer has named the need. */
const opportunity = async () => {
  const pipeline = await pipelineInMemory();
  const id = await pipeline.open('ann', { amount: euros('500.00') });
  const body = { milestoneId: 'need-named', evidence: evidence('said', { quote: 'Wir brauchen es' }) };
  expect((await pipeline.command(id, 'milestones', body, ann)).status).toBe(200);
  const names = () => pipeline.events().map(({ name }) => name);
  return { ...pipeline, id, names };
};

/** The same with an order of 1,000.00. */
const withOrder = async () => {
  const pipeline = await opportunity();
  expect((await pipeline.command(pipeline.id, 'milestones', order(), ann)).status).toBe(200);
  return pipeline;
};

describe('POST /opportunities/{opportunityId}/milestones/{milestoneId}/withdraw', () => {
  it('takes the milestone back, and the customer may reach it again', async () => {
    const { id, command, names } = await opportunity();
    expect((await command(id, 'milestones/need-named/withdraw', { reason: 'wrong-opportunity' }, ann)).json).toMatchObject({
      status: 'open',
      milestones: [],
      nextMilestoneId: 'need-named',
    });
    expect(names().at(-1)).toBe('MilestoneWithdrawn');
    const again = { milestoneId: 'need-named', evidence: evidence('wrote') };
    expect((await command(id, 'milestones', again, ann)).json).toMatchObject({ milestones: [{ act: 'wrote' }] });
  });

  it('is refused without a reason, for what was not recorded, for an order, and at another version than the one that was read', async () => {
    const { id, command } = await withOrder();
    const withdraw = (milestoneId: string, body: object = { reason: 'wrong-entry' }, about: object = ann) =>
      command(id, `milestones/${milestoneId}/withdraw`, body, about);
    expect(await withdraw('need-named', {})).toMatchObject({ status: 422, code: 'reason-missing' });
    expect(await withdraw('plant-shown')).toMatchObject({ status: 404, code: 'evidence-not-found' });
    expect(await withdraw('ordered')).toMatchObject({ status: 422, code: 'evidence-of-order' });
    expect(await withdraw('need-named', undefined, { ...ann, ifMatch: '"1"' })).toMatchObject({ status: 412, code: 'version-conflict' });
    expect(await withdraw('need-named', undefined, { role: 'rep', subject: 'login-bob' })).toMatchObject({ status: 404 });
    expect((await withdraw('need-named')).json).toMatchObject({ status: 'won', milestones: [{ milestoneId: 'ordered' }] });
  });

  it('leaves what was known earlier as it was known', async () => {
    const { id, command, get, move, clock } = await opportunity();
    const before = clock.now();
    move(60_000);
    await command(id, 'milestones/need-named/withdraw', { reason: 'wrong-entry' }, ann);
    expect((await get(id, { query: { asOf: before } })).json).toMatchObject({ milestones: [{ milestoneId: 'need-named' }] });
    expect((await get(id, { query: { asOf: clock.now() } })).json).toMatchObject({ milestones: [] });
  });
});

describe('POST /opportunities/{opportunityId}/milestones/{milestoneId}/correct', () => {
  it('replaces the evidence as a whole, keeps when it became known, and says when it was corrected', async () => {
    const { id, command, move, clock } = await opportunity();
    const recordedAt = clock.now();
    move(86_400_000);
    const written = evidence('wrote', { channel: 'email', by: { party: 'customer', role: 'Leiter Technik' } });
    expect((await command(id, 'milestones/need-named/correct', { reason: 'misunderstood', evidence: written }, ann)).json).toMatchObject({
      milestones: [
        {
          act: 'wrote',
          channel: 'email',
          partyRole: 'engineer',
          partyRoleText: 'Leiter Technik',
          quote: null,
          recordedAt,
          correctedAt: clock.now(),
        },
      ],
    });
  });

  it.each([
    ['reason-missing', { evidence: evidence('wrote') }],
    ['evidence-missing', { reason: 'misunderstood' }],
    ['act-not-accepted', { reason: 'misunderstood', evidence: evidence('did') }],
    ['evidence-not-from-customer', { reason: 'misunderstood', evidence: evidence('wrote', { by: { party: 'us', role: 'rep' } }) }],
    ['evidence-in-future', { reason: 'misunderstood', evidence: evidence('wrote', { occurredAt: '2026-03-02T09:00:01Z' }) }],
    ['evidence-too-old', { reason: 'misunderstood', evidence: evidence('wrote', { occurredAt: '1000-01-01T00:00:00Z' }) }],
    ['evidence-before-owner', { reason: 'misunderstood', evidence: evidence('wrote', { occurredAt: '2019-01-01T00:00:00Z' }) }],
  ])('is refused: %s', async (code, body) => {
    const { id, command } = await opportunity();
    expect(await command(id, 'milestones/need-named/correct', body, ann)).toMatchObject({ status: 422, code });
  });

  it('says in German why it is refused', async () => {
    const { id, call, get } = await opportunity();
    const { etag } = await get(id);
    const answer = await call('POST /opportunities/{opportunityId}/milestones/{milestoneId}/correct', {
      path: { opportunityId: id, milestoneId: 'ordered' },
      headers: { 'if-match': etag, 'accept-language': 'de' },
      body: { reason: 'misunderstood', evidence: evidence('wrote') },
      ...ann,
    });
    expect(answer).toMatchObject({ status: 404, json: { detail: 'Zu diesem Meilenstein gibt es keinen Nachweis.' } });
  });
});

describe('POST /opportunities/{opportunityId}/responses', () => {
  it('records a customer who reached no milestone, and can be withdrawn', async () => {
    const { id, command, names } = await opportunity();
    const said = responseOf({ quote: 'Erst im Mai wieder' });
    const { json } = await command(id, 'responses', said, ann);
    const [response] = opportunityView.parse(json).responses;
    expect(json).toMatchObject({ status: 'open', milestones: [{ milestoneId: 'need-named' }], nextMilestoneId: 'plant-shown' });
    expect(response).toMatchObject({ kind: 'postponed', channel: 'meeting', quote: 'Erst im Mai wieder', recordedBy: 'ann' });
    const path = `responses/${response?.responseId}/withdraw`;
    expect(await command(id, path, {}, ann)).toMatchObject({ code: 'reason-missing' });
    expect((await command(id, path, { reason: 'wrong-entry' }, ann)).json).toMatchObject({ responses: [] });
    expect(await command(id, path, { reason: 'wrong-entry' }, ann)).toMatchObject({ status: 404, code: 'response-not-found' });
    expect(names().slice(-2)).toEqual(['CustomerResponded', 'CustomerResponseWithdrawn']);
  });

  it('is refused for what we do, for a time that has not come, and for an opportunity that is closed', async () => {
    const { id, command } = await opportunity();
    expect(await command(id, 'responses', responseOf({ by: { party: 'us', role: 'rep' } }), ann)).toMatchObject({
      status: 422,
      code: 'evidence-not-from-customer',
      json: { field: 'by.party' },
    });
    expect(await command(id, 'responses', responseOf({ occurredAt: '2027-01-01T00:00:00Z' }), ann)).toMatchObject({
      code: 'evidence-in-future',
    });
    await command(id, 'lose', { reason: 'timing' }, ann);
    expect(await command(id, 'responses', responseOf(), ann)).toMatchObject({ code: 'opportunity-closed' });
  });

  it('keeps no word of the customer once the person is erased', async () => {
    const { id, command, get, table, ...pipeline } = await opportunity();
    await command(id, 'responses', responseOf({ quote: 'Ada meldet sich', by: { party: 'customer', role: 'Ada Lovelace' } }), ann);
    const corrected = evidence('wrote', { quote: 'Ada schrieb' });
    await command(id, 'milestones/need-named/correct', { reason: 'misunderstood', evidence: corrected }, ann);
    const at = pipeline.clock.now();
    const times = { occurredAt: at, recordedAt: at, storedAt: at };
    const erased = { id: 'erased', name: 'LeadErased', version: 1, subject: 'l', sequence: 9, ...times, origin: 'live' };
    await onLeadErased(
      pipeline,
      pipeline.consumer,
    )(batchOf({ ...erased, correlationId: 'c', causedBy: null, data: { leadId: 'l', opportunityId: id, reason: 'request' } }));
    expect((await get(id)).json).toMatchObject({ responses: [{ quote: null, partyRoleText: null }], milestones: [{ quote: null }] });
    expect(JSON.stringify(table.dump())).not.toMatch(/Ada/);
  });
});

describe('POST /opportunities/{opportunityId}/order/correct', () => {
  it('corrects amount and day, and asks back about an amount that cannot be right', async () => {
    const { id, command, open } = await withOrder();
    for (let n = 0; n < 5; n += 1) await command(await open(), 'milestones', order({ amount: euros('900.00') }));
    const correct = (body: object) => command(id, 'order/correct', { reason: 'wrong-entry', ...body }, ann);
    expect(await correct({ amount: euros('99999999.00') })).toMatchObject({ status: 422, code: 'amount-unusual' });
    expect((await correct({ amount: euros('800.00'), orderedAt: '2026-03-01T10:00:00Z' })).json).toMatchObject({
      status: 'won',
      amount: euros('800.00'),
      order: { amount: euros('800.00'), orderedAt: '2026-03-01T10:00:00.000Z', correctedAt: '2026-03-02T09:00:00.000Z' },
      milestones: [{ milestoneId: 'need-named' }, { milestoneId: 'ordered', occurredAt: '2026-03-01T10:00:00.000Z' }],
    });
  });

  it('takes the order back that was far too large, though the order itself was confirmed', async () => {
    const { open, command } = await pipelineInMemory();
    for (let n = 0; n < 5; n += 1) await command(await open(), 'milestones', order());
    const id = await open();
    const slip = order({ amount: euros('99999999999.00') });
    expect(await command(id, 'milestones', slip)).toMatchObject({ code: 'amount-unusual' });
    expect((await command(id, 'milestones', { ...slip, confirm: true })).status).toBe(200);
    const next = order({ amount: euros('9999999999.00') });
    expect((await command(id, 'order/correct', { reason: 'wrong-entry', amount: euros('9999.00') })).status).toBe(200);
    expect(await command(await open(), 'milestones', next)).toMatchObject({ code: 'amount-unusual' });
  });

  it.each([
    ['reason-missing', { amount: euros('1.00') }],
    ['amount-not-positive', { reason: 'wrong-entry', amount: euros('0.00') }],
    ['rate-missing', { reason: 'wrong-entry', amount: { amount: '10.00', currency: 'USD' } }],
    ['evidence-in-future', { reason: 'wrong-entry', orderedAt: '2026-03-03T00:00:00Z' }],
    ['evidence-too-old', { reason: 'wrong-entry', orderedAt: '1980-01-01T00:00:00Z' }],
    ['evidence-before-owner', { reason: 'wrong-entry', orderedAt: '2019-12-01T00:00:00Z', restates: true }],
    ['period-closed', { reason: 'wrong-entry', orderedAt: '2026-01-15T12:00:00Z' }],
  ])('is refused: %s', async (code, body) => {
    const { id, command } = await withOrder();
    expect(await command(id, 'order/correct', body, ann)).toMatchObject({ status: 422, code });
  });

  it('restates a closed month only where that is meant, also when the order lies in it already', async () => {
    const { id, command, move, events } = await withOrder();
    move(45 * 86_400_000);
    const body = { reason: 'wrong-entry', amount: euros('900.00') };
    expect(await command(id, 'order/correct', body, ann)).toMatchObject({ code: 'period-closed', json: { field: 'orderedAt' } });
    expect((await command(id, 'order/correct', { ...body, restates: true }, ann)).status).toBe(200);
    expect(events().at(-1)).toMatchObject({ name: 'OrderCorrected', data: { restates: true } });
  });

  it('keeps the frozen rate while the day stays, and takes that of the day where it is corrected', async () => {
    const { open, command } = await pipelineInMemory();
    const id = await open();
    await command(id, 'milestones', order({ amount: { amount: '100.00', currency: 'CHF' } }));
    const correct = (body: object) => command(id, 'order/correct', { reason: 'wrong-entry', ...body });
    expect((await correct({ amount: { amount: '200.00', currency: 'CHF' } })).json).toMatchObject({
      order: { rate: { id: 'chf-march' }, reportingAmount: euros('214.00') },
    });
    expect((await correct({ orderedAt: '2026-02-20T10:00:00Z' })).json).toMatchObject({
      order: { rate: { id: 'chf-february' }, reportingAmount: euros('210.00') },
    });
  });
});

describe('POST /opportunities/{opportunityId}/cancel', () => {
  it('cancels a part on its own day, and the rest later', async () => {
    const { id, command } = await withOrder();
    const part = { reason: 'customer-withdrew', amount: euros('400.00'), cancelledAt: '2026-03-02T08:00:00Z' };
    expect((await command(id, 'cancel', part, boss)).json).toMatchObject({
      status: 'won',
      amount: euros('600.00'),
      order: {
        amount: euros('600.00'),
        cancelledParts: [{ amount: euros('400.00'), cancelledAt: '2026-03-02T08:00:00.000Z', reason: 'customer-withdrew' }],
      },
    });
    expect(await command(id, 'order/correct', { reason: 'wrong-entry', orderedAt: '2026-03-02T08:30:00Z' }, boss)).toMatchObject({
      code: 'order-after-cancellation',
    });
    expect((await command(id, 'cancel', { reason: 'not-paid' }, boss)).json).toMatchObject({
      status: 'cancelled',
      order: { amount: euros('600.00'), cancelledAt: '2026-03-02T09:00:00.000Z' },
    });
  });

  it.each([
    ['amount-above-order', { reason: 'not-paid', amount: euros('1000.01') }],
    ['amount-not-positive', { reason: 'not-paid', amount: euros('0.00') }],
    ['currency-not-of-order', { reason: 'not-paid', amount: { amount: '1.00', currency: 'CHF' } }],
    ['cancelled-before-order', { reason: 'not-paid', cancelledAt: '2026-03-01T00:00:00Z' }],
    ['cancelled-in-future', { reason: 'not-paid', cancelledAt: '2026-03-03T00:00:00Z' }],
    ['reason-missing', { amount: euros('1.00') }],
  ])('is refused: %s', async (code, body) => {
    const { id, command } = await withOrder();
    expect(await command(id, 'cancel', body, boss)).toMatchObject({ status: 422, code });
  });

  it('is left to those who lead', async () => {
    const { id, command } = await withOrder();
    expect(await command(id, 'cancel', { reason: 'not-paid' }, ann)).toMatchObject({ status: 403 });
  });
});

describe('POST /opportunities/{opportunityId}/reopen', () => {
  it('opens what was lost as it was, and what was cancelled without its order, which stays to be read', async () => {
    const { id, command, call } = await withOrder();
    await command(id, 'cancel', { reason: 'wrong-entry' }, boss);
    expect((await command(id, 'reopen', { reason: 'wrong-entry' }, ann)).json).toMatchObject({
      status: 'open',
      amount: euros('500.00'),
      milestones: [{ milestoneId: 'need-named' }],
      nextMilestoneId: 'plant-shown',
      order: null,
      earlierOrders: [{ amount: euros('1000.00'), reason: 'wrong-entry' }],
    });
    await command(id, 'lose', { reason: 'price' }, ann);
    expect((await command(id, 'reopen', { reason: 'customer-came-back' }, ann)).json).toMatchObject({ status: 'open', loss: null });
    const history = await call('GET /opportunities/{opportunityId}/history', { path: { opportunityId: id }, ...ann });
    const names = pageOf(historyEntry)
      .parse(history.json)
      .items.flatMap(({ events }) => events.map(({ name }) => name));
    expect(names.slice(0, 4)).toEqual(['OpportunityReopened', 'OpportunityLost', 'OpportunityReopened', 'OrderCancelled']);
  });

  it('is refused without a reason, while it is open, and while it has an order', async () => {
    const { id, command } = await opportunity();
    expect(await command(id, 'reopen', { reason: 'other' }, ann)).toMatchObject({ status: 422, code: 'opportunity-not-closed' });
    await command(id, 'milestones', order(), ann);
    expect(await command(id, 'reopen', { reason: 'other' }, ann)).toMatchObject({ code: 'opportunity-not-closed' });
    await command(id, 'cancel', { reason: 'not-paid' }, boss);
    expect(await command(id, 'reopen', {}, ann)).toMatchObject({ code: 'reason-missing' });
  });
});

describe('two people who correct the same opportunity', () => {
  it('lose no change of either, however their requests interleave', async () => {
    const commands = fc.constantFrom<readonly [string, object]>(
      ['milestones', { milestoneId: 'plant-shown', evidence: evidence('did') }],
      ['milestones', order()],
      ['milestones/need-named/correct', { reason: 'misunderstood', evidence: evidence('wrote') }],
      ['milestones/need-named/withdraw', { reason: 'wrong-entry' }],
      ['responses', responseOf()],
      ['amend', { segment: 'large' }],
      ['order/correct', { reason: 'wrong-entry', amount: euros('800.00') }],
      ['cancel', { reason: 'not-paid', amount: euros('1.00') }],
      ['lose', { reason: 'price' }],
      ['reopen', { reason: 'other' }],
    );
    const steps = fc.array(fc.record({ who: fc.constantFrom(0, 1), does: fc.option(commands) }), { minLength: 4, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(steps, async (told) => {
        const { id, get, command, events } = await opportunity();
        const read = [(await get(id)).etag, (await get(id)).etag];
        const before = events().length;
        let accepted = 0;
        for (const { who, does } of told) {
          if (does === null) {
            read[who] = (await get(id)).etag;
            continue;
          }
          const current = (await get(id)).etag;
          const answer = await command(id, does[0], does[1], { ...boss, ifMatch: read[who] ?? '' });
          expect(answer.code === 'version-conflict').toBe(read[who] !== current);
          if (answer.status === 200 && answer.etag !== current) accepted += 1;
          if (answer.status === 200) read[who] = answer.etag;
        }
        // every change that was accepted is in the history, each decided on the state that its author had read
        expect(
          new Set(
            events()
              .slice(before)
              .map(({ correlationId }) => correlationId),
          ).size,
        ).toBe(accepted);
      }),
      { numRuns: 40 },
    );
  });
});
