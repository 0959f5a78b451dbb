import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { plan, quotaInMemory, settings } from '../../testing/quota-in-memory.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });

describe('a quota plan', () => {
  it('splits annual targets into quarters and months that sum to them', async () => {
    const { setUp, putPlan, call } = quotaInMemory();
    await setUp();
    const { json, status } = await putPlan(plan);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      version: 1,
      cascade: [
        {},
        {
          node: { key: 'ann' },
          annual: euros('1.00'),
          quarters: [{ label: 'FY2026-Q1', target: euros('0.25') }, {}, {}, {}],
          months: [
            { label: '2026-01', target: euros('0.09') },
            { target: euros('0.08') },
            { target: euros('0.08') },
            {},
            {},
            {},
            {},
            {},
            {},
            {},
            {},
            {},
          ],
        },
        {},
        {},
      ],
    });
    expect((await call('GET /plans/{planId}', { path: { planId: 'p' } })).json).toEqual(json);
    expect(await call('GET /plans/{planId}', { path: { planId: 'none' } })).toMatchObject({ status: 404, code: 'plan-not-found' });
  });

  it('sets only the nodes that differ in its next version, and withdraws those left out', async () => {
    const { setUp, putPlan, events } = quotaInMemory();
    await setUp();
    await putPlan(plan);
    const before = events().length;
    const [company, , nora, north] = plan.targets;
    await putPlan({ ...plan, targets: [company, { ...nora, annual: euros('720.00') }, north] }, '"1"');
    expect(events().slice(before)).toMatchObject([
      { name: 'TargetsSet', data: { node: { key: 'nora' } } },
      { name: 'TargetsSet', data: { node: { key: 'ann' }, months: Array.from({ length: 12 }, () => 0), withdrawn: true } },
      { name: 'PlanPublished', data: { version: 2 } },
    ]);
    expect(await putPlan(plan, '"1"')).toMatchObject({ status: 412 });
  });

  it('has another ETag where a new calendar renames its months, and the old ETag still names the version to replace', async () => {
    const { setUp, put, putPlan, call } = quotaInMemory();
    await setUp();
    const next = { ...plan, fiscalYear: 2027, effectiveFrom: '2027-01-01' };
    const { etag } = await putPlan(next);
    const readPlan = () => call('GET /plans/{planId}', { path: { planId: 'p' }, headers: { 'if-none-match': etag } });
    expect((await readPlan()).status).toBe(304);
    const calendar = { kind: 'months', startMonth: 4 };
    expect((await put('settings', { ...settings, calendar, calendarEffectiveFrom: '2026-10-01' })).status).toBe(200);
    expect(await readPlan()).toMatchObject({
      status: 200,
      json: { version: 1, cascade: [{ months: [{ label: '2027-04' }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] }, {}, {}, {}] },
    });
    expect(await putPlan({ ...next, targets: plan.targets.slice(1) }, etag)).toMatchObject({ status: 200, json: { version: 2 } });
    expect(await putPlan(next, etag)).toMatchObject({ status: 412 });
  });

  it.each([
    ['node-not-found', { targets: [{ node: { level: 'rep', key: 'stranger' }, annual: euros('1.00') }] }],
    ['duplicate-entry', { targets: [plan.targets[0], plan.targets[0]] }],
    ['currency-not-reporting-currency', { currency: 'CHF' }],
    ['weights-all-zero', { quarterWeights: [0, 0, 0, 0] }],
    ['effective-date-after-year', { effectiveFrom: '2027-01-01' }],
    ['effective-date-after-year', { fiscalYear: 2028, effectiveFrom: '2030-01-01' }],
  ])('is refused with %s', async (code, about) => {
    const { setUp, putPlan } = quotaInMemory();
    await setUp();
    expect(await putPlan({ ...plan, ...about })).toMatchObject({ status: 422, code });
  });

  it('may take effect on the last day of its year, or before the year begins', async () => {
    const { setUp, putPlan } = quotaInMemory();
    await setUp();
    expect(await putPlan({ ...plan, effectiveFrom: '2025-12-15' })).toMatchObject({ status: 200 });
    expect(await putPlan({ ...plan, effectiveFrom: '2026-12-31' }, '"1"')).toMatchObject({ status: 200 });
  });

  it('is refused before there are settings', async () => {
    const { putPlan, attainment } = quotaInMemory();
    expect(await putPlan(plan)).toMatchObject({ status: 422, code: 'settings-missing' });
    expect(await attainment('company', '2026-03')).toMatchObject({ status: 422, code: 'settings-missing' });
  });

  it('may set and show targets of 0, alone or beside others', async () => {
    const { setUp, putPlan, call } = quotaInMemory();
    await setUp();
    const zeros = { ...plan, targets: plan.targets.map(({ node }) => ({ node, annual: euros('0.00') })) };
    expect(await putPlan(zeros)).toMatchObject({ status: 200, json: { targets: zeros.targets } });
    const mixed = { ...plan, targets: [...plan.targets.slice(0, 1), ...zeros.targets.slice(1)] };
    expect((await putPlan(mixed, '"1"')).json).toMatchObject({ version: 2, targets: mixed.targets });
    expect((await call('GET /plans/{planId}', { path: { planId: 'p' } })).json).toMatchObject({ targets: mixed.targets });
  });

  it('is refused a target that another plan has set for the year, with the name of that plan', async () => {
    const { setUp, putPlan, events } = quotaInMemory();
    await setUp();
    await putPlan(plan);
    const before = events().length;
    const other = { ...plan, targets: [{ node: { level: 'rep', key: 'ann' }, annual: euros('5.00') }] };
    const refusal = await putPlan(other, undefined, 'q');
    expect(refusal).toMatchObject({ status: 422, code: 'target-in-another-plan', json: { field: 'targets.node', value: 'rep:ann' } });
    expect(JSON.stringify(refusal.json)).toMatch(/rep:ann.*2026.*plan p/);
    expect(events().length).toBe(before);
    expect((await putPlan({ ...other, fiscalYear: 2027, effectiveFrom: '2027-01-01' }, undefined, 'q')).status).toBe(200);
  });

  it('may set the target of a node that another plan has withdrawn, from its effective day', async () => {
    const { setUp, putPlan, attainment } = quotaInMemory();
    await setUp();
    await putPlan(plan);
    const without = plan.targets.filter(({ node }) => node.key !== 'ann');
    await putPlan({ ...plan, effectiveFrom: '2026-07-01', targets: without }, '"1"');
    expect((await attainment('rep:ann', '2026-08')).json).toMatchObject({ target: null });
    const other = { ...plan, effectiveFrom: '2026-07-01', targets: [{ node: { level: 'rep', key: 'ann' }, annual: euros('120.00') }] };
    expect((await putPlan(other, undefined, 'q')).status).toBe(200);
    expect((await attainment('rep:ann', '2026-06')).json).toMatchObject({ target: euros('0.08') });
    expect((await attainment('rep:ann', '2026-08')).json).toMatchObject({ target: euros('10.00') });
  });

  it('sets a target in only one of several plans that are put at the same moment', async () => {
    const { setUp, putPlan, call } = quotaInMemory();
    await setUp();
    const ids = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(ids.map((id) => putPlan(plan, undefined, id)));
    const plans = await Promise.all(ids.map((id) => call('GET /plans/{planId}', { path: { planId: id } })));
    const nodes = plans.flatMap(
      ({ json }) => z.object({ targets: z.array(z.object({ node: z.object({ key: z.string() }) })) }).safeParse(json).data?.targets ?? [],
    );
    expect(nodes.map(({ node }) => node.key).toSorted()).toEqual(plan.targets.map(({ node }) => node.key).toSorted());
    expect(answers.filter(({ status }) => status !== 200).every(({ code }) => code === 'target-in-another-plan')).toBe(true);
  });
});

describe('GET /plans', () => {
  it('lists the newest version of each plan without its targets, the newest year first', async () => {
    const { setUp, putPlan, call } = quotaInMemory();
    await setUp();
    expect((await call('GET /plans')).json).toEqual({ items: [] });
    await putPlan(plan);
    await putPlan({ ...plan, fiscalYear: 2027, effectiveFrom: '2027-01-01' }, undefined, 'next');
    await putPlan({ ...plan, quarterWeights: [1, 1, 1, 2] }, '*');
    const { json } = await call('GET /plans', { role: 'rep', subject: 'login-ann' });
    expect(json).toMatchObject({
      items: [
        { planId: 'next', fiscalYear: 2027, version: 1 },
        { planId: 'p', version: 2, quarterWeights: [1, 1, 1, 2] },
      ],
    });
    expect(JSON.stringify(json)).not.toContain('targets');
    expect((await call('GET /plans', { role: 'marketing' })).status).toBe(403);
  });
});
