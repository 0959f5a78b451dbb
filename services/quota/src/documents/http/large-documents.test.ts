import { describe, expect, it } from 'vitest';
import { largeOrganisation, largePlan } from '../../testing/large-company.ts';
import { quotaInMemory, settings } from '../../testing/quota-in-memory.ts';
import { countedTable } from '../../testing/watched-table.ts';

const company = largeOrganisation(1000, 60);
const renamed = {
  ...company,
  reps: company.reps.map((rep, index) => (index < 10 ? { ...rep, name: `${rep.name} the second` } : rep)),
};
const targets = largePlan(company);
const raised = {
  ...targets,
  targets: targets.targets.map((target, index) => (index < 10 ? { ...target, annual: { ...target.annual, amount: '240000.00' } } : target)),
};

describe('an organisation of 1,000 reps in 60 teams and a plan for all of them', () => {
  it('are written in at most 10 rounds of parallel requests: one request for each 100 writes plus 20 if everything is new, and at most 8 if ten nodes or none differ', async () => {
    const { through, takeCounts } = countedTable();
    const { put, putPlan, call } = quotaInMemory(undefined, through);
    expect((await put('settings', settings)).status).toBe(200);
    const counted = async (send: () => ReturnType<typeof call>) => {
      takeCounts();
      expect((await send()).status).toBe(200);
      return takeCounts();
    };
    const putAgain = async (document: unknown) => {
      const { etag } = await call('GET /organisation');
      return counted(() => put('organisation', document, etag));
    };
    // 3 writes for each rep and 2 for each team make 3,120: 33 transactions, where DynamoDB allows no fewer than 32.
    expect(await counted(() => put('organisation', company, '*'))).toEqual({ requests: 39, rounds: 7 });
    expect(await putAgain(company)).toEqual({ requests: 4, rounds: 2 });
    expect(await putAgain(renamed)).toEqual({ requests: 5, rounds: 3 });
    expect(await counted(() => putPlan(targets))).toEqual({ requests: 52, rounds: 10 });
    expect(await counted(() => putPlan(targets, '"1"'))).toEqual({ requests: 7, rounds: 6 });
    expect(await counted(() => putPlan(raised, '"1"'))).toEqual({ requests: 8, rounds: 7 });
  }, 120_000);
});

const bytesOf = (json: unknown): number => Buffer.byteLength(JSON.stringify(json));
const count = (events: readonly { readonly name: string }[], name: string): number => events.filter((event) => event.name === name).length;

describe('the largest organisation and plan', () => {
  it('are accepted with 5,000 reps in 500 teams, the longest texts and a target for each, and are answered within the limit of Lambda', async () => {
    const { put, putPlan, call, events } = quotaInMemory();
    await put('settings', settings);
    const largest = largeOrganisation(5000, 500, true);
    expect(bytesOf(largest)).toBeGreaterThan(3_000_000);
    const organised = await put('organisation', largest);
    expect(organised.status).toBe(200);
    expect(count(events(), 'TeamChanged')).toBe(500);
    expect(count(events(), 'RepJoined')).toBe(5000);
    expect((await call('GET /organisation')).etag).toBe(organised.etag);
    const all = largePlan(largest, '12345678901.23');
    const targeted = { ...all, targets: all.targets.slice(1) };
    const planned = await putPlan(targeted);
    expect(planned.status).toBe(200);
    expect(count(events(), 'TargetsSet')).toBe(5500);
    expect(events().at(-1)).toMatchObject({ name: 'PlanPublished' });
    const shown = await call('GET /plans/{planId}', { path: { planId: 'p' } });
    expect(shown.etag).toBe(planned.etag);
    expect(new Set(events().map(({ subject, sequence, name }) => `${name} ${subject} ${sequence}`)).size).toBe(events().length);
    // Lambda counts the body as the JSON text in which it is sent.
    for (const { sent } of [organised, planned, shown]) expect(bytesOf(sent)).toBeLessThan(6_000_000);
    expect(bytesOf(shown.json)).toBeGreaterThan(6_000_000);
  }, 120_000);

  it('are refused above the size in their contract', async () => {
    const { putPlan, put } = quotaInMemory();
    const tooLong = 'x'.repeat(4 * 1024 * 1024);
    expect(await put('organisation', { tooLong }, '*')).toMatchObject({ status: 413, code: 'body-too-large' });
    expect(await putPlan({ tooLong })).toMatchObject({ status: 413, code: 'body-too-large' });
    expect(await put('settings', { tooLong: 'x'.repeat(256 * 1024) }, '*')).toMatchObject({ status: 413, code: 'body-too-large' });
  });
});
