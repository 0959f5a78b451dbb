import { describe, expect, it } from 'vitest';
import { pipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;

/** Two opportunities of ann, one of bob. */
const company = async () => {
  const pipeline = await pipelineInMemory();
  const [first, second, other] = [await pipeline.open('ann'), await pipeline.open('ann'), await pipeline.open('bob')];
  const bulk = (what: 'hand-over' | 'lose', body: object, who: object = boss) =>
    pipeline.call(`POST /opportunities/bulk/${what}`, { body, ...who });
  const rows = (...ids: readonly string[]) => ids.map((opportunityId) => ({ opportunityId, version: 1 }));
  return { ...pipeline, first, second, other, bulk, rows };
};

describe('POST /opportunities/bulk/hand-over', () => {
  it('gives each opportunity to the new owner, and says of each that could not be given why', async () => {
    const { bulk, rows, first, second, other, get, command } = await company();
    await command(second, 'lose', { reason: 'price' });
    const stale = [...rows(first, second, other), { opportunityId: 'nothing', version: 1 }];
    expect((await bulk('hand-over', { owner: 'nora', opportunities: stale })).json).toMatchObject({
      results: [
        { opportunityId: first, version: 2, refusal: null },
        { opportunityId: second, version: null, refusal: { code: 'version-conflict' } },
        { opportunityId: other, version: null, refusal: { code: 'opportunity-not-found' } },
        { opportunityId: 'nothing', version: null, refusal: { code: 'opportunity-not-found' } },
      ],
    });
    expect((await get(first)).json).toMatchObject({ repId: 'nora' });
  });

  it('refuses each for an owner to whom the caller may give nothing', async () => {
    const { bulk, rows, first } = await company();
    expect((await bulk('hand-over', { owner: 'bob', opportunities: rows(first) })).json).toMatchObject({
      results: [{ version: null, refusal: { code: 'rep-not-found' } }],
    });
    expect((await bulk('hand-over', { owner: 'nora', opportunities: rows(first) }, ann)).status).toBe(403);
  });

  it('refuses an opportunity that is named twice, and more than 100', async () => {
    const { bulk, rows, first } = await company();
    expect((await bulk('hand-over', { owner: 'nora', opportunities: rows(first, first) })).status).toBe(400);
    const many = Array.from({ length: 101 }, (_, n) => ({ opportunityId: `o${n}`, version: 1 }));
    expect((await bulk('hand-over', { owner: 'nora', opportunities: many })).status).toBe(400);
  });
});

describe('POST /opportunities/bulk/lose', () => {
  it('closes each with the reason, and only what the caller may see', async () => {
    const { bulk, rows, first, other, get } = await company();
    expect((await bulk('lose', { reason: 'price', opportunities: rows(first, other) }, ann)).json).toMatchObject({
      results: [{ version: 2, refusal: null }, { refusal: { code: 'opportunity-not-found' } }],
    });
    expect((await get(first)).json).toMatchObject({ status: 'lost', lossReason: 'price' });
    expect((await get(other)).json).toMatchObject({ status: 'open' });
  });

  it('needs a reason', async () => {
    const { bulk, rows, first } = await company();
    expect((await bulk('lose', { opportunities: rows(first) })).status).toBe(400);
  });
});
