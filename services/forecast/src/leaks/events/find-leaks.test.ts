import { forecastApi, leakFound, opportunityStalled } from '@meilenstein/contracts';
import { toInstant } from '@meilenstein/kernel';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventsOf, now, type Story } from '../../testing/example-history.ts';
import { forecastInMemory } from '../../testing/forecast-in-memory.ts';

const money = z.object({ amount: z.string() });
const leaks = z.looseObject({
  flows: z.array(
    z.looseObject({
      milestoneId: z.string().nullable(),
      nextMilestoneId: z.string(),
      dimension: z.string(),
      key: z.string(),
      leak: z.boolean(),
      pValue: z.number().nullable(),
      value: money.nullable(),
      observed: z.looseObject({ low: z.number().nullable(), high: z.number().nullable() }).nullable(),
      dwell: z.looseObject({ observed: z.looseObject({ median: z.int(), p90: z.int() }).nullable() }),
      immature: z.array(z.looseObject({ from: z.string() })),
    }),
  ),
  stalls: z.array(z.looseObject({ opportunityId: z.string(), days: z.int(), usualDays: z.int(), amount: money.nullable() })),
  stalled: z.int(),
});

/** 60 customers a month for a year. Six in ten of those who named a need went on to the offer; in the last three months only two in ten. */
const yearWithALeak = (): readonly Story[] =>
  Array.from({ length: 12 * 60 }, (_, n): Story => {
    const began = 395 - Math.floor(n / 60) * 30 - (n % 30);
    const goesOn = n % 10 < (n < 9 * 60 ? 6 : 2);
    const steps = goesOn
      ? ([
          { what: 'need', after: 2 },
          { what: 'offer', after: 5 + (n % 9) },
          { what: n % 2 === 0 ? 'won' : 'lost', after: 6 },
        ] as const)
      : ([
          { what: 'need', after: 2 },
          { what: 'lost', after: 12 },
        ] as const);
    return { id: `o${n}`, rep: n % 2 === 0 ? 'ben' : 'dirk', began, minor: 100_000, segment: n % 4 < 2 ? 'small' : 'large', steps };
  });

let service = await forecastInMemory(0);
beforeEach(async () => {
  service = await forecastInMemory(0);
  await service.setUp();
  await service.view.fold(yearWithALeak().flatMap(eventsOf));
});

const ask = async (query: Readonly<Record<string, string>> = {}, who: Parameters<typeof service.get>[2] = { role: 'finance' }) =>
  leaks.parse((await service.get('/leaks', query, who)).json);
const silent = { id: 'silent', rep: 'ben', began: 80, minor: 100_000, segment: 'small', steps: [{ what: 'need', after: 1 }] } as const;

describe('GET /leaks', () => {
  it('answers where customers stopped going on, what that costs, and how long they take', async () => {
    const { flows } = await ask({ only: 'leaks' });
    expect(new Set(flows.map((one) => `${one.milestoneId} -> ${one.nextMilestoneId}`))).toEqual(new Set(['need -> offer']));
    expect(new Set(flows.map((one) => one.dimension))).toEqual(new Set(['process', 'segment', 'team']));
    const [whole] = flows.filter((one) => one.dimension === 'process');
    expect(Number(whole?.value?.amount)).toBeGreaterThan(0);
    expect(whole?.pValue).toBeLessThan(1e-4);
    expect(whole?.observed?.high).toBeLessThan(0.4);
    expect(whole?.dwell.observed?.median).toBeGreaterThan(4);
  });

  it('reports young cohorts as immature', async () => {
    await service.play({ ...silent, id: 'fresh', began: 3 });
    const flows = (await ask({ dimension: 'process' })).flows.filter((one) => one.milestoneId !== 'offer');
    expect(flows.map((one) => one.immature.some((young) => young.from === '2026-11-01'))).toEqual([true, true]);
    expect(await service.get('/leaks', { process: 'unheard-of' }, { role: 'finance' })).toMatchObject({
      status: 422,
      code: 'process-not-found',
    });
  });

  it('shows managers their teams, reps their stalled opportunities, and marketing nothing', async () => {
    await service.play(silent);
    await service.play({ ...silent, id: 'silent-too', rep: 'dirk' });
    const anna = await ask({}, { role: 'manager', subject: 'login-anna' });
    expect(new Set(anna.flows.map((one) => `${one.dimension} ${one.key}`))).toEqual(new Set(['team north']));
    expect(anna.stalls.map((one) => one.opportunityId)).toEqual(['silent']);
    const ben = await ask({}, { role: 'rep', subject: 'login-ben' });
    expect([ben.flows, ben.stalls.map((one) => one.opportunityId)]).toEqual([[], ['silent']]);
    expect((await ask()).stalled).toBe(2);
    expect((await service.get('/leaks', {}, { role: 'marketing' })).status).toBe(403);
    expect((await service.get('/leaks', { dimension: 'moon' }, { role: 'finance' })).status).toBe(400);
  });

  it('refuses the request while settings are missing', async () => {
    expect(await (await forecastInMemory(0)).get('/leaks')).toMatchObject({ status: 422, code: 'settings-missing' });
  });
});

describe('GET /leaks/stalls', () => {
  const page = forecastApi.routes['GET /leaks/stalls'].answers[200];
  const list = async (query: Readonly<Record<string, string>> = {}, who: Parameters<typeof service.get>[2] = { role: 'finance' }) =>
    page.parse((await service.get('/leaks/stalls', query, who)).json);
  const ids = ({ items }: Awaited<ReturnType<typeof list>>) => items.map(({ opportunityId }) => String(opportunityId));
  const many = async () => {
    for (let n = 0; n < 5; n += 1) await service.play({ ...silent, id: `silent-${n}`, began: 80 + n, rep: n < 3 ? 'ben' : 'dirk' });
  };

  it('lists every silence once over its pages, the longest first, with the same counts on each page', async () => {
    await many();
    const first = await list({ limit: '3' });
    const second = await list({ limit: '3', cursor: first.next ?? '' });
    expect([...ids(first), ...ids(second)]).toEqual(['silent-4', 'silent-3', 'silent-2', 'silent-1', 'silent-0']);
    expect([first.total, second.total, second.next]).toEqual([5, 5, null]);
    expect(second.byOwner).toEqual([
      { repId: 'ben', teamId: 'north', stalled: 3 },
      { repId: 'dirk', teamId: 'south', stalled: 2 },
    ]);
  });

  it.each([
    [{ owner: 'dirk' }, ['silent-4', 'silent-3']],
    [{ team: 'north' }, ['silent-2', 'silent-1', 'silent-0']],
    [{ milestone: 'need', owner: 'dirk' }, ['silent-4', 'silent-3']],
    [{ milestone: 'none' }, []],
    [{ process: 'standard', team: 'south' }, ['silent-4', 'silent-3']],
  ])('filters by %j', async (query: Record<string, string>, expected) => {
    await many();
    expect(ids(await list(query))).toEqual(expected);
  });

  it('shows reps their own and managers those of their team', async () => {
    await many();
    expect((await list({}, { role: 'rep', subject: 'login-dirk' })).total).toBe(2);
    expect((await list({}, { role: 'manager', subject: 'login-anna' })).byOwner).toEqual([{ repId: 'ben', teamId: 'north', stalled: 3 }]);
  });

  it.each([
    [{ process: 'nope' }, 'process-not-found'],
    [{ team: 'nope' }, 'team-not-found'],
    [{ owner: 'nope' }, 'rep-not-found'],
  ])('refuses %j, because an empty list would be taken for the truth', async (query: Record<string, string>, code) => {
    expect(await service.get('/leaks/stalls', query, { role: 'finance' })).toMatchObject({ status: 422, code });
  });
});

describe('an opportunity', () => {
  const stalledNow = async () => (await ask()).stalls.map((one) => one.opportunityId);

  it('is stalled when its customer is silent for longer than nine in ten who went on', async () => {
    await service.play(silent);
    await service.play({ ...silent, id: 'fresh', began: 9 });
    const { stalls } = await ask();
    expect(stalls.map((one) => one.opportunityId)).toEqual(['silent']);
    expect(stalls[0]).toMatchObject({ days: 79, amount: { amount: '1000.00' } });
    expect(stalls[0]?.usualDays).toBeLessThan(20);
  });

  it('stays stalled until its customer acts, whatever the seller changes', async () => {
    await service.play({ ...silent, steps: [...silent.steps, { what: 'moved', after: 75 }] });
    expect(await stalledNow()).toEqual(['silent']);
    service.at(now);
    await service.play({ ...silent, id: 'awake', steps: [...silent.steps, { what: 'need', after: 75 }] });
    expect(await stalledNow()).toEqual(['silent']);
  });
});

describe('the nightly search for leaks and stalls', () => {
  const emitted = (name: string) => service.events().filter((event) => event.name === name);

  it('reports each leak and each stall once', async () => {
    await service.play(silent);
    await service.night('2026-11-11', 'leaks');
    const [first, stalls] = [emitted('LeakFound'), emitted('OpportunityStalled')];
    expect(first.length).toBeGreaterThan(0);
    expect(stalls.map((event) => event.subject)).toEqual(['stall-silent']);
    await service.night('2026-11-12', 'leaks');
    expect([emitted('LeakFound'), emitted('OpportunityStalled')]).toEqual([first, stalls]);
  });

  it('reports a further stall after new evidence from the customer', async () => {
    await service.play(silent);
    await service.night('2026-11-11', 'leaks');
    await service.play({ ...silent, steps: [...silent.steps, { what: 'offer', after: 70 }] });
    service.at(toInstant('2027-02-01T00:00:00Z'));
    await service.night('2027-02-02', 'leaks');
    expect(emitted('OpportunityStalled')).toHaveLength(2);
  });

  it('emits events with the fields of the published samples', async () => {
    await service.play(silent);
    await service.night('2026-11-11', 'leaks');
    for (const definition of [leakFound, opportunityStalled]) {
      const path = new URL(`../../../../../packages/contracts/samples/${definition.name}.v1.json`, import.meta.url);
      const sample = definition.parse(JSON.parse(readFileSync(path, 'utf8')));
      const [event] = emitted(definition.name);
      expect(Object.keys(event?.data ?? {}).toSorted()).toEqual(Object.keys(sample.data).toSorted());
    }
  });
});
