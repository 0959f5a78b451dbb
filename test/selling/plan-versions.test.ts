import { expect, it } from 'vitest';
import * as z from 'zod';
import { finance, sellingCompany } from './selling-company.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const company = { level: 'company', key: 'company' };
const planOf = (annual: string, effectiveFrom: string) => ({
  measure: 'revenue',
  fiscalYear: 2026,
  currency: 'EUR',
  effectiveFrom,
  targets: [{ node: company, annual: euros(annual) }],
});
const planned = z.object({
  cascade: z.tuple([
    z.object({
      inForce: z.object({ amount: z.string() }),
      months: z.array(z.object({ label: z.string(), target: z.object({ amount: z.string() }) })),
    }),
  ]),
});

it('S4 a plan shows month by month the version in force, as the attainment counts it, and every version can be read', async () => {
  const selling = await sellingCompany('2026-11-30T09:00:00.000Z');
  expect((await selling.plan(planOf('1200.00', '2026-01-01'))).status).toBe(200);
  expect((await selling.plan(planOf('2400.00', '2026-12-01'), '"1"')).status).toBe(200);
  const read = (query: Record<string, string> = {}) =>
    selling.call('quota', 'GET /plans/{planId}', { path: { planId: 'sales' }, query, ...finance });
  const newest = await read();
  expect(newest.json).toMatchObject({ version: 2, versions: [{ version: 1 }, { version: 2, effectiveFrom: '2026-12-01' }] });
  const [{ inForce, months }] = planned.parse(newest.json).cascade;
  expect(months.filter(({ label }) => label >= '2026-11').map(({ target }) => target.amount)).toEqual(['100.00', '200.00']);
  expect(inForce.amount).toBe('1300.00');
  for (const { label, target } of months) expect(await selling.attainment('company', label)).toMatchObject({ target });
  expect(await selling.attainment('company', 'FY2026')).toMatchObject({ target: inForce });

  const [first] = planned.parse((await read({ version: '1' })).json).cascade;
  expect(first.inForce.amount).toBe('1200.00');
  expect(await read({ version: '3' })).toMatchObject({ status: 404, code: 'plan-not-found', json: { field: 'version', value: '3' } });
});
