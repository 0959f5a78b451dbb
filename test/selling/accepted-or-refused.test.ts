import { describe, expect, it } from 'vitest';
import { operations, repNamed, sellingCompany, settings } from './selling-company.ts';

const now = '2026-11-30T09:00:00.000Z';
const euros = (amount: string) => ({ amount, currency: 'EUR' });
const evidence = (about: object = {}) => ({
  act: 'said',
  by: { party: 'customer', role: 'buyer' },
  occurredAt: '2026-11-27T10:00:00Z',
  channel: 'meeting',
  ...about,
});
type Company = Awaited<ReturnType<typeof sellingCompany>>;

const get = async (company: Company, id: string) =>
  (await company.call('pipeline', 'GET /opportunities/{opportunityId}', { path: { opportunityId: id }, ...operations })).json;

describe('S11 nothing that was accepted is dropped', () => {
  it('an amount belongs to the order, and is refused with any other milestone', async () => {
    const company = await sellingCompany(now);
    const id = await company.open('anna');
    const body = { milestoneId: 'need-named', evidence: evidence(), amount: euros('100.00') };
    expect(await company.command(id, 'milestones', body)).toMatchObject({ status: 422, code: 'amount-not-with-milestone' });
  });

  it('the document that proves a milestone is shown, with who recorded it', async () => {
    const company = await sellingCompany(now);
    const id = await company.open('anna');
    const artefact = { reference: 'offer 4711', sha256: 'a'.repeat(64) };
    const body = { milestoneId: 'need-named', evidence: evidence({ artefact }) };
    expect(await company.command(id, 'milestones', body, repNamed('anna'))).toMatchObject({ status: 200 });
    expect(await get(company, id)).toMatchObject({ milestones: [{ artefact, recordedBy: 'anna' }] });
  });

  it('the note and the day of a loss are shown, with who recorded it', async () => {
    const company = await sellingCompany(now);
    const id = await company.open('anna');
    const body = { reason: 'price', note: 'The budget went to the roof.' };
    expect((await company.command(id, 'lose', body, repNamed('anna'))).status).toBe(200);
    expect(await get(company, id)).toMatchObject({ loss: { ...body, lostAt: now, recordedBy: 'anna' } });
  });
});

describe('S12 a filter that names nobody is refused with the value', () => {
  it.each([
    { service: 'pipeline', route: 'GET /opportunities', query: { owner: 'rep-nrod-2' }, code: 'rep-not-found' },
    { service: 'forecast', route: 'GET /leaks', query: { process: 'nope' }, code: 'process-not-found' },
  ] as const)('$service $route $query', async ({ service, route, query, code }) => {
    const [[field, value] = []] = Object.entries(query);
    const company = await sellingCompany(now);
    expect(await company.call(service, route, { query, ...operations })).toMatchObject({
      status: 422,
      code,
      json: { field, value },
    });
  });
});

describe('S13 what cannot have happened is refused with the rule', () => {
  it('an order of a day before its owner joined', async () => {
    const company = await sellingCompany(now);
    const id = await company.open('anna');
    expect(await company.order(id, '1991-01-01T10:00:00Z', '100.00')).toMatchObject({ status: 422, code: 'evidence-before-owner' });
  });

  it('an order of a closed month, unless it is said that the month is to be reported again', async () => {
    const company = await sellingCompany(now);
    const id = await company.open('anna');
    expect(await company.order(id, '2026-10-15T10:00:00Z', '100.00')).toMatchObject({ status: 422, code: 'period-closed' });
    expect((await company.order(id, '2026-10-15T10:00:00Z', '100.00', { restates: true })).status).toBe(200);
    expect(company.events().find(({ name }) => name === 'OpportunityWon')).toMatchObject({ data: { restates: true } });
  });

  it('a judgement below 0, and a rate of a code by which nobody pays', async () => {
    const company = await sellingCompany(now);
    const body = { level: 'company', key: 'company', window: 'month', amount: euros('-5.00'), reason: 'pessimism' };
    expect(await company.call('forecast', 'POST /forecasts/judgements', { body, role: 'manager', subject: 'login-sofia' })).toMatchObject({
      status: 400,
      json: { issues: [{ path: 'body.amount.amount', rule: 'a judgement is not negative; 0 says that nothing will be won' }] },
    });
    const rates = [{ id: 'x', currency: 'XXX', from: '2026-01-01', value: '1' }];
    expect(await company.put('settings', { ...settings, rates })).toMatchObject({
      status: 400,
      json: { issues: [{ path: 'body.rates.0.currency', rule: 'is no currency in which anybody pays' }] },
    });
  });

  it('a report of a week before anybody worked in the company', async () => {
    const company = await sellingCompany(now);
    const run = (period: string) =>
      company.call('reporting', 'POST /reports/{reportId}/runs', { path: { reportId: 'weekly' }, body: { period }, role: 'finance' });
    expect(await run('2019-W10')).toMatchObject({ status: 422, code: 'period-before-company', json: { value: '2019-W10' } });
    expect((await run('2026-W47')).status).toBe(200);
  });
});

describe('S3 an amount far outside the orders of the company', () => {
  it('is asked back, and taken once it is confirmed', async () => {
    const company = await sellingCompany(now);
    for (const amount of ['9000.00', '12000.00', '4000.00', '15000.00', '7000.00'])
      expect((await company.order(await company.open('anna'), '2026-11-27T10:00:00Z', amount)).status).toBe(200);
    const id = await company.open('anna');
    expect(await company.order(id, '2026-11-27T10:00:00Z', '99999999999.00')).toMatchObject({ status: 422, code: 'amount-unusual' });
    const body = { amount: euros('99999999.00') };
    expect(await company.command(id, 'amend', body)).toMatchObject({ status: 422, code: 'amount-unusual' });
    expect((await company.command(id, 'amend', { ...body, confirm: true })).status).toBe(200);
    expect((await company.order(id, '2026-11-27T10:00:00Z', '90000.00')).status).toBe(200);
    const large = await company.open('boris');
    expect((await company.order(large, '2026-11-27T10:00:00Z', '40000000.00', { confirm: true })).status).toBe(200);
  });
});
