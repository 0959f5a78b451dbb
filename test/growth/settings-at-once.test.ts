import { companyEvents, envelopeReader, settingsReachAllMillis } from '@meilenstein/contracts';
import { addMillis, currency, day } from '@meilenstein/kernel';
import { onCompanyChanged } from '@meilenstein/pipeline/opportunities/events/on-company-changed';
import { pipelineApi } from '@meilenstein/pipeline/opportunities/http/pipeline-api';
import { evidence, pipelineInMemory } from '@meilenstein/pipeline/testing/pipeline-in-memory';
import { quotaInMemory, settings } from '@meilenstein/quota/testing/quota-in-memory';
import { batchOf, callOf } from '@meilenstein/runtime/testing/in-memory';
import { describe, expect, it } from 'vitest';

const dollars = { amount: '10.00', currency: 'USD' };
const rates = [{ id: 'usd', currency: currency.parse('USD'), from: day.parse('2026-01-01'), value: '0.92' }];
/** Quota and pipeline with a bus that delivers after so many milliseconds. */
const company = async (busMillis: number) => {
  const [quota, pipeline] = [quotaInMemory(), await pipelineInMemory()];
  let onTheWay: { readonly events: readonly unknown[]; readonly at: string } | undefined;
  const deps = {
    ...pipeline,
    delay: async (millis: number) => {
      const now = pipeline.move(millis);
      if (onTheWay === undefined || now < onTheWay.at) return;
      await onCompanyChanged(pipeline, pipeline.consumer)(batchOf(...onTheWay.events));
      onTheWay = undefined;
    },
  };
  const call = callOf(pipelineApi(deps));
  return {
    pipeline,
    call,
    putRates: async () => {
      const answer = await quota.put('settings', { ...settings, rates });
      // The rates of the example were sequence 1.
      const events = quota
        .events()
        .map(envelopeReader(companyEvents))
        .filter((event) => event.name === 'RatesPublished');
      onTheWay = {
        events: events.map((event) => ({ ...event, sequence: event.sequence + 1 })),
        at: addMillis(pipeline.clock.now(), busMillis),
      };
      return answer;
    },
  };
};

describe('a currency whose first rate PUT /settings has just answered with 200', () => {
  it('can be used at once for a new opportunity, an amount and an order, although the rate is still on its way', async () => {
    const { pipeline, call, putRates } = await company(settingsReachAllMillis / 2);
    const opportunityId = await pipeline.open();
    expect((await putRates()).status).toBe(200);
    const begun = pipeline.clock.now();
    const body = { processId: 'machines', account: { id: 'acme', name: null }, owner: 'ann', amount: dollars };
    expect((await call('POST /opportunities', { body })).status).toBe(201);
    expect(pipeline.clock.now()).toBe(addMillis(begun, settingsReachAllMillis / 2));
    const path = { opportunityId };
    const amended = await call('POST /opportunities/{opportunityId}/amend', {
      path,
      body: { amount: dollars },
      headers: { 'if-match': '"1"' },
    });
    expect(amended.status).toBe(200);
    const order = { milestoneId: 'ordered', evidence: evidence('wrote'), amount: dollars };
    expect(
      (await call('POST /opportunities/{opportunityId}/milestones', { path, body: order, headers: { 'if-match': amended.etag } })).status,
    ).toBe(200);
  });

  it('is refused after the time that the answer named, where the bus is away for longer', async () => {
    const { pipeline, call, putRates } = await company(settingsReachAllMillis * 10);
    const opportunityId = await pipeline.open();
    const answer = await putRates();
    expect(answer.headers['usable-from']).toBe(addMillis(pipeline.clock.now(), settingsReachAllMillis));
    const refused = await call('POST /opportunities/{opportunityId}/amend', {
      path: { opportunityId },
      body: { amount: dollars },
      headers: { 'if-match': '"1"' },
    });
    expect(refused).toMatchObject({ status: 422, code: 'rate-missing' });
    expect(answer.headers['usable-from']).toBe(pipeline.clock.now());
  });
});
