import { comparisonView, leadDetail, taskView, type Role } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const monday = '2026-03-02T09:00:00.000Z';
const mail = (subject: string) => ({ subject, text: `${subject}, good day` });
const sequence = (about: object = {}) => ({
  sequenceId: 'welcome',
  name: 'Welcome',
  category: null,
  purpose: 'newsletter',
  steps: [
    { id: 'call', afterMinutes: 0, act: 'task', title: 'Call the new lead' },
    { id: 'offer', afterMinutes: 2 * 24 * 60, act: 'mail', a: mail('An offer'), b: mail('Our offer') },
    { id: 'last', afterMinutes: 7 * 24 * 60, act: 'mail', a: mail('Still interested?') },
  ],
  ...about,
});
const consents = [{ purpose: 'newsletter', textVersion: '2026-01', path: 'newsletter', doubleOptIn: false }];
const codeOf = ({ status, json }: { readonly status: number; readonly json: unknown }): string =>
  `${status} ${z.object({ type: z.string() }).safeParse(json).data?.type.split(':').at(-1) ?? ''}`;
const put = (leads: LeadsInMemory, sequences: readonly object[], etag = '0', role: Role = 'marketing') =>
  leads.call('PUT /follow-up-sequences', { role, body: { sequences }, headers: { 'if-match': etag } });
const tasksOf = async (
  leads: LeadsInMemory,
  who: { readonly role?: Role; readonly subject?: string; readonly query?: Record<string, string> } = {},
) => z.object({ items: z.array(taskView) }).parse((await leads.call('GET /tasks', who)).json).items;

const criteria = {
  mql: { field: 'company', test: 'present' },
  sql: { intent: { field: 'bant.need', test: 'present' }, fit: { field: 'company', test: 'present' } },
  categories: [{ id: 'price-problem', title: 'Price', when: { field: 'message', test: 'contains', value: 'expensive' } }],
};

const company = async (sequences: readonly object[] = [sequence()]) => {
  const leads = leadsInMemory(monday);
  await leads.hire('ann', 'bob');
  await leads.call('PUT /qualification', { body: criteria, headers: { 'if-match': '0' } });
  expect((await put(leads, sequences)).status).toBe(200);
  return { leads, form: await leads.register('html-form', { consents }) };
};

const oneLead = async (fields: Record<string, string> = { newsletter: 'on' }, sequences: readonly object[] = [sequence()]) => {
  const { leads, form } = await company(sequences);
  await leads.submit(form.id, { email: 'ada@mills.example', ...fields });
  await leads.settle();
  const path = { leadId: leads.events().find((event) => event.name === 'LeadCaptured')?.subject ?? '' };
  const send = (route: string, body: unknown = {}) =>
    leads.call(`POST /leads/{leadId}/${route}`, { path, body, headers: { 'if-match': '*' } });
  const sweepAfter = async (millis: number) => {
    leads.move(millis);
    await leads.sweep();
    await leads.settle();
  };
  const followUp = async () => leadDetail.parse((await leads.call('GET /leads/{leadId}', { path })).json).followUp;
  const said = (name: string) => leads.events().filter((event) => event.name === name);
  return { leads, form, path, send, sweepAfter, followUp, said };
};

describe('a follow-up sequence', () => {
  it('starts with the first owner, creates a task, then sends an e-mail, each once', async () => {
    const { leads, sweepAfter, followUp, said } = await oneLead();
    await sweepAfter(0);
    await sweepAfter(minute);
    expect((await tasksOf(leads)).map((one) => [one.kind, one.title, one.dueAt])).toEqual([['follow-up', 'Call the new lead', monday]]);
    expect(leads.mails).toEqual([]);
    await sweepAfter(2 * day);
    await sweepAfter(minute);
    expect(leads.mails).toHaveLength(1);
    expect(leads.mails[0]).toMatchObject({ to: 'ada@mills.example', subject: expect.stringMatching(/^(An|Our) offer$/) });
    expect(leads.mails[0]?.text).toMatch(/offer, good day[\s\S]*https:\/\/api\.example\/consents\/\S+\/withdraw/);
    await sweepAfter(9 * day);
    expect(leads.mails.map((one) => one.subject).slice(1)).toEqual(['Still interested?']);
    expect(await followUp()).toMatchObject({ nextStepAt: null, summary: 'Sequence welcome is finished: 3 of 3 steps done.' });
    expect(said('FollowUpStepTaken')).toHaveLength(3);
    expect(leads.table.dump().some((item) => String(item['gsi2pk']).startsWith('DUE#'))).toBe(false);
  });

  it('sends no e-mail without consent, and records that it was skipped', async () => {
    const { leads, sweepAfter, said } = await oneLead({});
    await sweepAfter(3 * day);
    expect(leads.mails).toEqual([]);
    expect(said('FollowUpStepTaken').map((event) => z.object({ did: z.string() }).parse(event.data).did)).toEqual(['task', 'skipped']);
  });

  it.each([
    ['an answer of the rep', 'there was an answer', ({ send }: Awaited<ReturnType<typeof oneLead>>) => send('answer', { channel: 'call' })],
    ['a reply that a rep records', 'there was an answer', ({ send }: Awaited<ReturnType<typeof oneLead>>) => send('resume')],
    [
      'a message of the customer',
      'there was an answer',
      ({ leads, form }: Awaited<ReturnType<typeof oneLead>>) => leads.submit(form.id, { email: 'ada@mills.example', message: 'Yes' }),
    ],
    [
      'a withdrawn consent',
      'the person withdrew the consent to e-mails',
      ({ leads, path }: Awaited<ReturnType<typeof oneLead>>) =>
        leads.call('POST /leads/{leadId}/consents/{purpose}/withdraw', { path: { ...path, purpose: 'newsletter' } }),
    ],
    ['the end of the lead', 'it became an opportunity', ({ send }: Awaited<ReturnType<typeof oneLead>>) => send('convert')],
    [
      'disqualification',
      'it was disqualified',
      ({ send }: Awaited<ReturnType<typeof oneLead>>) => send('disqualify', { reason: 'no-need' }),
    ],
  ])('is stopped by %s, and its open task with it', async (_what, why, act) => {
    const lead = await oneLead();
    await lead.sweepAfter(minute);
    expect(await tasksOf(lead.leads)).toHaveLength(1);
    expect((await act(lead)).status).toBeLessThan(300);
    await lead.leads.settle(2);
    expect((await lead.followUp())?.summary).toContain(`stopped on 2 March 2026, because ${why}`);
    expect(await tasksOf(lead.leads)).toEqual([]);
    await lead.sweepAfter(10 * day);
    expect(lead.leads.mails).toEqual([]);
  });

  it('sends nothing if it is stopped between its step and its e-mail', async () => {
    const { leads, send } = await oneLead();
    leads.move(2 * day);
    await leads.sweep();
    await send('answer', { channel: 'call' });
    await leads.settle();
    expect(leads.mails).toEqual([]);
  });

  it('ends when the person is erased: nothing is sent and no task is left', async () => {
    const { leads, path, sweepAfter } = await oneLead();
    await sweepAfter(minute);
    await leads.call('DELETE /leads/{leadId}', { path });
    await sweepAfter(10 * day);
    expect(leads.mails).toEqual([]);
    expect(leads.table.dump().filter((item) => item.sk.startsWith('TASK#'))).toEqual([]);
    expect(await tasksOf(leads)).toEqual([]);
  });

  it('of a category or a status replaces the general one, and runs once', async () => {
    const price = sequence({ sequenceId: 'price', category: 'price-problem' });
    const mql = sequence({ sequenceId: 'mql', status: 'mql' });
    const lost = sequence({ sequenceId: 'lost', category: 'price-problem', status: 'disqualified' });
    const { leads, form, said, send, followUp, sweepAfter } = await oneLead({ newsletter: 'on' }, [sequence(), price, mql, lost]);
    const names = (event: string) => said(event).map((one) => z.object({ sequenceId: z.string() }).parse(one.data).sequenceId);
    expect(names('FollowUpStarted')).toEqual(['welcome']);
    leads.move(minute);
    await leads.submit(form.id, { email: 'ada@mills.example', company: 'Mills' });
    await leads.settle(2);
    expect(names('FollowUpStarted')).toEqual(['welcome', 'mql']);
    leads.move(minute);
    await send('disqualify', { reason: 'price-problem' });
    await leads.settle(2);
    expect(names('FollowUpStarted')).toEqual(['welcome', 'mql', 'lost']);
    await sweepAfter(3 * day);
    expect(leads.mails).toHaveLength(1);
    expect((await followUp())?.sequenceId).toBe('lost');
    const other = await oneLead({ newsletter: 'on', message: 'Too expensive' }, [sequence(), price]);
    expect((await other.followUp())?.sequenceId).toBe('price');
  });

  it('does not change while it runs when a new version is published', async () => {
    const { leads, sweepAfter } = await oneLead();
    const reworded = sequence({ steps: [{ id: 'call', afterMinutes: 0, act: 'task', title: 'Do nothing' }] });
    expect((await put(leads, [reworded], '1')).status).toBe(200);
    await sweepAfter(2 * day);
    expect((await tasksOf(leads)).map((one) => one.title)).toEqual(['Call the new lead']);
    expect(leads.mails).toHaveLength(1);
  });

  it('equals the fold of its events', async () => {
    const { leads, form, path, sweepAfter } = await oneLead();
    await sweepAfter(2 * day);
    await leads.submit(form.id, { email: 'ada@mills.example', message: 'Yes' });
    await leads.settle();
    const found = await leads.stores.leads.find(z.string().brand<'LeadId'>().parse(path.leadId));
    expect(await leads.stores.leads.refold(path.leadId)).toEqual(found?.lead);
  });

  it('is published by marketing, and only if it is valid', async () => {
    const { leads } = await company([]);
    expect((await leads.call('GET /follow-up-sequences', { role: 'rep' })).json).toEqual({ version: 1, sequences: [] });
    expect((await put(leads, [sequence()], '1', 'rep')).status).toBe(403);
    expect((await leads.call('PUT /follow-up-sequences', { body: { sequences: [] } })).status).toBe(428);
    expect((await put(leads, [sequence({ steps: [] })], '1')).status).toBe(400);
    expect(codeOf(await put(leads, [sequence({ category: 'colour' })], '1'))).toBe('422 category-not-found');
    expect(codeOf(await put(leads, [sequence({ purpose: null })], '1'))).toBe('422 purpose-missing');
    expect(codeOf(await put(leads, [sequence(), sequence()], '1'))).toBe('422 duplicate-sequence');
    expect(codeOf(await put(leads, [sequence()], '0'))).toBe('412 version-conflict');
    expect((await put(leads, [sequence()], '1')).json).toMatchObject({ version: 2 });
  });
});

describe('tasks', () => {
  it('belong to the owner, move with the lead, and are done once', async () => {
    const { leads, path, sweepAfter, send } = await oneLead();
    await sweepAfter(minute);
    const owner = leadDetail.parse((await leads.call('GET /leads/{leadId}', { path })).json).owner?.repId ?? '';
    const other = owner === 'ann' ? 'bob' : 'ann';
    const own = (rep: string) => tasksOf(leads, { role: 'rep', subject: `login-${rep}` });
    expect([(await own(owner)).length, (await own(other)).length]).toEqual([1, 0]);
    expect(await tasksOf(leads, { role: 'rep', subject: `login-${other}`, query: { rep: owner } })).toEqual([]);
    await send('assign', { repId: other });
    const [task] = await own(other);
    expect(await own(owner)).toEqual([]);
    const done = (subject: string, taskId = task?.taskId ?? '') =>
      leads.call('POST /tasks/{taskId}/done', { role: 'rep', subject, path: { taskId } });
    expect(codeOf(await done(`login-${owner}`))).toBe('404 task-not-found');
    expect((await done(`login-${other}`)).json).toMatchObject({ title: 'Call the new lead', doneAt: leads.clock.now() });
    expect((await done(`login-${other}`)).status).toBe(200);
    expect(leads.events().filter((event) => event.name === 'LeadTaskDone')).toHaveLength(1);
    expect(await own(other)).toEqual([]);
    expect(codeOf(await done(`login-${other}`, `${path.leadId}.welcome.nothing`))).toBe('404 task-not-found');
    expect((await done(`login-${other}`, 'nonsense')).status).toBe(400);
    expect((await leads.call('GET /tasks', { role: 'finance' })).status).toBe(403);
  });

  it('of an escalation belong to the owner and the managers until somebody answers', async () => {
    const { leads, form } = await company([]);
    const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '18:00' }));
    const escalations = [
      { afterMinutes: 0, act: 'tell-owner' },
      { afterMinutes: 30, act: 'tell-managers' },
    ];
    const level = {
      id: 'hour',
      name: 'Hour',
      when: { field: 'email', test: 'present' },
      minutes: 60,
      hours: { zone: 'Europe/Berlin', windows },
      escalations,
    };
    await leads.call('PUT /service-levels', { body: { levels: [level] }, headers: { 'if-match': '0' } });
    await leads.submit(form.id, { email: 'ada@mills.example' });
    await leads.settle();
    leads.move(95 * minute);
    await leads.sweep();
    const path = { leadId: leads.events().find((event) => event.name === 'LeadCaptured')?.subject ?? '' };
    const owner = leadDetail.parse((await leads.call('GET /leads/{leadId}', { path })).json).owner?.repId ?? '';
    const kinds = async (role: Role, subject: string) => (await tasksOf(leads, { role, subject })).map((one) => one.kind);
    expect(await kinds('rep', `login-${owner}`)).toEqual(['escalation']);
    expect(await kinds('manager', 'login-boss')).toEqual(['escalation', 'escalation']);
    await leads.call('POST /leads/{leadId}/answer', { path, body: { channel: 'call' }, headers: { 'if-match': '*' } });
    expect(await kinds('manager', 'login-boss')).toEqual([]);
  });
});

describe('the comparison of two wordings', () => {
  it('counts which wording each lead received, and who replied in time', async () => {
    const { leads, form } = await company([sequence({ horizonDays: 1, steps: sequence().steps.slice(1, 2) })]);
    const people = Array.from({ length: 24 }, (_, n) => `p${n}@mills.example`);
    for (const email of people) await leads.submit(form.id, { email, newsletter: 'on' });
    await leads.submit(form.id, { email: 'silent@mills.example' });
    await leads.settle();
    leads.move(2 * day);
    await leads.sweep();
    await leads.settle();
    leads.move(60 * minute);
    for (const { to, subject } of leads.mails.filter((one) => one.subject === 'Our offer'))
      await leads.submit(form.id, { email: to, message: subject });
    await leads.settle();
    const ask = (sequenceId: string, role: Role = 'marketing') =>
      leads.call('GET /follow-up-sequences/{sequenceId}/comparison', { role, path: { sequenceId } });
    expect(comparisonView.parse((await ask('welcome')).json)).toMatchObject({ pairs: 0, pValue: 1, verdict: 'not-decided' });
    leads.move(day);
    const after = comparisonView.parse((await ask('welcome')).json);
    const ofB = leads.mails.filter((one) => one.subject === 'Our offer').length;
    expect(after).toMatchObject({ a: { leads: 24 - ofB, answered: 0 }, b: { leads: ofB, answered: ofB }, verdict: 'b-is-better' });
    expect(after.pValue).toBeLessThan(0.05);
    expect(codeOf(await ask('nothing'))).toBe('404 sequence-not-found');
    expect((await ask('welcome', 'rep')).status).toBe(403);
    await put(leads, [sequence({ steps: sequence().steps.slice(0, 1) })], '1');
    expect(codeOf(await ask('welcome'))).toBe('422 nothing-to-compare');
  });
});
