import { targetsSet } from '@meilenstein/contracts';
import { addMillis, toInstant } from '@meilenstein/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventsOf, now, envelopeOf } from '../../testing/example-history.ts';
import { cents, forecastInMemory } from '../../testing/forecast-in-memory.ts';

const amount = z.object({ amount: z.string() });
const answered = z.looseObject({
  mean: amount,
  booked: amount,
  existing: z.looseObject({ total: amount, byMilestone: z.array(z.looseObject({ expected: amount })) }),
  future: amount,
  p10: amount,
  p50: amount,
  p90: amount,
  quota: amount.nullable(),
  gap: amount.nullable(),
  requiredNewOpportunities: z.looseObject({ count: z.int().nullable() }).nullable(),
  window: z.looseObject({ label: z.string() }),
  enoughFacts: z.boolean(),
  change: z.looseObject({ before: amount, difference: amount, parts: z.record(z.string(), amount) }).nullable(),
});

let service = await forecastInMemory(0);
beforeEach(async () => {
  service = await forecastInMemory(120);
  await service.setUp();
});

const view = async (query: Readonly<Record<string, string>> = {}) => answered.parse((await service.get('/forecasts', query)).json);
const late = eventsOf({ id: 'fresh', rep: 'ben', began: 1, minor: 100_000, segment: 'small', steps: [{ what: 'won', after: 0.5 }] });
const fresh = late.map((event) => ({ ...event, storedAt: addMillis(now, 1) }));

describe('GET /forecasts', () => {
  it('answers a distribution whose parts sum to the mean', async () => {
    const { mean, booked, existing, future, p10, p50, p90, window, enoughFacts } = await view();
    expect(window.label).toBe('2026-11');
    expect(enoughFacts).toBe(true);
    expect(cents(booked)).toBeGreaterThan(0);
    expect(cents(existing.total)).toBeGreaterThan(0);
    expect(existing.byMilestone.reduce((sum, one) => sum + cents(one.expected), 0)).toBe(cents(existing.total));
    expect(cents(mean)).toBe(cents(booked) + cents(existing.total) + cents(future));
    expect([cents(p10), cents(p50), cents(p90)]).toEqual([cents(p10), cents(p50), cents(p90)].toSorted((a, b) => a - b));
  });

  it.each(['week', 'month', 'quarter'])('adds up over teams, reps, segments and processes: %s', async (window) => {
    const sum = async (level: string, keys: readonly string[]) =>
      (await Promise.all(keys.map(async (key) => cents((await view({ level, key, window })).mean)))).reduce((a, b) => a + b, 0);
    const whole = await sum('company', ['company']);
    expect(whole).toBeGreaterThan(0);
    expect(await sum('team', ['north', 'south'])).toBe(whole);
    expect(await sum('rep', ['anna', 'ben', 'cora', 'dirk'])).toBe(whole);
    expect(await sum('segment', ['large', 'small'])).toBe(whole);
    expect(await sum('process', ['standard'])).toBe(whole);
  });

  it('answers 304 while no figure has changed, and 200 after an event', async () => {
    const first = await service.get('/forecasts');
    service.move(60_000);
    const again = { headers: { 'if-none-match': first.etag } };
    expect((await service.call('GET /forecasts', again)).status).toBe(304);
    await service.view.fold(fresh);
    const next = await service.call('GET /forecasts', again);
    expect(next.status).toBe(200);
    expect(next.etag).not.toBe(first.etag);
  });

  it('includes a late event after at most half a minute', async () => {
    await service.view.fold(eventsOf({ id: 'newest', rep: 'ben', began: 0, minor: 1, steps: [] }));
    const before = cents((await view()).booked);
    await service.view.fold(late);
    service.move(30_000);
    expect(cents((await view()).booked)).toBe(before + 100_000);
  });

  it('answers the gap to the quota and how many new opportunities would close it', async () => {
    expect((await view()).quota).toBeNull();
    const targets = {
      planId: 'p',
      planVersion: 1,
      node: { level: 'team', key: 'north' },
      measure: 'revenue',
      fiscalYear: 2026,
      currency: 'EUR',
      effectiveFrom: '2026-01-01',
      months: Array.from({ length: 12 }, () => 90_000_000),
    };
    await service.targets.fold([envelopeOf(targetsSet, { subject: 'target-p-team-north', sequence: 1, at: now }, targets)]);
    const { quota, gap, mean, requiredNewOpportunities } = await view({ level: 'team', key: 'north' });
    expect(cents(quota)).toBe(90_000_000);
    expect(cents(gap)).toBe(90_000_000 - cents(mean));
    expect(requiredNewOpportunities?.count).toBeGreaterThan(0);
    expect(cents((await view({ level: 'team', key: 'north', window: 'quarter' })).quota)).toBe(270_000_000);
    expect((await view({ level: 'team', key: 'north', window: 'week' })).quota).toBeNull();
    expect((await view({ level: 'team', key: 'south' })).quota).toBeNull();
  });

  it.each([
    ['rep', 'login-ben', 'rep', 'ben', 200],
    ['rep', 'login-ben', 'rep', 'anna', 404],
    ['rep', 'login-ben', 'team', 'north', 404],
    ['rep', 'login-ben', 'company', 'company', 404],
    ['rep', 'login-ben', 'segment', 'small', 404],
    // a manager in the organisation, but not in the token
    ['rep', 'login-anna', 'team', 'north', 404],
    ['manager', 'login-anna', 'team', 'north', 200],
    ['manager', 'login-anna', 'rep', 'ben', 200],
    ['manager', 'login-anna', 'rep', 'anna', 200],
    ['manager', 'login-anna', 'team', 'south', 404],
    ['manager', 'login-anna', 'rep', 'dirk', 404],
    ['manager', 'login-anna', 'company', 'company', 404],
    ['manager', 'login-anna', 'process', 'standard', 404],
    ['manager', 'login-nobody', 'team', 'north', 404],
    ['operations', 'login-x', 'company', 'company', 200],
    ['finance', 'login-x', 'team', 'south', 200],
    ['finance', 'login-x', 'segment', 'small', 200],
    ['finance', 'login-x', 'segment', 'unheard-of', 404],
    ['finance', 'login-x', 'process', 'standard', 200],
    ['finance', 'login-x', 'process', 'unheard-of', 404],
    ['admin', 'login-x', 'rep', 'dirk', 200],
    ['admin', 'login-x', 'rep', 'nobody', 404],
    ['admin', 'login-x', 'team', 'nowhere', 404],
    ['admin', 'login-x', 'company', 'other', 404],
    ['marketing', 'login-x', 'company', 'company', 403],
    ['integration', 'login-x', 'company', 'company', 403],
  ] as const)('answers a %s (%s) who asks for %s %s with %i', async (...[role, subject, level, key, status]) => {
    expect((await service.get('/forecasts', { level, key }, { role, subject })).status).toBe(status);
  });

  it('gives the same answer for a hidden node and for a missing one', async () => {
    const request = (key: string) => service.get('/forecasts', { level: 'rep', key }, { role: 'rep', subject: 'login-ben' });
    expect([(await request('anna')).code, (await request('nobody')).code]).toEqual(['node-not-found', 'node-not-found']);
  });

  it('refuses the request while settings are missing', async () => {
    expect(await (await forecastInMemory(0)).get('/forecasts')).toMatchObject({ status: 422, code: 'settings-missing' });
  });

  it('refuses an unknown window, and `snapshot` together with `since`', async () => {
    expect((await service.get('/forecasts', { window: 'decade' })).status).toBe(400);
    expect((await service.get('/forecasts', { snapshot: '2026-11-09', since: '2026-11-08' })).status).toBe(400);
  });
});

describe('GET /forecasts with a snapshot', () => {
  it('answers 404 for a day without a snapshot', async () => {
    for (const name of ['snapshot', 'since'])
      expect(await service.get('/forecasts', { [name]: '2026-11-09' })).toMatchObject({ status: 404, code: 'snapshot-not-found' });
  });

  it('answers the snapshot as it was made, regardless of later events', async () => {
    const request = { level: 'rep', key: 'ben', window: 'quarter' };
    service.at(toInstant('2026-11-09T23:15:00Z'));
    const live = (await service.get('/forecasts', request)).json;
    await service.night('2026-11-10', 'snapshot');
    await service.view.fold(fresh);
    service.move(3 * 86_400_000);
    // a quarter past eleven in UTC is the next day in Berlin
    expect((await service.get('/forecasts', { ...request, snapshot: '2026-11-10' })).json).toEqual(live);
    const stranger = { role: 'rep', subject: 'login-dirk' } as const;
    expect((await service.get('/forecasts', { ...request, snapshot: '2026-11-10' }, stranger)).status).toBe(404);
  });

  it('explains the difference to the present forecast part by part, to the cent', async () => {
    await service.night('2026-11-07', 'snapshot');
    service.at(addMillis(now, 1000));
    await service.view.fold(fresh);
    await service.play({ id: 'arrived', rep: 'dirk', began: 0.01, minor: 500_000, steps: [] });
    for (const [level, key] of [
      ['company', 'company'],
      ['team', 'north'],
      ['rep', 'dirk'],
      ['segment', 'small'],
      ['process', 'standard'],
    ] as const) {
      const { change, mean } = await view({ level, key, since: '2026-11-07' });
      if (change === null) throw new Error('a change was asked for');
      const parts = Object.values(change.parts).reduce((sum, part) => sum + cents(part), 0);
      expect([level, parts]).toEqual([level, cents(change.difference)]);
      expect([level, cents(change.before) + cents(change.difference)]).toEqual([level, cents(mean)]);
    }
    expect((await view()).change).toBeNull();
  });

  it('refuses to compare with a snapshot of another window', async () => {
    await service.night('2026-10-31', 'snapshot');
    service.at(now);
    expect(await service.get('/forecasts', { since: '2026-10-31' })).toMatchObject({ status: 422, code: 'snapshot-window-mismatch' });
    expect((await service.get('/forecasts', { since: '2026-10-31', window: 'quarter' })).status).toBe(200);
  });
});

describe('GET /forecasts/progress', () => {
  const timeline = z.looseObject({
    windows: z.array(
      z.looseObject({
        window: z.looseObject({ kind: z.string() }),
        actual: amount,
        atStart: z.looseObject({ day: z.string(), mean: amount }).nullable(),
        now: z.looseObject({ mean: amount }),
      }),
    ),
  });

  it('shows what is won so far beside the forecast of the first day of week, month and quarter', async () => {
    await service.night('2026-11-01', 'snapshot');
    await service.night('2026-11-09', 'snapshot');
    service.at(now);
    const { windows } = timeline.parse((await service.get('/forecasts/progress', { level: 'team', key: 'north' })).json);
    expect(windows.map((one) => [one.window.kind, one.atStart?.day])).toEqual([
      ['week', '2026-11-09'],
      ['month', '2026-11-01'],
      ['quarter', undefined],
    ]);
    const month = await view({ level: 'team', key: 'north', window: 'month' });
    expect(windows[1]).toMatchObject({ actual: month.booked, now: { mean: month.mean } });
  });

  it('answers 404 to a caller who may not see the node', async () => {
    expect((await service.get('/forecasts/progress', { level: 'team', key: 'north' }, { role: 'rep', subject: 'login-ben' })).status).toBe(
      404,
    );
  });
});

describe('POST /forecasts/what-if', () => {
  const ask = (body: unknown, who: { role?: 'manager' | 'finance' | 'rep'; subject?: string } = { role: 'finance' }) =>
    service.call('POST /forecasts/what-if', { body, ...who });
  const figures = z.looseObject({ mean: amount, existing: amount, booked: amount });
  const supposed = z.looseObject({ asItIs: figures, whatIf: figures, difference: amount });

  it('changes nothing without an assumption', async () => {
    const { asItIs, whatIf, difference } = supposed.parse((await ask({})).json);
    expect(whatIf).toEqual(asItIs);
    expect(cents(difference)).toBe(0);
  });

  it('raises existing business with the amounts and leaves booked business unchanged', async () => {
    const { asItIs, whatIf, difference } = supposed.parse((await ask({ amount: 2 })).json);
    expect(cents(whatIf.existing)).toBeGreaterThan(cents(asItIs.existing));
    expect(whatIf.booked).toEqual(asItIs.booked);
    expect(cents(difference)).toBe(cents(whatIf.mean) - cents(asItIs.mean));
  });

  it('removes the open business of a lost rep', async () => {
    const { asItIs, whatIf } = supposed.parse((await ask({ level: 'rep', key: 'ben', lostReps: ['ben'] })).json);
    expect(cents(asItIs.existing)).toBeGreaterThan(0);
    expect(cents(whatIf.existing)).toBe(0);
  });

  it('refuses reps and nodes that the caller may not see, and invalid factors', async () => {
    const anna = { role: 'manager', subject: 'login-anna' } as const;
    expect(await ask({ level: 'team', key: 'north', lostReps: ['ben'] }, anna)).toMatchObject({ status: 200 });
    expect(await ask({ level: 'team', key: 'north', lostReps: ['dirk'] }, anna)).toMatchObject({ status: 422, code: 'rep-not-found' });
    expect(await ask({ level: 'team', key: 'south' }, anna)).toMatchObject({ status: 404, code: 'node-not-found' });
    expect(await ask({}, { role: 'rep', subject: 'login-ben' })).toMatchObject({ status: 403 });
    expect(await ask({ amount: -1 })).toMatchObject({ status: 400 });
  });
});
