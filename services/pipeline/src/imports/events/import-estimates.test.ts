import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const at = (day: string) => ({ occurredAt: `2026-02-${day}T10:00:00Z` });
const reference = { opportunity: { externalId: 'o1' } };
const opportunity = {
  kind: 'opportunity',
  externalId: 'o1',
  ...at('01'),
  processId: 'machines',
  account: { externalId: 'a1', name: 'Acme' },
  owner: 'ann',
  amount: { amount: '500.00', currency: 'EUR' },
};
const evidence = {
  kind: 'evidence',
  externalId: 'e1',
  ...at('03'),
  recordedAt: '2026-02-05T10:00:00Z',
  ...reference,
  milestoneId: 'need-named',
  act: 'said',
  channel: 'call',
  by: { party: 'customer', role: 'buyer' },
};
const estimateOf = (percent: number, closesOn: string | null = '2026-03-31') => ({ repEstimate: { percent, closesOn } });
const estimate = (day: string, percent: number) => ({
  kind: 'estimate',
  externalId: `g${day}`,
  ...at(day),
  ...reference,
  ...estimateOf(percent),
});
const order = {
  kind: 'order',
  externalId: 'w1',
  ...at('20'),
  ...reference,
  amount: { amount: '480.00', currency: 'EUR' },
  channel: 'contract',
};
const all = [{ ...opportunity, ...estimateOf(10) }, { ...evidence, ...estimateOf(40) }, estimate('10', 60), order];
const statesOf = (outcomes: readonly { readonly state: string }[]) => outcomes.map((one) => one.state);

describe('an imported estimate of a rep', () => {
  it('becomes an event for each row that carries one, at the time at which it was recorded', async () => {
    const { importRows, events } = await pipelineInMemory();
    expect(statesOf((await importRows(all)).outcomes)).toEqual(['created', 'created', 'created', 'created']);
    const estimates = events().filter((event) => event.name === 'RepEstimateImported');
    expect(estimates.map(({ recordedAt, data }) => [recordedAt, data])).toMatchObject([
      ['2026-02-01T10:00:00.000Z', { percent: 10, closesOn: '2026-03-31', processId: 'machines' }],
      ['2026-02-05T10:00:00.000Z', { percent: 40 }],
      ['2026-02-10T10:00:00.000Z', { percent: 60 }],
    ]);
  });

  it('leaves the opportunity unchanged: all views are the same with and without it', async () => {
    const viewsAfter = async (rows: readonly object[]) => {
      const { importRows, events, call } = await pipelineInMemory();
      await importRows(rows);
      const id = events().find((event) => event.name === 'OpportunityOpened')?.subject ?? '';
      const { json } = await call('GET /opportunities/{opportunityId}', { path: { opportunityId: id } });
      const list = z.object({ items: z.array(z.looseObject({ version: z.int() })) }).parse((await call('GET /opportunities')).json);
      return {
        json,
        // A version counts every event, and nothing else of an estimate may be seen.
        list: list.items.map(({ version: _, ...item }) => item),
        otherEvents: events()
          .filter((event) => event.name !== 'RepEstimateImported')
          .map(({ name, data }) => ({ name, data })),
      };
    };
    const withEstimates = await viewsAfter(all);
    expect(withEstimates.json).toMatchObject({ status: 'won' });
    expect(withEstimates).toEqual(await viewsAfter([opportunity, evidence, order]));
  });

  it('may be imported after its row, even after the order, and changes nothing when imported again', async () => {
    const { importRows, events } = await pipelineInMemory();
    await importRows([opportunity, evidence, order]);
    expect(statesOf((await importRows(all, 'i2')).outcomes)).toEqual(['updated', 'updated', 'created', 'unchanged']);
    const eventCount = events().length;
    expect(statesOf((await importRows(all, 'i3')).outcomes)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(statesOf((await importRows([estimate('12', 60)], 'i4')).outcomes)).toEqual(['unchanged']);
    expect(events().length).toBe(eventCount);
  });

  it('is rejected where it contradicts an earlier one, has no opportunity or is not a percentage', async () => {
    const { importRows } = await pipelineInMemory();
    await importRows(all);
    const { outcomes } = await importRows(
      [
        estimate('10', 90),
        { ...estimate('11', 50), opportunity: { externalId: 'nowhere' } },
        { ...estimate('11', 101) },
        { ...estimate('11', 50), repEstimate: { percent: 50 } },
      ],
      'i2',
    );
    expect(outcomes).toMatchObject([
      { state: 'rejected', field: 'repEstimate', rule: expect.stringContaining('history-immutable') },
      { state: 'rejected', field: 'opportunity', rule: expect.stringContaining('opportunity-not-found') },
      { state: 'rejected', field: 'repEstimate.percent' },
      { state: 'rejected', field: 'repEstimate.closesOn' },
    ]);
  });

  it('is not recorded where its row is refused', async () => {
    const { importRows, events } = await pipelineInMemory();
    await importRows([opportunity]);
    const eventCount = events().length;
    const [refused] = (await importRows([{ ...evidence, ...estimateOf(40), milestoneId: 'hope' }], 'i2')).outcomes;
    expect(refused).toMatchObject({ state: 'rejected', field: 'milestoneId' });
    expect(events().length).toBe(eventCount);
  });
});
