import type { Plan } from '@meilenstein/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { largeOrganisation, largePlan } from '../../testing/large-company.ts';
import { quotaInMemory, settings } from '../../testing/quota-in-memory.ts';
import { scheduledTable } from '../../testing/watched-table.ts';

const company = largeOrganisation(60, 2);
const { targets } = largePlan(company);
const between = (from: number, until: number, amount: string): Plan => ({
  ...largePlan(company),
  targets: targets.slice(from, until).map((target) => ({ ...target, annual: { ...target.annual, amount } })),
});

const shown = z.object({
  targets: z.array(z.object({ node: z.object({ level: z.string(), key: z.string() }), annual: z.object({ amount: z.string() }) })),
});
const targetsData = z.object({
  planId: z.string(),
  node: z.object({ level: z.string(), key: z.string() }),
  months: z.array(z.int()),
  withdrawn: z.boolean().optional(),
});
const inOrder = (lines: readonly string[]): readonly string[] => lines.toSorted();
const linesOf = (plan: unknown): readonly string[] =>
  inOrder(shown.safeParse(plan).data?.targets.map(({ node, annual }) => `${node.level} ${node.key} ${annual.amount}`) ?? []);

/** A company on a table that answers calls in the order that the scheduler chooses, once `isMixed`. */
const mixedQuota = async (scheduler: fc.Scheduler) => {
  let isMixed = false;
  const quota = quotaInMemory(
    undefined,
    scheduledTable(() => (isMixed ? scheduler.schedule(Promise.resolve()) : Promise.resolve())),
  );
  await quota.put('settings', settings);
  expect((await quota.put('organisation', company, '*')).status).toBe(200);
  const planOf = async (planId: string) => linesOf((await quota.call('GET /plans/{planId}', { path: { planId } })).json);
  const atOnce = async <Answer>(...requests: readonly (() => Promise<Answer>)[]): Promise<readonly Answer[]> => {
    isMixed = true;
    const all = Promise.all(requests.map((request) => request()));
    const answers = await scheduler.waitFor(all);
    isMixed = false;
    return answers;
  };
  /** The last event of each node of a plan, which is what other services know. */
  const eventLinesOf = (planId: string): readonly string[] => {
    const last = new Map(
      quota.events().flatMap((event) => (event.name === 'TargetsSet' ? [[event.subject, targetsData.parse(event.data)] as const] : [])),
    );
    const targetInForce = [...last.values()].filter((one) => one.planId === planId && one.withdrawn !== true);
    return inOrder(
      targetInForce.map(
        ({ node, months }) => `${node.level} ${node.key} ${(months.reduce((sum, month) => sum + month, 0) / 100).toFixed(2)}`,
      ),
    );
  };
  return { ...quota, planOf, eventLinesOf, atOnce };
};

describe('two concurrent requests', () => {
  it('for one plan: one of them becomes the complete next version, for readers and for other services', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const quota = await mixedQuota(scheduler);
        const bodies = [between(0, 60, '100.00'), between(3, 63, '200.00')];
        const before = between(0, 63, '50.00');
        expect((await quota.putPlan(before)).status).toBe(200);
        const answers = await quota.atOnce(...bodies.map((body) => () => quota.putPlan(body, '"1"')));
        const put = bodies.filter((_, index) => answers[index]?.status === 200);
        expect(put.length).toBeLessThanOrEqual(1);
        expect(answers.every(({ status, code }) => status === 200 || code === 'version-conflict')).toBe(true);
        const wanted = linesOf(put[0] ?? before);
        expect(await quota.planOf('p')).toEqual(wanted);
        expect(put.length === 1 ? quota.eventLinesOf('p') : wanted).toEqual(wanted);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('for two plans with common targets: each target ends up in one plan, and a refused plan publishes and claims nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const quota = await mixedQuota(scheduler);
        const bodies = { p: between(0, 45, '100.00'), q: between(20, 63, '200.00') };
        const answers = await quota.atOnce(
          ...Object.entries(bodies).map(([planId, body]) => async () => ({
            planId,
            body,
            ...(await quota.putPlan(body, undefined, planId)),
          })),
        );
        for (const { planId, body, status, code } of answers) {
          expect(code).toBe(status === 200 ? undefined : 'target-in-another-plan');
          const wanted = status === 200 ? linesOf(body) : [];
          expect(await quota.planOf(planId)).toEqual(wanted);
          expect(quota.eventLinesOf(planId)).toEqual(wanted);
        }
        expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
        // A refused plan holds no claim, so the other plan can set every node.
        const winner = answers.find(({ status }) => status === 200)?.planId ?? 'p';
        expect((await quota.putPlan(between(0, 63, '300.00'), '*', winner)).status).toBe(200);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('that put and read one plan: the reader sees a complete version', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const quota = await mixedQuota(scheduler);
        const [before, after] = [between(0, 63, '50.00'), between(0, 20, '100.00')];
        await quota.putPlan(before);
        const seen = await quota.atOnce(
          async () => void (await quota.putPlan(after, '"1"')),
          ...Array.from({ length: 4 }, () => () => quota.planOf('p')),
        );
        const whole = [linesOf(before), linesOf(after)];
        for (const lines of seen.filter((one) => one !== undefined)) expect(whole).toContainEqual(lines);
        expect(await quota.planOf('p')).toEqual(linesOf(after));
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('for the organisation: one of them becomes the complete organisation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const quota = await mixedQuota(scheduler);
        const { etag } = await quota.call('GET /organisation');
        const renamed = (from: number, name: string) => ({
          ...company,
          reps: company.reps.map((rep, index) => (index >= from && index < from + 40 ? { ...rep, name } : rep)),
        });
        const bodies = [renamed(0, 'Ada'), renamed(20, 'Bea')];
        const answers = await quota.atOnce(...bodies.map((body) => () => quota.put('organisation', body, etag)));
        expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
        const won = answers.find(({ status }) => status === 200);
        expect(await quota.call('GET /organisation')).toMatchObject({ etag: won?.etag });
        const names = (body: unknown) =>
          z
            .object({ reps: z.array(z.object({ repId: z.string(), name: z.string() })) })
            .parse(body)
            .reps.map(({ repId, name }) => `${repId} ${name}`)
            .toSorted();
        expect(names((await quota.call('GET /organisation')).json)).toEqual(
          names(bodies[answers.findIndex(({ status }) => status === 200)]),
        );
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
