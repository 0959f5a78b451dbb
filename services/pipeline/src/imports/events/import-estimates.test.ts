import { describe, expect, it } from 'vitest';
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
const guess = (percent: number, closesOn: string | null = '2026-03-31') => ({ repEstimate: { percent, closesOn } });
const estimate = (day: string, percent: number) => ({
  kind: 'estimate',
  externalId: `g${day}`,
  ...at(day),
  ...reference,
  ...guess(percent),
});
const order = {
  kind: 'order',
  externalId: 'w1',
  ...at('20'),
  ...reference,
  amount: { amount: '480.00', currency: 'EUR' },
  channel: 'contract',
};
const all = [{ ...opportunity, ...guess(10) }, { ...evidence, ...guess(40) }, estimate('10', 60), order];
const statesOf = (outcomes: readonly { readonly state: string }[]) => outcomes.map((one) => one.state);

describe('what a rep guessed in a former system', () => {
  it('is told by the rows that carry it, as it stood when it was recorded', async () => {
    const { importing, events } = await pipelineInMemory();
    expect(statesOf((await importing(all)).outcomes)).toEqual(['created', 'created', 'created', 'created']);
    const said = events().filter((event) => event.name === 'RepEstimateImported');
    expect(said.map(({ recordedAt, data }) => [recordedAt, data])).toMatchObject([
      ['2026-02-01T10:00:00.000Z', { percent: 10, closesOn: '2026-03-31', processId: 'machines' }],
      ['2026-02-05T10:00:00.000Z', { percent: 40 }],
      ['2026-02-10T10:00:00.000Z', { percent: 60 }],
    ]);
  });

  it('is no part of the opportunity: it looks the same with and without', async () => {
    const seen = async (rows: readonly object[]) => {
      const { importing, events, call } = await pipelineInMemory();
      await importing(rows);
      const id = events().find((event) => event.name === 'OpportunityOpened')?.subject ?? '';
      const { json } = await call('GET /opportunities/{opportunityId}', { path: { opportunityId: id } });
      const list = await call('GET /opportunities');
      return {
        json,
        list: list.json,
        told: events()
          .filter((event) => event.name !== 'RepEstimateImported')
          .map(({ name, data }) => ({ name, data })),
      };
    };
    const withGuesses = await seen(all);
    expect(withGuesses.json).toMatchObject({ status: 'won' });
    expect(withGuesses).toEqual(await seen([opportunity, evidence, order]));
  });

  it('may come later than the row that it belongs to, also after the order; the same again changes nothing', async () => {
    const { importing, events } = await pipelineInMemory();
    await importing([opportunity, evidence, order]);
    expect(statesOf((await importing(all, 'i2')).outcomes)).toEqual(['updated', 'updated', 'created', 'unchanged']);
    const before = events().length;
    expect(statesOf((await importing(all, 'i3')).outcomes)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(statesOf((await importing([estimate('12', 60)], 'i4')).outcomes)).toEqual(['unchanged']);
    expect(events().length).toBe(before);
  });

  it('is not written anew, needs an opportunity, and is a percentage', async () => {
    const { importing } = await pipelineInMemory();
    await importing(all);
    const { outcomes } = await importing(
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

  it('leaves nothing behind where its row is refused', async () => {
    const { importing, events } = await pipelineInMemory();
    await importing([opportunity]);
    const before = events().length;
    const [refused] = (await importing([{ ...evidence, ...guess(40), milestoneId: 'hope' }], 'i2')).outcomes;
    expect(refused).toMatchObject({ state: 'rejected', field: 'milestoneId' });
    expect(events().length).toBe(before);
  });
});
