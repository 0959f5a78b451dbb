import { forecastApi, forecastView } from '@meilenstein/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { cents, forecastInMemory } from '../../testing/forecast-in-memory.ts';

const operations = { role: 'operations', subject: 'o' } as const;
const manager = { role: 'manager', subject: 'login-anna' } as const;
const rep = { role: 'rep', subject: 'login-ben' } as const;
const parts = forecastApi.routes['GET /forecasts/parts'].answers[200];

let service = await forecastInMemory(0);
beforeEach(async () => {
  service = await forecastInMemory(240);
  await service.setUp();
});

type Query = Readonly<Record<string, string>>;
type Who = { readonly role: 'operations' | 'manager' | 'rep'; readonly subject: string };

const read = async (query: Query, who: Who = operations) => parts.parse((await service.get('/forecasts/parts', query, who)).json);

const readAll = async (query: Query, who: Who = operations) => {
  const items: Awaited<ReturnType<typeof read>>['items'] = [];
  let next: string | null = null;
  do {
    const page = await read({ ...query, limit: '7', ...(next === null ? {} : { cursor: next }) }, who);
    items.push(...page.items);
    ({ next } = page);
  } while (next !== null);
  return items;
};

const sumOf = (items: readonly { readonly expected: unknown }[]): number => items.reduce((sum, { expected }) => sum + cents(expected), 0);

describe('GET /forecasts/parts', () => {
  it.each([
    ['company', 'company', 'month'],
    ['company', 'company', 'quarter'],
    ['team', 'south', 'month'],
    ['rep', 'dirk', 'week'],
    ['segment', 'large', 'quarter'],
    ['process', 'standard', 'month'],
  ])('sums to the existing part of the forecast to the cent: %s %s, %s', async (level, key, window) => {
    const asked = { level, key, window };
    const { existing } = forecastView.parse((await service.get('/forecasts', asked, operations)).json);
    const items = await readAll(asked);
    expect(items.length).toBeGreaterThan(0);
    expect(sumOf(items)).toBe(cents(existing.total));
    for (const { milestoneId, opportunities, withoutAmount, expected } of existing.byMilestone) {
      const here = await readAll({ ...asked, process: 'standard', milestone: milestoneId ?? 'none' });
      expect([sumOf(here), here.length]).toEqual([cents(expected), opportunities]);
      expect(here.filter(({ amount }) => amount === null)).toHaveLength(withoutAmount);
    }
  });

  it('lists every opportunity once, the largest expected value first', async () => {
    const items = await readAll({});
    expect(new Set(items.map(({ opportunityId }) => opportunityId)).size).toBe(items.length);
    expect(items.map(({ expected }) => cents(expected))).toEqual(items.map(({ expected }) => cents(expected)).toSorted((a, b) => b - a));
  });

  it('shows a rep their own opportunities, and a manager those of the team', async () => {
    const own = await read({ level: 'rep', key: 'ben', limit: '100' }, rep);
    expect(new Set(own.items.map(({ repId }) => String(repId)))).toEqual(new Set(['ben']));
    expect(own.visible).toEqual(own.existing);
    expect(own.hidden).toMatchObject({ opportunities: 0 });
    const team = await read({ level: 'team', key: 'north', limit: '100' }, manager);
    expect(new Set(team.items.map(({ repId }) => String(repId)))).toEqual(new Set(['anna', 'ben']));
  });

  it('counts apart what belongs to the node but to nobody whom the caller may see', async () => {
    await service.play({ id: 'strange', rep: 'zoe', began: 3, minor: 500_000, segment: 'large', steps: [{ what: 'need', after: 1 }] });
    const cora = { role: 'manager', subject: 'login-cora' } as const;
    const { existing, visible, hidden, items } = await read({ level: 'team', key: 'south', limit: '100' }, cora);
    expect(hidden.opportunities).toBe(1);
    expect(items.map((one) => String(one.opportunityId))).not.toContain('strange');
    expect(cents(visible.expected) + cents(hidden.expected)).toBe(cents(existing.expected));
    expect(sumOf(items)).toBe(cents(visible.expected));
  });

  it('shows nobody a node that they may not see', async () => {
    expect(await service.get('/forecasts/parts', { level: 'team', key: 'south' }, manager)).toMatchObject({ status: 404 });
    expect(await service.get('/forecasts/parts', {}, rep)).toMatchObject({ status: 404 });
    expect((await service.get('/forecasts/parts', {}, { role: 'finance', subject: 'f' })).status).toBe(403);
  });

  it('refuses a process and a milestone that do not exist', async () => {
    expect(await service.get('/forecasts/parts', { process: 'unheard-of' }, operations)).toMatchObject({ code: 'process-not-found' });
    expect(await service.get('/forecasts/parts', { milestone: 'unheard-of' }, operations)).toMatchObject({ code: 'milestone-not-found' });
  });

  it('answers 304 while no figure has changed', async () => {
    const first = await service.get('/forecasts/parts', {}, operations);
    service.move(60_000);
    const again = await service.call('GET /forecasts/parts', { ...operations, headers: { 'if-none-match': first.etag } });
    expect(again.status).toBe(304);
  });
});
