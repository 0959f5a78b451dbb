import { readFileSync } from 'node:fs';
import { forecastEvents, forecastGraded, judgementMade } from '@meilenstein/contracts';
import { toInstant } from '@meilenstein/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cents, forecastInMemory } from '../../testing/forecast-in-memory.ts';

const money = z.object({ amount: z.string(), currency: z.string() });
const grades = z.looseObject({
  key: z.string().nullable(),
  horizons: z.array(
    z.looseObject({
      horizon: z.string(),
      windows: z.int(),
      forecasts: z.int(),
      claim: z.boolean(),
      baselines: z.array(z.looseObject({ baseline: z.string(), windows: z.int() })),
      judgement: z.looseObject({ windows: z.int() }),
    }),
  ),
  latest: z.array(z.looseObject({ actual: money, mean: money, judgement: money.nullable() })),
});
const judgements = z.looseObject({
  items: z.array(
    z.looseObject({
      window: z.looseObject({ label: z.string() }),
      versions: z.array(z.looseObject({ version: z.int(), amount: money, reason: z.string().nullable(), computed: money })),
      outcome: z.looseObject({ actual: money, judgementError: money, computedError: money }).nullable(),
    }),
  ),
});

let service = await forecastInMemory(0);
beforeEach(async () => {
  service = await forecastInMemory(120, toInstant('2026-10-31T10:00:00Z'));
  await service.setUp();
});

const anna = { role: 'manager', subject: 'login-anna' } as const;
const north = { level: 'team', key: 'north' };
const judge = (amount: string, about: object = {}, who: Parameters<typeof service.call>[1] = anna) =>
  service.call('POST /forecasts/judgements', {
    body: { ...north, amount: { amount, currency: 'EUR' }, reason: 'I know them', ...about },
    ...who,
  });
const graded = () =>
  service
    .events()
    .filter((event) => event.name === 'ForecastGraded')
    .map((event) => forecastGraded.parse(event).data);

/** Snapshots at the start, in the middle and a week before the end of November, and one in between. */
const november = async () => {
  for (const day of ['2026-11-01', '2026-11-05', '2026-11-16', '2026-11-24']) await service.night(day, 'snapshot');
};

describe('a window that has ended', () => {
  it('has each of its forecasts graded once, beside the actual, the baselines and the judgement', async () => {
    await service.night('2026-11-01', 'snapshot');
    service.at(toInstant('2026-11-01T10:00:00Z'));
    expect((await judge('1234.00')).status).toBe(201);
    for (const day of ['2026-11-05', '2026-11-16', '2026-11-24']) await service.night(day, 'snapshot');
    await service.play({ id: 'won', rep: 'ben', began: 5, minor: 70_000, segment: 'small', steps: [{ what: 'won', after: 1 }] });
    await service.night('2026-11-30', 'grade');
    expect(graded().filter((one) => one.window.kind === 'month')).toEqual([]);
    await service.night('2026-12-01', 'grade');
    const ofNorth = graded().filter((one) => one.window.kind === 'month' && one.node.key === 'north');
    expect(ofNorth.map((one) => [one.day, one.horizon, one.judgement]).toSorted()).toEqual([
      ['2026-11-01', 'start', 123_400],
      ['2026-11-05', 'other', 123_400],
      ['2026-11-16', 'middle', 123_400],
      ['2026-11-24', 'last-week', 123_400],
    ]);
    expect(new Set(ofNorth.map((one) => one.actual)).size).toBe(1);
    expect(ofNorth[0]?.actual).toBeGreaterThan(0);
    expect(ofNorth[0]?.baselines.runRate).toBeGreaterThan(0);
    const before = graded().length;
    await service.night('2026-12-02', 'grade');
    expect(graded().length).toBe(before);
  });

  it('is graded with orders less cancellations as the actual', async () => {
    await november();
    const { booked } = z.looseObject({ booked: money }).parse((await service.get('/forecasts', { window: 'month' })).json);
    await service.play({
      id: 'void',
      rep: 'ben',
      began: 5,
      minor: 70_000,
      segment: 'small',
      steps: [
        { what: 'won', after: 1 },
        { what: 'cancelled', after: 1 },
      ],
    });
    await service.play({ id: 'more', rep: 'ben', began: 5, minor: 70_000, segment: 'small', steps: [{ what: 'won', after: 1 }] });
    await service.night('2026-12-01', 'grade');
    const [company] = graded().filter((one) => one.node.level === 'company' && one.window.kind === 'month');
    expect(company?.actual).toBe(cents(booked) + 70_000);
  });

  it('appears in GET /forecasts/grades, without a claim before eight windows', async () => {
    await november();
    await service.night('2026-12-01', 'grade');
    const request = grades.parse((await service.get('/forecasts/grades', { ...north, window: 'month' }, anna)).json);
    expect(request.horizons.map(({ horizon, windows, claim }) => [horizon, windows, claim])).toEqual([
      ['start', 1, false],
      ['middle', 1, false],
      ['last-week', 1, false],
    ]);
    expect(request.latest).toHaveLength(1);
    const reps = grades.parse((await service.get('/forecasts/grades', { level: 'rep' }, { role: 'finance' })).json);
    expect([reps.key, reps.horizons[0]?.windows, reps.horizons[0]?.forecasts]).toEqual([null, 1, 4]);
  });

  it.each([
    ['rep', 'login-ben', { level: 'rep', key: 'ben' }, 200],
    ['rep', 'login-ben', { level: 'rep', key: 'anna' }, 404],
    ['rep', 'login-ben', { level: 'rep' }, 404],
    ['rep', 'login-ben', {}, 404],
    ['manager', 'login-anna', { level: 'team', key: 'north' }, 200],
    ['manager', 'login-anna', { level: 'team', key: 'south' }, 404],
    ['manager', 'login-anna', { level: 'team' }, 404],
    ['finance', 'login-x', { level: 'team' }, 200],
    ['finance', 'login-x', {}, 200],
    ['marketing', 'login-x', {}, 403],
  ] as const)('is answered to a %s (%s) who asks for %o with %i', async (...[role, subject, query, status]) => {
    expect((await service.get('/forecasts/grades', query, { role, subject })).status).toBe(status);
  });
});

describe('a judgement', () => {
  it('is versioned, keeps its reason out of events, and is graded beside the computed figure', async () => {
    await service.night('2026-11-01', 'snapshot');
    service.at(toInstant('2026-11-01T10:00:00Z'));
    await judge('1000.00');
    const answer = await judge('2000.00', { reason: 'Müller has signed' });
    const view = judgements.shape.items.element.parse(answer.json);
    expect(view.versions.map(({ version, amount, reason }) => [version, amount.amount, reason])).toEqual([
      [1, '1000.00', 'I know them'],
      [2, '2000.00', 'Müller has signed'],
    ]);
    expect(view.outcome).toBeNull();
    const emitted = service
      .events()
      .filter((event) => event.name === 'JudgementMade')
      .map((event) => judgementMade.parse(event));
    expect(emitted.map((event) => [event.data.judgementVersion, event.data.madeBy])).toEqual([
      [1, 'anna'],
      [2, 'anna'],
    ]);
    expect(JSON.stringify(emitted)).not.toContain('Müller');

    await service.night('2026-12-01', 'grade');
    const [item] = judgements.parse((await service.get('/forecasts/judgements', { ...north, window: 'month' }, anna)).json).items;
    const [actual, computed] = [cents(item?.outcome?.actual), cents(item?.versions.at(-1)?.computed)];
    expect(cents(item?.outcome?.judgementError)).toBe(200_000 - actual);
    expect(cents(item?.outcome?.computedError)).toBe(computed - actual);
    const { horizons, latest } = grades.parse((await service.get('/forecasts/grades', north, anna)).json);
    expect(horizons[0]?.judgement.windows).toBe(1);
    expect(latest[0]?.judgement?.amount).toBe('2000.00');
  });

  it('changes no forecast', async () => {
    const before = (await service.get('/forecasts', north)).json;
    expect((await judge('9999999.00')).status).toBe(201);
    expect((await service.get('/forecasts', north)).json).toEqual(before);
  });

  it('is accepted for nodes that the manager leads and refused for others', async () => {
    expect((await judge('1.00', { level: 'rep', key: 'ben' })).status).toBe(201);
    expect(await judge('1.00', { level: 'rep', key: 'dirk' })).toMatchObject({ status: 404, code: 'node-not-found' });
    expect(await judge('1.00', { level: 'team', key: 'south' })).toMatchObject({ status: 404, code: 'node-not-found' });
    expect(await judge('1.00', { level: 'company', key: 'company' })).toMatchObject({ status: 404, code: 'node-not-found' });
    expect(await judge('1.00', {}, { role: 'rep', subject: 'login-ben' })).toMatchObject({ status: 403 });
    expect(await judge('1.00', { amount: { amount: '1.00', currency: 'USD' } })).toMatchObject({
      status: 422,
      code: 'currency-not-reporting-currency',
    });
    expect(await judge('1.00', { reason: ' ' })).toMatchObject({ status: 400 });
    expect((await service.get('/forecasts/judgements', { level: 'team', key: 'south' }, anna)).status).toBe(404);
    expect((await service.get('/forecasts/judgements', north, { role: 'rep', subject: 'login-ben' })).status).toBe(403);
  });

  it('is listed by window, newest first, in pages', async () => {
    for (const day of ['2026-11-02', '2026-12-02', '2027-01-03']) {
      service.at(toInstant(`${day}T10:00:00Z`));
      await judge('1.00');
    }
    const page = z.looseObject({ next: z.string().nullable(), items: judgements.shape.items });
    const request = { ...north, window: 'month', limit: '2' };
    const first = page.parse((await service.get('/forecasts/judgements', request, anna)).json);
    const second = page.parse((await service.get('/forecasts/judgements', { ...request, cursor: first.next ?? '' }, anna)).json);
    expect([...first.items, ...second.items].map((one) => one.window.label)).toEqual(['2027-01', '2026-12', '2026-11']);
    expect((await service.get('/forecasts/judgements', { ...request, cursor: 'mine' }, anna)).status).toBe(400);
  });
});

it('ForecastGraded and JudgementMade have the fields of their published samples', async () => {
  await november();
  await judge('1234.00');
  await service.night('2026-12-01', 'grade');
  for (const definition of forecastEvents.filter((one) => ['ForecastGraded', 'JudgementMade'].includes(one.name))) {
    const path = new URL(`../../../../../packages/contracts/samples/${definition.name}.v1.json`, import.meta.url);
    const sample = definition.parse(JSON.parse(readFileSync(path, 'utf8')));
    const event = service.events().find((one) => one.name === definition.name);
    expect(Object.keys(event?.data ?? {}).toSorted()).toEqual(Object.keys(sample.data).toSorted());
  }
});
