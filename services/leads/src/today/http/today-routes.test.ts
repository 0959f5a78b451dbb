import { leadsToday } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { document, isIn, problem, routedCompany, rule } from '../../testing/routed-company.ts';

const minute = 60_000;
const ann = { role: 'rep', subject: 'login-ann' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;
const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '18:00' }));
const level = {
  id: 'hour',
  name: 'Within the hour',
  when: { field: 'email', test: 'present' },
  minutes: 60,
  hours: { zone: 'Europe/Berlin', windows },
  escalations: [{ afterMinutes: 30, act: 'tell-managers' }],
};
const steps = [
  { id: 'call', afterMinutes: 0, act: 'task', title: 'Call the new lead' },
  { id: 'again', afterMinutes: 3 * 24 * 60, act: 'task', title: 'Call again' },
];
const sequence = { sequenceId: 'welcome', name: 'Welcome', category: null, purpose: null, steps };

/** A company where leads from Germany are ann's and all others wait; each lead is to be answered within an hour. */
const company = async () => {
  const made = await routedCompany(['ann', 'bob']);
  await made.profile('ann', { languages: ['de'] });
  await made.put('/routing', document(rule('german', isIn('DE'), { languages: ['de'] })));
  const today = async (who: object = ann, query: Record<string, string> = {}) =>
    leadsToday.parse((await made.call('GET /today/leads', { query, ...who })).json);
  const codes = async (who: object = ann, query: Record<string, string> = {}) =>
    (await today(who, query)).lines.map(({ title, reason }) => [title, reason.code]);
  const promise = async () => expect((await made.put('/service-levels', { levels: [level] }, '0')).status).toBe(200);
  const follow = async () => expect((await made.put('/follow-up-sequences', { sequences: [sequence] }, '0')).status).toBe(200);
  const sweepAfter = async (millis: number) => {
    made.move(millis);
    await made.sweep();
    await made.settle();
  };
  return { ...made, today, codes, promise, follow, sweepAfter };
};

describe('GET /today/leads', () => {
  it('lists answers with the working time that is left, those that were missed first', async () => {
    const { write, promise, today, sweepAfter } = await company();
    await promise();
    await write({ name: 'First', country: 'DE' });
    await sweepAfter(50 * minute);
    await write({ name: 'Second', country: 'DE' });
    await sweepAfter(20 * minute);
    expect((await today()).lines).toMatchObject([
      { title: 'First', version: expect.any(Number), reason: { code: 'answer-missed', minutes: -10 } },
      { title: 'Second', reason: { code: 'answer-due', minutes: 40 } },
    ]);
  });

  it('lists no lead that was answered, and the version of a line is that of the lead', async () => {
    const { write, promise, today, call } = await company();
    await promise();
    const { leadId } = await write({ name: 'First', country: 'DE' });
    const [line] = (await today()).lines;
    const headers = { 'if-match': String(line?.version) };
    expect((await call('POST /leads/{leadId}/answer', { ...ann, path: { leadId }, headers, body: { channel: 'call' } })).status).toBe(200);
    expect(await today()).toMatchObject({ lines: [], total: 0 });
  });

  it('lists the tasks of today in their own words, and none of a later day', async () => {
    const { write, follow, today, sweepAfter } = await company();
    await follow();
    await write({ name: 'First', country: 'DE' });
    await sweepAfter(0);
    await sweepAfter(minute);
    expect((await today()).lines).toMatchObject([{ title: 'First', reason: { code: 'task-due', title: 'Call the new lead' } }]);
  });

  it('lists what waits in the queues of the rep', async () => {
    const { write, codes, today } = await company();
    await write({ name: 'Waits', country: 'JP' });
    expect(await codes()).toEqual([['Waits', 'waiting-in-queue']]);
    expect((await today()).lines[0]?.reason).toMatchObject({ isOverdue: false });
  });

  it('tells a manager what was escalated to them, and nobody else', async () => {
    const { write, promise, codes, sweepAfter } = await company();
    await promise();
    await write({ name: 'First', country: 'DE' });
    await sweepAfter(61 * minute);
    await sweepAfter(40 * minute);
    expect(await codes(boss)).toEqual([['First', 'escalated']]);
    expect(await codes(ann)).toEqual([['First', 'answer-missed']]);
  });

  it('shows a manager the day of a rep, and a rep nobody else’s', async () => {
    const { write, promise, codes, call } = await company();
    await promise();
    await write({ name: 'First', country: 'DE' });
    expect(await codes(boss, { rep: 'ann' })).toEqual([['First', 'answer-due']]);
    expect(await codes({ role: 'operations' }, { rep: 'bob' })).toEqual([]);
    for (const [who, rep] of [
      [ann, 'bob'],
      [{ role: 'operations' }, 'nobody'],
    ] as const)
      expect(await call('GET /today/leads', { query: { rep }, ...who })).toMatchObject(problem('rep-not-found', 404));
    expect(await call('GET /today/leads', { role: 'operations' })).toMatchObject(problem('rep-not-found', 404));
    expect((await call('GET /today/leads', { role: 'marketing' })).status).toBe(403);
  });
});
