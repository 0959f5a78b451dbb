import { allApis } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { managerNamed, organisationSince, repNamed, sellingCompany, withRep } from './selling-company.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const organisation = organisationSince('2025-01-01');
const leavingOn = (day: string) => withRep(organisation, 'anna', { leavesOn: day });

describe('S2 somebody leaves', () => {
  it('the token still works on the leaving day, and opens nothing from the day after', async () => {
    const company = await sellingCompany('2026-11-30T09:00:00.000Z');
    const id = await company.open('anna');
    await company.put('organisation', leavingOn('2026-11-30'));
    const read = () => company.call('pipeline', 'GET /opportunities', repNamed('anna'));
    expect((await read()).status).toBe(200);
    company.at('2026-12-01T09:00:00.000Z');
    const services = ['quota', 'pipeline', 'forecast', 'reporting'] as const;
    for (const service of services) {
      const routes = allApis.filter((api) => api.service === service).flatMap((api) => Object.entries(api.routes));
      const open = routes.filter(([, { roles }]) => roles !== 'signature' && roles.includes('rep'));
      for (const [route] of open)
        expect([route, await company.call(service, route, repNamed('anna'))]).toMatchObject([route, { status: 403, code: 'caller-left' }]);
    }
    expect(await company.command(id, 'lose', { reason: 'price' }, repNamed('anna'))).toMatchObject({ status: 403, code: 'caller-left' });
    expect(await company.call('pipeline', 'GET /opportunities', { ...repNamed('anna'), role: 'operations' })).toMatchObject({
      status: 403,
    });
    expect((await company.call('pipeline', 'GET /opportunities', repNamed('boris'))).status).toBe(200);
  });

  it('a manager gives all open opportunities on with one command, and sees what became of each', async () => {
    const company = await sellingCompany('2026-11-30T09:00:00.000Z');
    const given = [await company.open('anna'), await company.open('anna')];
    const ordered = await company.open('anna');
    await company.order(ordered, '2026-11-29T10:00:00Z', '100.00');
    await company.put('organisation', leavingOn('2026-11-30'));
    company.at('2026-12-01T09:00:00.000Z');
    const handOver = (to: string, from = 'anna', who = managerNamed('sofia')) =>
      company.call('pipeline', 'POST /opportunities/hand-over', { body: { from, to }, ...who });
    expect(await handOver('wanda')).toMatchObject({ status: 422, code: 'rep-not-found', json: { field: 'to', value: 'wanda' } });
    expect(await handOver('boris', 'nobody')).toMatchObject({
      status: 422,
      code: 'rep-not-found',
      json: { field: 'from', value: 'nobody' },
    });
    expect(await handOver('boris', 'boris')).toMatchObject({ status: 422, code: 'same-rep' });
    expect(await handOver('boris', 'anna', managerNamed('willi'))).toMatchObject({ status: 422, code: 'rep-not-found' });
    const answer = await handOver('boris');
    expect(answer).toMatchObject({ status: 200, json: { more: false } });
    expect(answer.json).toMatchObject({
      items: expect.arrayContaining(given.map((id) => ({ id, state: 'given', code: null }))),
    });
    expect((await handOver('boris')).json).toEqual({ items: [], more: false });
    expect(await company.opportunities(repNamed('boris'))).toMatchObject({ items: [{ repId: 'boris' }, { repId: 'boris' }] });
    expect(await company.opportunities(managerNamed('sofia'), { owner: 'anna' })).toMatchObject({ items: [{ opportunityId: ordered }] });
  });
});

describe('S5 targets of joiners and leavers', () => {
  const plan = (about: object = {}) => ({
    measure: 'revenue',
    fiscalYear: 2026,
    currency: 'EUR',
    effectiveFrom: '2026-01-01',
    targets: [
      { node: { level: 'rep', key: 'anna' }, annual: euros('120000.00') },
      { node: { level: 'rep', key: 'boris' }, annual: euros('120000.00') },
    ],
    ...about,
  });
  const joined = withRep(withRep(organisation, 'anna', { memberships: [{ teamId: 'south', effectiveFrom: '2026-11-16' }] }), 'boris', {
    leavesOn: '2026-12-01',
  });

  it('count for the days of membership, in attainment and forecast alike', async () => {
    const company = await sellingCompany('2026-11-02T09:00:00.000Z', joined);
    expect((await company.plan(plan())).status).toBe(200);
    expect(await company.attainment('rep:anna', '2026-10')).toMatchObject({ target: null });
    expect(await company.attainment('rep:anna', '2026-11')).toMatchObject({ target: euros('5000.00') });
    expect(await company.attainment('rep:anna', '2026-12')).toMatchObject({ target: euros('10000.00') });
    expect(await company.attainment('rep:boris', '2026-11')).toMatchObject({ target: euros('10000.00') });
    expect(await company.attainment('rep:boris', '2026-12')).toMatchObject({ target: null });
    expect(await company.attainment('team:south', 'FY2026-Q4')).toMatchObject({ rolledUp: euros('35000.00') });
    expect(await company.forecast('rep', 'anna')).toMatchObject({ quota: euros('5000.00') });
    expect(await company.forecast('rep', 'anna', 'quarter')).toMatchObject({ quota: euros('15000.00') });
  });

  it('grow by the ramp of the plan', async () => {
    const company = await sellingCompany('2026-11-02T09:00:00.000Z', joined);
    expect(await company.plan(plan({ ramp: [0.5, 0.75] }))).toMatchObject({ status: 200, json: { ramp: [0.5, 0.75] } });
    expect(await company.attainment('rep:anna', '2026-11')).toMatchObject({ target: euros('2500.00') });
    // 15 days at a half, 16 at three quarters
    expect(await company.attainment('rep:anna', '2026-12')).toMatchObject({ target: euros('6290.32') });
    expect(await company.attainment('rep:boris', '2026-11')).toMatchObject({ target: euros('10000.00') });
    expect(await company.forecast('rep', 'anna')).toMatchObject({ quota: euros('2500.00') });
  });
});
