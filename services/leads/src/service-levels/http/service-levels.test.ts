import { holidaysPublished, importStarted, leadDetail, teamChanged, type Role } from '@meilenstein/contracts';
import { addMillis, day, repId, teamId, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lead as leadState } from '../../lead/domain/lead.ts';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const minute = 60_000;
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const hours = (from: string, until: string, zone = 'Europe/Berlin', weekdays = [1, 2, 3, 4, 5]) => ({
  zone,
  windows: weekdays.map((weekday) => ({ weekday, from, until })),
});
const level = (about: object = {}) => ({
  id: 'hour',
  name: 'Within the hour',
  when: { field: 'email', test: 'present' },
  minutes: 60,
  hours: hours('09:00', '18:00'),
  escalations: [
    { afterMinutes: 0, act: 'tell-owner' },
    { afterMinutes: 60, act: 'tell-managers' },
    { afterMinutes: 120, act: 'requeue' },
  ],
  ...about,
});
const publish = (leads: LeadsInMemory, levels: readonly object[], etag = '0') =>
  leads.call('PUT /service-levels', { body: { levels }, headers: { 'if-match': etag } });

type Asked = { readonly role?: Role; readonly subject?: string; readonly body?: unknown; readonly etag?: string };

/** A company with two reps, one level and one lead, which came at `start`. */
const oneLead = async (start: string, levels: readonly object[] = [level()], fields: Record<string, string> = {}) => {
  const leads = leadsInMemory(start);
  await leads.hire('ann', 'bob');
  expect((await publish(leads, levels)).status).toBe(200);
  const form = await leads.register('html-form', { name: 'Contact' });
  await leads.submit(form.id, { email: 'ada@mills.example', country: 'DE', ...fields });
  await leads.settle();
  const [captured] = leads.events().filter((event) => event.name === 'LeadCaptured');
  const path = { leadId: captured?.subject ?? '' };
  const detail = async () => leadDetail.parse((await leads.call('GET /leads/{leadId}', { path })).json);
  const send = (route: string, { role = 'admin', subject = 'somebody', body = {}, etag = '*' }: Asked = {}) =>
    leads.call(`POST /leads/{leadId}/${route}`, { role, subject, path, body, headers: { 'if-match': etag } });
  const said = (name: string) => leads.events().filter((event) => event.name === name);
  return { leads, form, path, detail, send, said, service: async () => (await detail()).serviceLevel };
};

const codeOf = ({ status, json }: { readonly status: number; readonly json: unknown }): string =>
  `${status} ${z.object({ type: z.string() }).safeParse(json).data?.type.split(':').at(-1) ?? ''}`;

// A Monday, 10:00 in Berlin.
const monday = '2026-03-02T09:00:00.000Z';

describe('a response deadline', () => {
  it('is missed without any write to the lead except that of the sweep', async () => {
    const { leads, said, path } = await oneLead(monday);
    const writes = () => leads.table.commits().filter((item) => item.pk === `LEAD#${path.leadId}`);
    const before = writes().length;
    await leads.sweep(addMillis(toInstant(monday), 60 * minute - 1));
    expect([writes().length, said('LeadServiceLevelMissed')]).toEqual([before, []]);
    await leads.sweep(addMillis(toInstant(monday), 61 * minute));
    await leads.sweep(addMillis(toInstant(monday), 62 * minute));
    expect(writes().length).toBe(before + 1);
    expect(said('LeadServiceLevelMissed')).toMatchObject([
      { occurredAt: '2026-03-02T10:00:00.000Z', data: { levelId: 'hour', dueAt: '2026-03-02T10:00:00.000Z', teamId: 'north' } },
    ]);
    expect(said('LeadEscalated')).toMatchObject([{ data: { step: 1, act: 'tell-owner' } }]);
  });

  it('is escalated step by step in working time, each step once, even by a sweep that runs days late', async () => {
    const { leads, said } = await oneLead('2026-03-06T16:30:00.000Z');
    const steps = () => said('LeadEscalated').map((event) => `${event.occurredAt} ${z.object({ act: z.string() }).parse(event.data).act}`);
    await leads.sweep(toInstant('2026-03-09T08:30:00.000Z'));
    expect(steps()).toEqual(['2026-03-09T08:30:00.000Z tell-owner']);
    await leads.sweep(toInstant('2026-03-12T00:00:00.000Z'));
    await leads.sweep(toInstant('2026-03-12T00:01:00.000Z'));
    expect(steps()).toEqual([
      '2026-03-09T08:30:00.000Z tell-owner',
      '2026-03-09T09:30:00.000Z tell-managers',
      '2026-03-09T10:30:00.000Z requeue',
    ]);
    expect(leads.table.dump().some((item) => String(item['gsi2pk']).startsWith('DUE#'))).toBe(false);
  });

  it('passes the lead to another rep at the step that says so, never back, without a new service level', async () => {
    const { leads, said, detail } = await oneLead(monday);
    const first = (await detail()).owner?.repId;
    leads.move(181 * minute);
    await leads.sweep();
    await leads.settle(2);
    expect(said('LeadUnassigned')).toMatchObject([{ data: { repId: first, reason: 'not-answered' } }]);
    const second = (await detail()).owner?.repId;
    expect([first, second].toSorted()).toEqual(['ann', 'bob']);
    expect([said('LeadServiceLevelStarted').length, said('LeadServiceLevelMissed').length]).toEqual([1, 1]);
  });

  it('applies to a lead in a queue too', async () => {
    const leads = leadsInMemory(monday);
    await leads.hire();
    await publish(leads, [level()]);
    const form = await leads.register('html-form');
    await leads.submit(form.id, { email: 'ada@mills.example' });
    await leads.settle();
    expect(leads.events().filter((event) => ['LeadQueued', 'LeadServiceLevelStarted'].includes(event.name))).toMatchObject([
      { name: 'LeadQueued' },
      { name: 'LeadServiceLevelStarted', data: { repId: null, dueAt: '2026-03-02T10:00:00.000Z' } },
    ]);
  });

  it('costs one check and one change, after an hour as after years', async () => {
    const costs = await Promise.all(
      ['2026-03-02T10:00:00.000Z', '2028-03-02T10:00:00.000Z'].map(async (at) => {
        const { leads } = await oneLead(monday, [level({ escalations: [] })]);
        const reads = leads.table.commits().length;
        return [await leads.sweep(toInstant(at)), leads.table.commits().length - reads];
      }),
    );
    expect(costs).toEqual([
      [{ checked: 1, changed: 1, failed: 0 }, 1],
      [{ checked: 1, changed: 1, failed: 0 }, 1],
    ]);
  });

  it.each([
    [
      'in the night when clocks go forward',
      '2026-03-29T00:30:00.000Z',
      hours('00:00', '06:00', 'Europe/Berlin', everyDay),
      '2026-03-29T02:00:00.000Z',
    ],
    [
      'in the night when clocks go back',
      '2026-10-24T23:30:00.000Z',
      hours('00:00', '06:00', 'Europe/Berlin', everyDay),
      '2026-10-25T01:00:00.000Z',
    ],
    ['at half past, in India', '2026-11-23T02:00:00.000Z', hours('10:00', '18:00', 'Asia/Kolkata'), '2026-11-23T06:00:00.000Z'],
    ['on a Friday evening', '2026-03-06T16:30:00.000Z', hours('09:00', '18:00'), '2026-03-09T09:00:00.000Z'],
  ])('%s is missed exactly when it is due', async (_when, start, working, dueAt) => {
    const { leads, said, service } = await oneLead(start, [level({ hours: working, minutes: 90, escalations: [] })]);
    expect((await service())?.dueAt).toBe(dueAt);
    await leads.sweep(addMillis(toInstant(dueAt), -1));
    expect(said('LeadServiceLevelMissed')).toEqual([]);
    await leads.sweep(toInstant(dueAt));
    expect(said('LeadServiceLevelMissed')).toHaveLength(1);
  });

  it('skips the public holidays of the level’s region', async () => {
    const leads = leadsInMemory('2026-12-23T16:30:00.000Z');
    await leads.hire('ann');
    const days = ['2026-12-24', '2026-12-25'].map((one) => day.parse(one));
    await leads.told('DE', holidaysPublished.of({ region: 'DE', days }));
    expect(codeOf(await publish(leads, [level({ region: 'FR' })]))).toBe('422 region-not-found');
    expect((await publish(leads, [level({ region: 'DE' })])).status).toBe(200);
    const form = await leads.register('html-form');
    await leads.submit(form.id, { email: 'ada@mills.example' });
    await leads.settle();
    const [started] = leads.events().filter((event) => event.name === 'LeadServiceLevelStarted');
    expect(started?.data).toMatchObject({ dueAt: '2026-12-28T08:30:00.000Z', holidays: days });
  });
});

describe('a service level', () => {
  it('is the first that matches source, segment and team, and none applies if none matches', async () => {
    const leads = leadsInMemory(monday);
    await leads.hire('ann');
    const europe = { teamId: teamId.parse('europe'), name: 'Europe', parentTeamId: null, managers: [repId.parse('boss')] };
    await leads.told('europe', teamChanged.of({ ...europe, effectiveFrom: day.parse('2020-01-01') }));
    const north = { ...europe, teamId: teamId.parse('north'), name: 'North', parentTeamId: europe.teamId };
    await leads.told('north', teamChanged.of({ ...north, effectiveFrom: day.parse('2020-01-01') }), 2);
    const form = await leads.register('html-form');
    const other = await leads.register('html-form');
    const dach = { segmentId: 'dach', name: 'DACH', kind: 'geographic', when: { field: 'country', test: 'one-of', values: ['DE', 'AT'] } };
    await leads.call('PUT /segments', { body: { segments: [dach] }, headers: { 'if-match': '0' } });
    await publish(leads, [
      level({ id: 'form', when: { field: 'source', test: 'equals', value: form.id } }),
      level({ id: 'segment', when: { field: 'segments', test: 'equals', value: 'dach' } }),
      level({
        id: 'team',
        when: {
          all: [
            { field: 'teams', test: 'equals', value: 'europe' },
            { field: 'country', test: 'present' },
          ],
        },
      }),
    ]);
    await leads.submit(form.id, { email: 'a@mills.example', country: 'DE' });
    await leads.submit(other.id, { email: 'b@mills.example', country: 'AT' });
    await leads.submit(other.id, { email: 'c@mills.example', country: 'FR' });
    await leads.submit(other.id, { email: 'd@mills.example' });
    await leads.settle();
    const started = leads.events().filter((event) => event.name === 'LeadServiceLevelStarted');
    expect(started.map((event) => z.object({ terms: z.object({ id: z.string() }) }).parse(event.data).terms.id).toSorted()).toEqual([
      'form',
      'segment',
      'team',
    ]);
  });

  it('does not move a running deadline when it is changed', async () => {
    const { leads, service } = await oneLead(monday);
    expect((await publish(leads, [level({ minutes: 5 })], '1')).status).toBe(200);
    expect((await service())?.dueAt).toBe('2026-03-02T10:00:00.000Z');
  });

  it('does not apply to imported history', async () => {
    const { leads, said } = await oneLead(monday);
    const { importId } = importStarted.parse((await leads.call('POST /leads/imports', { body: { system: 'old-crm' } })).json);
    await leads.upload(importId, [
      { kind: 'lead', externalId: 'L-1', occurredAt: '2025-06-01T08:00:00Z', owner: 'bob', person: { email: 'max@firm.example' } },
    ]);
    await leads.settle();
    expect([said('LeadCaptured').length, said('LeadServiceLevelStarted').length]).toEqual([2, 1]);
  });

  it('is published by operations only, and only if it is valid', async () => {
    const leads = leadsInMemory(monday);
    expect((await leads.call('GET /service-levels', { role: 'rep' })).json).toEqual({ version: 0, levels: [] });
    expect((await leads.call('PUT /service-levels', { role: 'rep', body: { levels: [] }, headers: { 'if-match': '0' } })).status).toBe(403);
    expect((await leads.call('PUT /service-levels', { body: { levels: [] } })).status).toBe(428);
    expect((await publish(leads, [level({ minutes: 0 })])).status).toBe(400);
    expect(codeOf(await publish(leads, [level(), level()]))).toBe('422 duplicate-service-level');
    expect(codeOf(await publish(leads, [level({ when: { field: 'colour', test: 'present' } })]))).toBe('422 field-not-found');
    expect(codeOf(await publish(leads, [level({ hours: hours('09:00', '09:00') })]))).toBe('422 no-working-time');
    expect((await publish(leads, [level()])).json).toMatchObject({ version: 1 });
    expect(codeOf(await publish(leads, [level()]))).toBe('412 version-conflict');
  });
});

describe('an answer', () => {
  it('in time fulfils the service level, and the lead says so in words', async () => {
    const { leads, send, said, service, detail } = await oneLead(monday);
    expect(await service()).toMatchObject({
      state: 'running',
      minutesLeft: 60,
      summary: 'Within the hour: answer by 2 March 2026, 11:00 (Europe/Berlin), 60 working minutes left.',
    });
    leads.move(12 * minute);
    expect((await send('answer', { body: { channel: 'call' } })).status).toBe(200);
    await leads.sweep(toInstant('2026-03-03T10:00:00.000Z'));
    expect(said('LeadServiceLevelMissed')).toEqual([]);
    expect(said('LeadAnswered')).toMatchObject([{ data: { channel: 'call', waitedMillis: 12 * minute, levelId: 'hour' } }]);
    expect((await detail()).status).toBe('working');
    expect(await service()).toMatchObject({
      state: 'answered',
      minutesLeft: null,
      minutesWaited: 12,
      summary: 'Within the hour: answered after 12 working minutes, in time.',
    });
  });

  it('that is late leaves a sentence about the delay', async () => {
    const { leads, send, service } = await oneLead(monday);
    leads.move(75 * minute);
    await leads.sweep();
    expect(await service()).toMatchObject({
      state: 'missed',
      minutesLeft: -15,
      missedAt: '2026-03-02T10:00:00.000Z',
      summary:
        'Within the hour: overdue since 2 March 2026, 11:00 (Europe/Berlin), by 15 working minutes so far, and nobody has answered yet.',
    });
    await send('answer', { body: { channel: 'email' } });
    expect((await service())?.summary).toBe(
      'Within the hour: answered after 75 working minutes, too late: the service level is 60 working minutes.',
    );
  });

  it('is refused if it is automatic, in the future, before the lead, or based on an older version', async () => {
    const { leads, send, said, path } = await oneLead(monday);
    leads.move(10 * minute);
    const answers = [
      await send('answer', { body: { channel: 'email', automatic: true } }),
      await send('answer', { body: { channel: 'email', at: '2026-03-02T10:00:00Z' } }),
      await send('answer', { body: { channel: 'email', at: '2026-03-01T10:00:00Z' } }),
      await send('answer', { body: { channel: 'email' }, etag: '1' }),
      await send('answer', { body: { channel: 'pigeon' } }),
      await send('answer', { body: { channel: 'call' }, role: 'rep', subject: 'login-nobody' }),
      await send('answer', { body: { channel: 'call' }, role: 'marketing' }),
      await leads.call('POST /leads/{leadId}/answer', {
        path: { leadId: 'nobody' },
        body: { channel: 'call' },
        headers: { 'if-match': '*' },
      }),
      await leads.call('POST /leads/{leadId}/answer', { path, body: { channel: 'call' } }),
    ];
    expect(answers.map((one) => codeOf(one))).toEqual([
      '422 automatic-answer',
      '422 time-in-future',
      '422 time-before-start',
      '412 version-conflict',
      '400 request-invalid',
      '404 lead-not-found',
      '403 role-not-allowed',
      '404 lead-not-found',
      '428 if-match-missing',
    ]);
    expect(said('LeadAnswered')).toEqual([]);
  });

  it('replaces a later answer, and a later answer changes nothing', async () => {
    const { leads, send, said, service } = await oneLead(monday);
    leads.move(70 * minute);
    await leads.sweep();
    await send('answer', { body: { channel: 'email' } });
    await send('answer', { body: { channel: 'call', at: '2026-03-02T09:20:00Z' } });
    await send('answer', { body: { channel: 'call' } });
    expect(said('LeadAnswered')).toHaveLength(2);
    expect(await service()).toMatchObject({ minutesWaited: 20, answeredAt: '2026-03-02T09:20:00.000Z' });
  });
});

describe('a paused service level', () => {
  it('has no deadline, and moves the deadline by the length of the pause', async () => {
    const { leads, send, said, service } = await oneLead(monday);
    leads.move(30 * minute);
    expect((await send('wait')).status).toBe(200);
    expect(codeOf(await send('wait'))).toBe('422 service-level-paused');
    expect(await service()).toMatchObject({ state: 'waiting-for-customer', dueAt: null, minutesLeft: 30 });
    leads.move(24 * 60 * minute);
    await leads.sweep();
    expect(said('LeadServiceLevelMissed')).toEqual([]);
    expect((await send('resume')).status).toBe(200);
    expect(codeOf(await send('resume'))).toBe('422 service-level-not-paused');
    expect((await service())?.dueAt).toBe('2026-03-03T10:00:00.000Z');
    leads.move(30 * minute);
    await leads.sweep();
    expect(said('LeadServiceLevelMissed')).toHaveLength(1);
  });

  it('continues with the next message of the person, received once or twice', async () => {
    const { leads, form, send, said, service } = await oneLead(monday);
    await send('wait');
    leads.move(20 * minute);
    await leads.submit(form.id, { email: 'ada@mills.example', message: 'Now I know' });
    await leads.settle(2);
    expect(said('LeadReplied')).toHaveLength(1);
    expect(await service()).toMatchObject({ state: 'running', dueAt: '2026-03-02T10:20:00.000Z' });
  });

  it('is refused for a lead without a service level or with an answer', async () => {
    const { send } = await oneLead(monday, []);
    expect([codeOf(await send('wait')), codeOf(await send('resume'))]).toEqual(['422 no-service-level', '422 no-service-level']);
    const answered = await oneLead(monday);
    await answered.send('answer', { body: { channel: 'call' } });
    expect(codeOf(await answered.send('wait'))).toBe('422 lead-answered');
    expect(codeOf(await answered.send('wait', { role: 'finance' }))).toBe('403 role-not-allowed');
  });
});

describe('a closed lead', () => {
  it('is not missed if it was converted, disqualified or erased before the deadline', async () => {
    const ends: readonly (readonly [string, (lead: Awaited<ReturnType<typeof oneLead>>) => Promise<{ readonly status: number }>])[] = [
      [
        'Within the hour: it became an opportunity on 2 March 2026, 10:05 (Europe/Berlin), and no answer had been recorded by then.',
        ({ send }) => send('convert'),
      ],
      [
        'Within the hour: it was disqualified on 2 March 2026, 10:05 (Europe/Berlin), and no answer had been recorded by then.',
        ({ send }) => send('disqualify', { body: { reason: 'no-need' } }),
      ],
      [
        'Within the hour: the person was erased on 2 March 2026, 10:05 (Europe/Berlin), and no answer had been recorded by then.',
        ({ leads, path }) => leads.call('DELETE /leads/{leadId}', { path }),
      ],
    ];
    for (const [words, end] of ends) {
      const lead = await oneLead(monday);
      lead.leads.move(5 * minute);
      expect((await end(lead)).status).toBeLessThan(300);
      await lead.leads.settle();
      expect((await lead.service())?.summary).toBe(words);
      lead.leads.move(2 * 60 * minute);
      expect(await lead.leads.sweep()).toEqual({ checked: 0, changed: 0, failed: 0 });
      expect(lead.said('LeadServiceLevelMissed')).toEqual([]);
      expect([200, 422].includes((await lead.send('answer', { body: { channel: 'call' } })).status)).toBe(true);
    }
  });
});

describe('the state of a service level', () => {
  it('equals the fold of its events, whatever happened', async () => {
    const { leads, path, send, form } = await oneLead(monday);
    await send('wait');
    leads.move(20 * minute);
    await leads.submit(form.id, { email: 'ada@mills.example', message: 'Hello' });
    await leads.settle();
    leads.move(200 * minute);
    await leads.sweep();
    await send('answer', { body: { channel: 'call' } });
    const id = z.string().parse(path.leadId);
    const found = leads.table.dump().find((item) => item.pk === `LEAD#${id}` && item.sk === 'STATE');
    expect(await leads.stores.leads.refold(id)).toEqual(leadState.parse(found?.['state']));
  });
});
