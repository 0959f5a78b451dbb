import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sellingCompany, operations, repNamed } from './selling-company.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const money = z.object({ amount: z.string() }).transform(({ amount }) => Number(amount));
const attained = z.object({ achieved: money, recorded: z.object({ amount: money }) });
const booked = z.object({ booked: money });
const shown = z.object({ order: z.object({ amount: money }).nullable(), status: z.string() });

type Company = Awaited<ReturnType<typeof sellingCompany>>;

/** What each service has for the orders of anna, and what the report of her week says. */
const figuresOf = async (company: Company, ids: readonly string[]) => {
  const { achieved, recorded } = attained.parse(await company.attainment('rep:anna', 'FY2026'));
  const inForce = await Promise.all(
    ids.map(async (id) => {
      const { json } = await company.call('pipeline', 'GET /opportunities/{opportunityId}', { path: { opportunityId: id }, ...operations });
      const { order, status } = shown.parse(json);
      return order === null || status !== 'won' ? 0 : order.amount;
    }),
  );
  // a report has what was recorded before it
  company.pass(1000);
  await company.call('reporting', 'POST /reports/{reportId}/runs', {
    path: { reportId: 'week-so-far' },
    body: {},
    role: 'finance',
    subject: 'login-finance',
  });
  const [, reported = '0'] = /^revenue,.*,rep,anna,anna,,([-\d.]+),/m.exec(company.reportFile('reps.csv')) ?? [];
  return {
    pipeline: inForce.reduce((sum, one) => sum + one, 0),
    quota: achieved,
    recorded: recorded.amount,
    forecast: booked.parse(await company.forecast('rep', 'anna')).booked,
    report: Number(reported),
  };
};

const all = (figure: number) => ({ pipeline: figure, quota: figure, recorded: figure, forecast: figure, report: figure });

describe('S3 an order that was recorded wrongly', () => {
  it('is corrected, cancelled in part, cancelled and reopened, and each service says what is in force', async () => {
    const company = await sellingCompany('2026-11-11T09:00:00.000Z');
    const id = await company.open('anna', { amount: euros('500.00') });
    await company.order(id, '2026-11-10T10:00:00Z', '99999.00');
    expect(await figuresOf(company, [id])).toEqual(all(99_999));
    const right = { reason: 'wrong-entry', amount: euros('9999.00') };
    expect(await company.command(id, 'order/correct', right, repNamed('boris'))).toMatchObject({ status: 404 });
    expect((await company.command(id, 'order/correct', right, repNamed('anna'))).status).toBe(200);
    expect(await figuresOf(company, [id])).toEqual(all(9999));
    expect((await company.command(id, 'cancel', { reason: 'customer-withdrew', amount: euros('1999.00') })).status).toBe(200);
    expect(await figuresOf(company, [id])).toEqual(all(8000));
    expect((await company.command(id, 'cancel', { reason: 'not-paid' })).status).toBe(200);
    expect(await figuresOf(company, [id])).toEqual(all(0));
    expect((await company.command(id, 'reopen', { reason: 'customer-came-back' })).status).toBe(200);
    expect(await company.forecast('rep', 'anna')).toMatchObject({ existing: { byMilestone: [{ opportunities: 1 }] } });
    company.pass(1000);
    await company.order(id, '2026-11-11T08:00:00Z', '70.00');
    expect(await figuresOf(company, [id])).toEqual(all(70));
  });

  it('is credited on its own day where the day is corrected, and closed months are restated only where that is meant', async () => {
    const company = await sellingCompany('2026-12-20T09:00:00.000Z');
    const id = await company.open('anna');
    await company.order(id, '2026-12-02T10:00:00Z', '100.00');
    const earlier = { reason: 'wrong-entry', orderedAt: '2026-11-28T10:00:00Z' };
    expect(await company.command(id, 'order/correct', earlier)).toMatchObject({ status: 422, code: 'period-closed' });
    expect((await company.command(id, 'order/correct', { ...earlier, restates: true })).status).toBe(200);
    expect(await company.attainment('rep:anna', '2026-11')).toMatchObject({
      achieved: euros('100.00'),
      recorded: { amount: euros('0.00') },
    });
    expect(await company.attainment('rep:anna', '2026-12')).toMatchObject({
      achieved: euros('0.00'),
      recorded: { amount: euros('100.00') },
    });
    expect(await company.forecast('rep', 'anna')).toMatchObject({ booked: euros('100.00') });
  });

  it('reports the difference as a correction of the open week, and leaves the week that was reported as it was', async () => {
    const company = await sellingCompany('2026-11-11T09:00:00.000Z');
    const id = await company.open('anna');
    await company.order(id, '2026-11-10T10:00:00Z', '1000.00');
    const before = await figuresOf(company, [id]);
    company.at('2026-11-18T09:00:00.000Z');
    await company.command(id, 'order/correct', { reason: 'wrong-entry', amount: euros('400.00') });
    expect(await figuresOf(company, [id])).toEqual({ ...all(400), report: -600 });
    expect(before.report - 600).toBe(400);
  });
});

describe('any orders, corrections and cancellations', () => {
  it('come to the same figure in pipeline, quota, forecast and reports', async () => {
    const cents = fc.integer({ min: 1, max: 900_000 }).map((minor) => (minor / 100).toFixed(2));
    const step = fc.tuple(fc.constantFrom('order', 'correct', 'part', 'cancel', 'reopen', 'lose'), fc.constantFrom(0, 1), cents);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
        const company = await sellingCompany('2026-11-11T09:00:00.000Z');
        const ids = [await company.open('anna'), await company.open('anna')];
        for (const [what, index, amount] of steps) {
          const id = ids[index] ?? '';
          if (what === 'order') await company.order(id, '2026-11-10T10:00:00Z', amount, { confirm: true });
          if (what === 'correct') {
            const right = { reason: 'wrong-entry', amount: euros(amount), orderedAt: '2026-11-09T10:00:00Z', confirm: true };
            await company.command(id, 'order/correct', right);
          }
          if (what === 'part') await company.command(id, 'cancel', { reason: 'not-paid', amount: euros(amount) });
          if (what === 'cancel') await company.command(id, 'cancel', { reason: 'not-paid' });
          if (what === 'reopen') await company.command(id, 'reopen', { reason: 'other' });
          if (what === 'lose') await company.command(id, 'lose', { reason: 'price' });
        }
        const figures = await figuresOf(company, ids);
        for (const figure of Object.values(figures)) expect(figure).toBeCloseTo(figures.pipeline, 6);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
