import { quotaApi } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { plan, quotaInMemory, won } from '../../testing/quota-in-memory.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const parts = quotaApi.routes['GET /attainment/parts'].answers[200];
const manager = { role: 'manager', subject: 'login-boss' } as const;

const company = async () => {
  const quota = quotaInMemory();
  await quota.setUp();
  await quota.putPlan(plan);
  await quota.receive(won('o1'), won('o2', { repId: 'nora', minor: 5_000 }), won('o3', { repId: 'bob', teamId: 'south', minor: 700 }));
  const read = async (query: Record<string, string>, who: object = {}) =>
    parts.parse((await quota.call('GET /attainment/parts', { query, ...who })).json).items;
  return { ...quota, read };
};

describe('GET /attainment/parts', () => {
  it('gives every rep of a team the figures that they have alone', async () => {
    const { read, attainment } = await company();
    const items = await read({ node: 'team:north', period: '2026-03', by: 'node' });
    expect(items.map(({ node }) => node.key)).toEqual(['ann', 'boss', 'nora']);
    for (const item of items) expect(item).toEqual((await attainment(`rep:${item.node.key}`, '2026-03')).json);
    expect(items.map(({ achieved }) => achieved.amount)).toEqual(['100.00', '0.00', '50.00']);
  });

  it('gives every quarter and month of a year the figures that they have alone', async () => {
    const { read, attainment } = await company();
    const items = await read({ node: 'company', period: 'FY2026', by: 'period' });
    expect(items).toHaveLength(16);
    for (const item of items) expect(item).toEqual((await attainment('company', item.period.label)).json);
    const months = await read({ node: 'company', period: 'FY2026-Q1', by: 'period' });
    expect(months.map(({ period }) => period.label)).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(await read({ node: 'company', period: '2026-03', by: 'period' })).toEqual([]);
  });

  it('lists the teams of the company, and nothing below a rep', async () => {
    const { read } = await company();
    expect((await read({ node: 'company', period: '2026-03', by: 'node' })).map(({ node }) => node.key)).toEqual(['north', 'south']);
    expect(await read({ node: 'rep:ann', period: '2026-03', by: 'node' })).toEqual([]);
  });

  it('shows a manager the reps of their own team, and hides every other team', async () => {
    const { read, call } = await company();
    expect(await read({ node: 'team:north', period: '2026-03', by: 'node' }, manager)).toHaveLength(3);
    const query = { node: 'team:south', period: '2026-03', by: 'node' };
    expect(await call('GET /attainment/parts', { query, ...manager })).toMatchObject({ status: 404, code: 'node-not-found' });
  });
});

describe('the pace of an attainment', () => {
  it('says on each working day of a month what should be achieved, what each day left has to bring, and what comes if it goes on', async () => {
    const { attainment, move } = await company();
    expect((await attainment('rep:nora', '2026-03')).json).toMatchObject({
      target: euros('30.00'),
      pace: {
        workingDays: { total: 22, elapsed: 1, left: 22 },
        expected: euros('1.36'),
        difference: euros('48.64'),
        requiredPerDay: euros('0.00'),
      },
    });
    move(7 * 86_400_000);
    expect((await attainment('company', '2026-03')).json).toMatchObject({
      target: euros('100.00'),
      achieved: euros('157.00'),
      pace: { workingDays: { total: 22, elapsed: 6, left: 17 }, expected: euros('27.27'), projected: euros('575.72') },
    });
  });

  it('has none for a period that has ended or not begun, and without a target', async () => {
    const { attainment } = await company();
    for (const [node, period] of [
      ['company', '2026-02'],
      ['company', '2026-04'],
      ['rep:bob', '2026-03'],
    ] as const)
      expect((await attainment(node, period)).json).toMatchObject({ pace: null });
  });
});
