import { organisation, quotaInMemory, settings } from '@meilenstein/quota/testing/quota-in-memory';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';

const weights = (length: number) =>
  fc.option(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: length, maxLength: length }), { nil: undefined });
const annual = fc.integer({ min: 0, max: 3 }).map((hundreds) => ({ amount: `${hundreds}00.00`, currency: 'EUR' }));
const nodes = [
  { level: 'company', key: 'company' },
  { level: 'team', key: 'north' },
  { level: 'rep', key: 'ann' },
] as const;
const plan = fc.record({
  measure: fc.constant('revenue'),
  fiscalYear: fc.constant(2026),
  currency: fc.constant('EUR'),
  effectiveFrom: fc.constant('2026-01-01'),
  quarterWeights: weights(4),
  monthWeights: weights(3),
  targets: fc
    .tuple(...nodes.map((node) => fc.option(annual.map((one) => ({ node, annual: one })))))
    .map((all) => all.filter((one) => one !== null)),
});

const shown = z.looseObject({ version: z.int(), versions: z.unknown() });
const target = z.looseObject({ target: z.unknown() });

type Quota = ReturnType<typeof quotaInMemory>;

const ready = async (): Promise<Quota> => {
  const quota = quotaInMemory();
  await quota.put('settings', settings);
  await quota.put('organisation', organisation);
  return quota;
};

/** The plan without how often it was published, and the targets that anybody is told of. */
const saidBy = async (quota: Quota) => {
  const { version: _, versions: __, ...view } = shown.parse((await quota.call('GET /plans/{planId}', { path: { planId: 'p' } })).json);
  const periods = ['FY2026', 'FY2027', '2026-04', '2027-05'];
  const asked = nodes.flatMap(({ level, key }) =>
    periods.map((period) => [level === 'company' ? level : `${level}:${key}`, period] as const),
  );
  const targets = await Promise.all(
    asked.map(
      async ([node, period]) => `${node} ${period} ${JSON.stringify(target.parse((await quota.attainment(node, period)).json).target)}`,
    ),
  );
  return { view, targets };
};

it('a plan and then its correction give the same as the corrected one alone', async () => {
  await fc.assert(
    fc.asyncProperty(plan, plan, async (said, corrected) => {
      fc.pre(said.targets.length > 0 && corrected.targets.length > 0);
      const [twice, once] = [await ready(), await ready()];
      expect((await twice.putPlan(said)).status).toBe(200);
      const { etag } = await twice.call('GET /plans/{planId}', { path: { planId: 'p' } });
      expect((await twice.putPlan(corrected, etag)).status).toBe(200);
      expect((await once.putPlan(corrected)).status).toBe(200);
      expect(await saidBy(twice)).toEqual(await saidBy(once));
    }),
    { numRuns: 100 },
  );
});
