import { leadDetail, serviceLevelReportView, taskView } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lead } from '../../lead/domain/lead.ts';
import { leadsInMemory } from '../../testing/leads-in-memory.ts';

const minute = 60_000;
// A Monday, 10:00 in Berlin.
const monday = '2026-03-02T09:00:00.000Z';
const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '18:00' }));
const level = (id: string, minutes: number, when: object) => ({ id, name: id, when, minutes, hours: { zone: 'Europe/Berlin', windows } });
const isMail = { field: 'email', test: 'present' };
const welcome = {
  sequenceId: 'welcome',
  name: 'Welcome',
  category: null,
  purpose: null,
  steps: [{ id: 'call', afterMinutes: 0, act: 'task', title: 'Call the new lead' }],
};
const criteria = {
  mql: { field: 'company', test: 'present' },
  sql: { intent: { field: 'bant.need', test: 'present' }, fit: { field: 'company', test: 'present' } },
};

/** A lead that was promised an answer within the hour, and given up after so many minutes. */
const givenUp = async (
  after: number,
  before: (send: (route: string, body?: unknown) => Promise<unknown>) => Promise<unknown> = async () => undefined,
) => {
  const leads = leadsInMemory(monday);
  await leads.hire('ann', 'bob');
  await leads.call('PUT /qualification', { body: criteria, headers: { 'if-match': '0' } });
  await leads.call('PUT /follow-up-sequences', { body: { sequences: [welcome] }, headers: { 'if-match': '0' } });
  const levels = [level('customers', 30, { field: 'message', test: 'contains', value: 'again' }), level('hour', 60, isMail)];
  await leads.call('PUT /service-levels', { body: { levels }, headers: { 'if-match': '0' } });
  const form = await leads.register('html-form');
  const write = async (fields: Record<string, string>) => {
    await leads.submit(form.id, { email: 'ada@mills.example', ...fields });
    await leads.settle(2);
    await leads.sweep();
  };
  await write({ company: 'Mills' });
  const path = { leadId: leads.events().find((event) => event.name === 'LeadCaptured')?.subject ?? '' };
  const send = async (route: string, body: unknown = {}) => {
    const { status } = await leads.call(`POST /leads/{leadId}/${route}`, { path, body, headers: { 'if-match': '*' } });
    await leads.settle(2);
    await leads.sweep();
    return status;
  };
  await before(send);
  leads.move(after * minute);
  await leads.sweep();
  await send('disqualify', { reason: 'no-budget' });
  const detail = async () => leadDetail.parse((await leads.call('GET /leads/{leadId}', { path })).json);
  const tasks = async () => z.object({ items: z.array(taskView) }).parse((await leads.call('GET /tasks')).json).items;
  const sales = async () =>
    serviceLevelReportView.parse((await leads.call('GET /service-level-report', { query: { month: '2026-03' } })).json).sales;
  return { leads, path, write, send, detail, tasks, sales };
};

describe('a requalified lead', () => {
  it('gets a new deadline under the service level in force, with a task and an answer that can be recorded', async () => {
    const { leads, write, send, detail, tasks, sales } = await givenUp(10);
    expect([(await detail()).serviceLevel?.state, await tasks()]).toEqual(['ended', []]);
    leads.move(100 * minute);
    await write({ message: 'We ask again' });
    expect(await detail()).toMatchObject({
      disqualification: null,
      serviceLevel: { state: 'running', levelId: 'customers', dueAt: '2026-03-02T11:20:00.000Z' },
      followUp: { stopped: null },
    });
    expect((await tasks()).map((one) => [one.kind, one.title, one.doneAt])).toEqual([['follow-up', 'Call the new lead', null]]);
    leads.move(20 * minute);
    expect([await send('wait'), await send('resume')]).toEqual([200, 200]);
    expect(await send('answer', { channel: 'call' })).toBe(200);
    expect(await detail()).toMatchObject({ status: 'mql', serviceLevel: { state: 'answered', minutesWaited: 20 } });
    expect(await tasks()).toEqual([]);
    leads.move(20 * minute);
    expect(await sales()).toMatchObject({
      due: 1,
      kept: { numerator: 1, denominator: 1 },
      missed: [],
      speed: { answered: 1, medianSeconds: 1200 },
    });
  });

  it('is also created when a rep records BANT for a disqualified lead', async () => {
    const { leads, send, detail, tasks } = await givenUp(10);
    leads.move(minute);
    await send('qualify', { need: { value: 'a saw', evidence: 'call', on: '2026-03-02' } });
    expect(await detail()).toMatchObject({
      status: 'sql',
      serviceLevel: { state: 'running', levelId: 'hour', startedAt: leads.clock.now() },
    });
    expect(await tasks()).toHaveLength(1);
  });

  it('keeps the result of the former deadline in the service-level report, separate from the new one', async () => {
    const { leads, path, write, send, sales } = await givenUp(70);
    const [missed] = [await sales()];
    expect(missed).toMatchObject({ due: 1, kept: { numerator: 0 }, missed: [path.leadId] });
    leads.move(minute);
    await write({ message: 'We ask again' });
    expect(await sales()).toEqual(missed);
    leads.move(10 * minute);
    await send('answer', { channel: 'call' });
    leads.move(30 * minute);
    expect(await sales()).toMatchObject({ due: 2, kept: { numerator: 1, denominator: 2 }, missed: [path.leadId] });
    expect((await leads.call('DELETE /leads/{leadId}', { path })).status).toBe(202);
    await leads.settle();
    expect(await sales()).toMatchObject({ due: 2, kept: { numerator: 1, denominator: 2 }, missed: [path.leadId] });
  });

  it('must be answered again: an earlier answer does not meet the new deadline', async () => {
    const { leads, write, send, detail } = await givenUp(30, (say) => say('answer', { channel: 'call' }));
    leads.move(10 * minute);
    await write({ message: 'We ask again' });
    expect((await detail()).serviceLevel).toMatchObject({ state: 'running', answeredAt: null });
    expect(await send('answer', { channel: 'call', at: '2026-03-02T09:20:00Z' })).toBe(422);
    leads.move(5 * minute);
    expect(await send('answer', { channel: 'email' })).toBe(200);
    expect((await detail()).serviceLevel).toMatchObject({ state: 'answered', minutesWaited: 5 });
  });

  it('is the fold of its events', async () => {
    const { leads, path, write, send } = await givenUp(70);
    leads.move(minute);
    await write({ message: 'We ask again' });
    await send('disqualify', { reason: 'no-need' });
    leads.move(minute);
    await write({ message: 'And again' });
    const id = z.string().parse(path.leadId);
    expect(leads.events().filter((event) => event.name === 'LeadServiceLevelStarted')).toHaveLength(3);
    const found = leads.table.dump().find((item) => item.pk === `LEAD#${id}` && item.sk === 'STATE');
    expect(await leads.stores.leads.refold(id)).toEqual(lead.parse(found?.['state']));
  });
});
