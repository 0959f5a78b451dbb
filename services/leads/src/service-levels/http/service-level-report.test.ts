import { serviceLevelReportView, settingsChanged, type Role } from '@meilenstein/contracts';
import { currency, timeZone, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const minute = 60_000;
const monday = '2026-03-02T09:00:00.000Z';
const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '18:00' }));
const hour = {
  id: 'hour',
  name: 'Within the hour',
  when: { field: 'email', test: 'present' },
  minutes: 60,
  hours: { zone: 'Europe/Berlin', windows },
};
const berlin = settingsChanged.of({ zone: timeZone.parse('Europe/Berlin'), reportingCurrency: currency.parse('EUR') });
const codeOf = ({ status, json }: { readonly status: number; readonly json: unknown }): string =>
  `${status} ${z.object({ type: z.string() }).safeParse(json).data?.type.split(':').at(-1) ?? ''}`;

const company = async (start = monday) => {
  const leads = leadsInMemory(start);
  await leads.hire('ann', 'bob');
  await leads.told('settings', berlin);
  const headers = { 'if-match': '0' };
  await leads.call('PUT /service-levels', { body: { levels: [hour] }, headers });
  const dach = { segmentId: 'dach', name: 'DACH', kind: 'geographic', when: { field: 'country', test: 'equals', value: 'DE' } };
  await leads.call('PUT /segments', { body: { segments: [dach] }, headers });
  const criteria = {
    mql: { field: 'country', test: 'present' },
    sql: { intent: { field: 'message', test: 'present' }, fit: { field: 'company', test: 'present' } },
  };
  await leads.call('PUT /qualification', { body: criteria, headers });
  return { leads, web: await leads.register('html-form'), fair: await leads.register('html-form') };
};

const capture = async (leads: LeadsInMemory, source: string, fields: Record<string, string>): Promise<string> => {
  await leads.submit(z.string().brand<'SourceId'>().parse(source), fields);
  await leads.settle();
  return leads.events().findLast((event) => event.name === 'LeadCaptured')?.subject ?? '';
};
const answer = (leads: LeadsInMemory, leadId: string) =>
  leads.call('POST /leads/{leadId}/answer', { path: { leadId }, headers: { 'if-match': '*' }, body: { channel: 'call' } });
const ledger = async (leads: LeadsInMemory, month = '2026-03', who: { readonly role?: Role; readonly subject?: string } = {}) =>
  serviceLevelReportView.parse((await leads.call('GET /service-level-report', { query: { month }, ...who })).json);
const promise = (
  leads: LeadsInMemory,
  month: string,
  commitments: readonly object[],
  { etag = '0', role = 'marketing' }: { readonly etag?: string; readonly role?: Role } = {},
) => leads.call('PUT /volume-commitments/{month}', { role, path: { month }, body: { commitments }, headers: { 'if-match': etag } });

describe('the service-level report of a month', () => {
  it('counts what sales was due to answer by due date, and how fast it was, for each source and market', async () => {
    const { leads, web, fair } = await company();
    const fast = await capture(leads, web.id, { email: 'a@mills.example', country: 'DE' });
    const slow = await capture(leads, web.id, { email: 'b@mills.example', country: 'AT' });
    const never = await capture(leads, fair.id, { email: 'c@mills.example' });
    leads.move(10 * minute);
    await answer(leads, fast);
    leads.move(80 * minute);
    await leads.sweep();
    await answer(leads, slow);
    const { sales, bySource, byMarket, from, until } = await ledger(leads);
    expect([from, until]).toEqual(['2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z']);
    expect(sales).toMatchObject({
      due: 3,
      kept: { numerator: 1, denominator: 3 },
      speed: { answered: 2, medianSeconds: 600, p90Seconds: 5400 },
    });
    expect(sales.missed.toSorted()).toEqual([slow, never].toSorted());
    expect(bySource.map((one) => [one.sourceId === web.id ? 'web' : 'fair', one.due, one.kept.numerator]).toSorted()).toEqual([
      ['fair', 1, 0],
      ['web', 2, 1],
    ]);
    expect(byMarket.map((one) => [one.market, one.due])).toEqual([
      [null, 1],
      ['AT', 1],
      ['DE', 1],
    ]);
    expect((await ledger(leads, '2026-04')).sales).toEqual({
      due: 0,
      kept: { numerator: 0, denominator: 0, value: null },
      missed: [],
      speed: { answered: 0, medianSeconds: null, p90Seconds: null },
    });
  });

  it('does not count a lead as late before its deadline', async () => {
    const { leads, web } = await company();
    const leadId = await capture(leads, web.id, { email: 'a@mills.example', country: 'DE' });
    leads.move(59 * minute);
    expect((await ledger(leads)).sales).toMatchObject({ due: 0, missed: [] });
    leads.move(2 * minute);
    expect((await ledger(leads)).sales).toMatchObject({ due: 1, kept: { numerator: 0, denominator: 1 }, missed: [leadId] });
  });

  it('does not exclude a lead because sales waits for the customer', async () => {
    const { leads, web } = await company();
    const leadId = await capture(leads, web.id, { email: 'a@mills.example', country: 'DE' });
    leads.move(61 * minute);
    const late = (await ledger(leads)).sales;
    const about = { path: { leadId }, headers: { 'if-match': '*' } };
    expect((await leads.call('POST /leads/{leadId}/wait', about)).status).toBe(200);
    expect((await ledger(leads)).sales).toEqual(late);
    const other = await capture(leads, web.id, { email: 'b@mills.example', country: 'DE' });
    await leads.call('POST /leads/{leadId}/wait', { ...about, path: { leadId: other } });
    leads.move(61 * minute);
    expect((await ledger(leads)).sales).toMatchObject({ due: 2, missed: [leadId, other].toSorted() });
    await leads.submit(z.string().brand<'SourceId'>().parse(web.id), { email: 'b@mills.example', message: 'Here I am' });
    await leads.settle();
    expect((await ledger(leads)).sales).toMatchObject({ due: 1, missed: [leadId] });
  });

  it('moves a lead with its deadline, into the month of the company’s time zone', async () => {
    // 16:30 UTC is 18:30 in Berlin, on the last day of March.
    const { leads, web } = await company('2026-03-31T16:30:00.000Z');
    await capture(leads, web.id, { email: 'a@mills.example' });
    const [captured] = leads.events().filter((event) => event.name === 'LeadCaptured');
    const about = { path: { leadId: captured?.subject ?? '' }, headers: { 'if-match': '*' } };
    const due = async () => [
      (await ledger(leads, '2026-03')).sales.due,
      (await ledger(leads, '2026-04')).sales.due,
      (await ledger(leads, '2026-05')).sales.due,
    ];
    await leads.call('POST /leads/{leadId}/wait', about);
    leads.move(31 * 24 * 60 * minute);
    await leads.call('POST /leads/{leadId}/resume', about);
    expect(await due()).toEqual([0, 0, 0]);
    leads.move(4 * 24 * 60 * minute);
    expect(await due()).toEqual([0, 0, 1]);
    const other = await company('2026-03-31T16:30:00.000Z');
    await capture(other.leads, other.web.id, { email: 'a@mills.example' });
    other.leads.move(24 * 60 * minute);
    expect([(await ledger(other.leads, '2026-03')).sales.due, (await ledger(other.leads, '2026-04')).sales.due]).toEqual([0, 1]);
  });

  it('shows managers their own teams, and keeps its figures when a person is erased', async () => {
    const { leads, web } = await company();
    const leadId = await capture(leads, web.id, { email: 'a@mills.example', country: 'DE' });
    leads.move(90 * minute);
    await leads.sweep();
    const whole = await ledger(leads);
    expect(await ledger(leads, '2026-03', { role: 'manager', subject: 'login-boss' })).toEqual(whole);
    expect((await ledger(leads, '2026-03', { role: 'manager', subject: 'login-somebody-else' })).sales.due).toBe(0);
    await leads.call('DELETE /leads/{leadId}', { path: { leadId } });
    await leads.settle();
    expect(await ledger(leads)).toEqual(whole);
  });

  it('attributes a missed deadline to the owner at that time, whoever owns the lead since', async () => {
    const { leads, web } = await company();
    const escalations = [{ afterMinutes: 5, act: 'requeue' }];
    await leads.call('PUT /service-levels', { body: { levels: [{ ...hour, escalations }] }, headers: { 'if-match': '1' } });
    const leadId = await capture(leads, web.id, { email: 'a@mills.example' });
    const ownerOf = async () => (await leads.stores.leads.find(z.string().brand<'LeadId'>().parse(leadId)))?.lead.owner?.repId;
    const [first] = [await ownerOf()];
    leads.move(66 * minute);
    await leads.sweep();
    await leads.settle();
    const inMarch = { from: toInstant('2026-03-01T00:00:00Z'), until: toInstant('2026-04-01T00:00:00Z') };
    expect((await leads.stores.volumeCommitments.serviceLevelsIn(inMarch)).map((entry) => entry.ownerId)).toEqual([first]);
    expect(await ownerOf()).not.toBe(first);
    const id = z.string().brand<'LeadId'>().parse(leadId);
    expect(await leads.stores.leads.refold(id)).toEqual((await leads.stores.leads.find(id))?.lead);
  });

  it('counts nothing as due for a lead that was disqualified, merged and split again', async () => {
    const { leads, web } = await company();
    const [one, other] = [
      await capture(leads, web.id, { email: 'a@mills.example' }),
      await capture(leads, web.id, { email: 'b@mills.example' }),
    ];
    const send = (leadId: string, route: string, body: object) =>
      leads.call(`POST /leads/{leadId}/${route}`, { path: { leadId }, body, headers: { 'if-match': '*' } });
    await send(other, 'disqualify', { reason: 'no-need' });
    const statuses = [await send(one, 'merge', { other }), await send(one, 'unmerge', { absorbed: other })].map(({ status }) => status);
    leads.move(90 * minute);
    expect([statuses, (await ledger(leads)).sales.missed]).toEqual([[200, 200], [one]]);
  });

  it('compares what marketing delivered with what it committed, each lead once, in the month of its qualification', async () => {
    const { leads, web } = await company();
    await promise(leads, '2026-03', [
      { segmentId: null, stage: 'mql', committed: 4 },
      { segmentId: 'dach', stage: 'mql', committed: 1 },
      { segmentId: null, stage: 'sql', committed: 1 },
    ]);
    await capture(leads, web.id, { email: 'a@mills.example', country: 'DE' });
    await capture(leads, web.id, { email: 'a@mills.example', country: 'DE', phone: '030 1234567' });
    await capture(leads, web.id, { email: 'b@mills.example', country: 'FR', company: 'Mills', message: 'We need a saw' });
    await capture(leads, web.id, { email: 'c@mills.example' });
    leads.move(40 * 24 * 60 * minute);
    await capture(leads, web.id, { email: 'd@mills.example', country: 'DE' });
    const { marketing } = await ledger(leads);
    expect(marketing.map((one) => [one.stage, one.segmentId, one.delivered, one.committed, one.gap])).toEqual([
      ['mql', null, 2, 4, 2],
      ['mql', 'dach', 1, 1, 0],
      ['sql', null, 1, 1, 0],
    ]);
  });

  it('is read by managers, marketing and operations, for a valid month', async () => {
    const { leads } = await company();
    expect((await leads.call('GET /service-level-report', { role: 'rep', query: { month: '2026-03' } })).status).toBe(403);
    expect((await leads.call('GET /service-level-report', { role: 'marketing', query: { month: '2026-03' } })).status).toBe(200);
    expect((await leads.call('GET /service-level-report', { query: { month: '2026-13' } })).status).toBe(400);
    expect((await leads.call('GET /service-level-report', {})).status).toBe(400);
  });
});

describe('a volume commitment', () => {
  it('is set before the month ends, once for each segment and stage, for existing segments', async () => {
    const { leads } = await company();
    const one = { segmentId: null, stage: 'mql', committed: 10 };
    expect(codeOf(await promise(leads, '2026-02', [one]))).toBe('422 month-ended');
    expect(codeOf(await promise(leads, '2026-03', [one, { ...one, committed: 5 }]))).toBe('422 duplicate-commitment');
    expect(codeOf(await promise(leads, '2026-03', [{ ...one, segmentId: 'moon' }]))).toBe('422 segment-not-found');
    expect((await promise(leads, 'March', [one])).status).toBe(400);
    expect((await promise(leads, '2026-03', [one], { role: 'manager' })).status).toBe(403);
    expect((await promise(leads, '2026-03', [one])).json).toEqual({ month: '2026-03', version: 1, commitments: [one] });
    expect(codeOf(await promise(leads, '2026-03', [one]))).toBe('412 version-conflict');
    const read = await leads.call('GET /volume-commitments/{month}', { role: 'manager', path: { month: '2026-03' } });
    expect([read.json, read.headers['etag']]).toEqual([{ month: '2026-03', version: 1, commitments: [one] }, '"1"']);
    expect((await leads.call('GET /volume-commitments/{month}', { path: { month: '2026-04' } })).json).toMatchObject({
      version: 0,
      commitments: [],
    });
    expect((await leads.call('GET /volume-commitments/{month}', { role: 'rep', path: { month: '2026-04' } })).status).toBe(403);
  });
});
