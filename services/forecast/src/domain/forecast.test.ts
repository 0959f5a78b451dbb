import { day, toInstant, type FiscalCalendar } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventMoney } from '@meilenstein/contracts';
import { company } from '../example-history.ts';
import type { Facts, OpenOpportunity } from './facts.ts';
import { forecastOf } from './forecast.ts';
import { endedWindows, questionAt, settingsOf, valueOf } from './question.ts';

const settings = settingsOf(company);
const at = toInstant('2026-11-28T12:00:00Z');
const asked = (level: 'company' | 'team' | 'rep', key: string, kind: 'month' | 'quarter' = 'month') => {
  if (settings === undefined) throw new Error('the example company has settings');
  return questionAt(company, settings, { level, key }, { kind, at });
};

const processes = [{ processId: 'standard', version: 1, milestoneIds: ['need', 'offer', 'order'] }];
const flow = { processId: 'standard', entries: 0, days: 0, won: 0, lost: 0, to: {} };
const nothing: Facts = { processes, flow: [], arrivals: [], orders: [], open: [], booked: [], recordedUntil: null };
const open = (about: Partial<OpenOpportunity>): OpenOpportunity => ({
  teamId: 'north',
  repId: 'ben',
  processId: 'standard',
  processVersion: 1,
  milestoneId: 'offer',
  value: 60_000,
  ...about,
});

describe('a forecast', () => {
  it('is nothing where nothing is known', () => {
    expect(forecastOf(nothing, asked('company', 'company'))).toEqual({
      mean: 0,
      p10: 0,
      p50: 0,
      p90: 0,
      booked: 0,
      existing: { total: 0, byMilestone: [] },
      future: 0,
      enoughFacts: false,
      basis: { wins: 0, endedWindows: 0, recordedUntil: null },
    });
  });

  it('is booked plus existing plus future, computed by hand', () => {
    const facts: Facts = {
      ...nothing,
      // half of the stays end on any day, all with an order; on 28 November three days remain
      flow: [
        { ...flow, milestoneId: 'offer', won: 40, days: 40 },
        { ...flow, milestoneId: null, entries: 40, to: { order: 40 }, days: 40 },
      ],
      arrivals: [{ teamId: 'north', repId: 'ben', day: day.parse('2026-11-18'), count: 20 }],
      orders: [{ teamId: 'north', repId: 'ben', wins: 4, minor: 40_000, squares: 400_000_000n }],
      open: [open({}), open({ value: null })],
      booked: [
        { teamId: 'north', repId: 'ben', minor: 7_000 },
        { teamId: 'north', repId: 'ben', minor: -2_000 },
      ],
    };
    const figures = forecastOf(facts, asked('rep', 'ben'));
    expect(figures.booked).toBe(5_000);
    // 7/8 of 60,000 and of the mean order 10,000
    expect(figures.existing).toEqual({
      total: 61_250,
      byMilestone: [{ processId: 'standard', milestoneId: 'offer', opportunities: 2, withoutAmount: 1, expected: 61_250 }],
    });
    // two a day since ten days; 7/8 + 3/4 + 1/2 of those that come today, tomorrow and after
    expect(figures.future).toBe(2 * 2.125 * 10_000);
    expect(figures.mean).toBe(5_000 + 61_250 + 42_500);
    expect(figures.basis.wins).toBe(4);
  });

  it('says that the facts are few until 20 wins and three ended windows', () => {
    const orders = (wins: number) => [{ teamId: 'north', repId: 'ben', wins, minor: wins, squares: BigInt(wins) }];
    const since = (text: string) => [{ teamId: 'north', repId: 'ben', day: day.parse(text), count: 1 }];
    const enough = (wins: number, first: string) =>
      forecastOf({ ...nothing, orders: orders(wins), arrivals: since(first) }, asked('company', 'company')).enoughFacts;
    expect(enough(20, '2026-08-01')).toBe(true);
    expect(enough(19, '2026-08-01')).toBe(false);
    expect(enough(20, '2026-08-02')).toBe(false);
  });

  const reps = [
    ['north', 'anna'],
    ['north', 'ben'],
    ['south', 'cora'],
    ['south', 'dirk'],
  ] as const;
  const cell = fc.constantFrom(...reps).map(([teamId, repId]) => ({ teamId, repId }));
  const count = fc.nat({ max: 60 });
  const flows = fc
    .tuple(
      ...[null, 'need', 'offer'].map((milestoneId) =>
        fc
          .record({ days: fc.nat({ max: 900 }), won: count, lost: count })
          .map((ended) => ({ ...flow, ...ended, milestoneId, entries: 10 })),
      ),
    )
    .map((list) => [...list]);
  const anyFacts: fc.Arbitrary<Facts> = fc.record({
    processes: fc.constant(processes),
    flow: flows,
    arrivals: fc.array(
      fc
        .tuple(cell, fc.integer({ min: 1, max: 28 }), count)
        .map(([who, n, some]) => ({ ...who, day: day.parse(`2026-10-${String(n).padStart(2, '0')}`), count: some })),
    ),
    orders: fc.array(
      fc.tuple(cell, fc.nat({ max: 999_999 })).map(([who, minor]) => ({ ...who, wins: 1, minor, squares: BigInt(minor) ** 2n })),
    ),
    open: fc.array(
      fc
        .tuple(cell, fc.constantFrom(null, 'need', 'offer', 'order'), fc.option(fc.nat({ max: 999_999 })))
        .map(([who, milestoneId, value]) => open({ ...who, milestoneId, value })),
    ),
    booked: fc.array(fc.tuple(cell, fc.integer({ min: -5_000, max: 900_000 })).map(([who, minor]) => ({ ...who, minor }))),
    recordedUntil: fc.constant(null),
  });

  it('adds up: reps, teams and company, part by part, to the minor unit', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom('month', 'quarter'), (facts, kind) => {
        const whole = forecastOf(facts, asked('company', 'company', kind));
        const teams = ['north', 'south'].map((key) => forecastOf(facts, asked('team', key, kind)));
        const people = reps.map(([, key]) => forecastOf(facts, asked('rep', key, kind)));
        expect(whole.mean).toBe(whole.booked + whole.existing.total + whole.future);
        for (const part of [teams, people]) {
          expect(part.reduce((sum, one) => sum + one.mean, 0)).toBe(whole.mean);
          expect(part.reduce((sum, one) => sum + one.booked, 0)).toBe(whole.booked);
          expect(part.reduce((sum, one) => sum + one.existing.total, 0)).toBe(whole.existing.total);
          expect(part.reduce((sum, one) => sum + one.future, 0)).toBe(whole.future);
        }
        expect(whole.existing.byMilestone.reduce((sum, one) => sum + one.expected, 0)).toBe(whole.existing.total);
      }),
    );
  });

  it('has its quantiles in order, none below what is booked', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...reps.map(([, key]) => key)), (facts, key) => {
        const { booked, p10, p50, p90 } = forecastOf(facts, asked('rep', key));
        expect([booked, p10, p50, p90]).toEqual([booked, p10, p50, p90].toSorted((a, b) => a - b));
      }),
    );
  });

  it('has the same parts whatever the order of the facts', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const turned: Facts = {
          ...facts,
          open: facts.open.toReversed(),
          arrivals: facts.arrivals.toReversed(),
          orders: facts.orders.toReversed(),
        };
        const [a, b] = [forecastOf(facts, asked('company', 'company')), forecastOf(turned, asked('company', 'company'))];
        expect({ ...b, p10: 0, p50: 0, p90: 0 }).toEqual({ ...a, p10: 0, p50: 0, p90: 0 });
      }),
    );
  });
});

describe('what a forecast is asked', () => {
  it('is about the fiscal month and quarter of the company’s own day', () => {
    if (settings === undefined) throw new Error('the example company has settings');
    // half past eleven at night in London is the next month in Berlin
    const late = toInstant('2026-11-30T23:30:00Z');
    const { window, today } = questionAt(company, settings, { level: 'company', key: 'company' }, { kind: 'month', at: late });
    expect([today, window.label, window.until]).toEqual(['2026-12-01', '2026-12', '2027-01-01']);
    expect(asked('company', 'company', 'quarter').window.label).toBe('FY2026-Q4');
  });

  it('counts only windows that lie wholly after the first fact', () => {
    const calendar: FiscalCalendar = { kind: 'months', startMonth: 1 };
    const question = { ...asked('company', 'company', 'quarter'), calendar };
    expect(endedWindows(question, day.parse('2026-01-01'))).toBe(3);
    expect(endedWindows(question, day.parse('2026-01-02'))).toBe(2);
    expect(endedWindows(question, undefined)).toBe(0);
  });

  it('values an amount at the rate of the day, and says nothing where there is no rate', () => {
    const today = day.parse('2026-11-10');
    const [usd, gbp] = [
      { minor: 1000, currency: 'USD' },
      { minor: 1000, currency: 'GBP' },
    ].map((amount) => eventMoney.parse(amount));
    expect(valueOf(usd ?? null, company, today)).toBe(500);
    expect(valueOf(gbp ?? null, company, today)).toBeNull();
    expect(valueOf(null, company, today)).toBeNull();
  });
});
