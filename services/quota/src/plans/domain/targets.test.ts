import { targetOf, type TargetsFact } from '@meilenstein/contracts';
import { currency, day, periodNamed, planId, toInstant, type Decision, type FiscalCalendar } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { evolveTargets, holds, noTargets, setTargets, standing, takeBack, withdrawTargets, type Targets } from './targets.ts';

const calendar: FiscalCalendar = { kind: 'months', startMonth: 1 };
const place = (fiscalYear: number) => ({ node: { level: 'rep' as const, key: 'ann' }, measure: 'revenue' as const, fiscalYear });
const set = (planVersion: number, month: number, { from = '2026-01-01', fiscalYear = 2026 } = {}) => ({
  ...place(fiscalYear),
  planId: planId.parse('p'),
  planVersion,
  currency: currency.parse('EUR'),
  effectiveFrom: day.parse(from),
  months: Array.from({ length: 12 }, () => month),
});
const from = (planVersion: number, effectiveFrom: string) => ({ planVersion, effectiveFrom: day.parse(effectiveFrom) });

const times = { occurredAt: toInstant('2026-01-01T00:00:00Z'), recordedAt: toInstant('2026-01-01T00:00:00Z') };
const after = (targets: Targets, decision: Decision<TargetsFact, never>): Targets =>
  'refused' in decision ? targets : decision.events.reduce((before, fact) => evolveTargets(before, { ...fact, ...times }), targets);
const yearOf = ({ versions }: Pick<Targets, 'versions'>, fiscalYear = 2026): number | null => {
  const period = periodNamed(calendar, `FY${fiscalYear}`);
  return period === undefined ? null : targetOf(versions, calendar, period);
};

const published = after(noTargets, setTargets(noTargets, set(1, 10)));

describe('the targets of a node', () => {
  it('of one version of a plan are what was said last, whatever day was named before', () => {
    const once = after(published, setTargets(published, set(2, 50, { from: '2026-07-01' })));
    const again = after(once, setTargets(once, set(2, 20)));
    expect(yearOf(again)).toBe(240);
    expect(yearOf({ versions: [...published.versions, set(2, 50, { from: '2026-07-01' }), set(2, 20)] })).toBe(240);
  });

  it('stand as the published version has them until the next one is there', () => {
    const next = after(published, setTargets(published, set(2, 50)));
    expect(standing(next, 1)?.months[0]).toBe(10);
    expect(standing(next, 2)?.months[0]).toBe(50);
    const left = after(published, withdrawTargets(published, from(2, '2026-07-01')));
    expect(standing(left, 1)?.months[0]).toBe(10);
    expect(standing(left, 2)).toBeUndefined();
  });

  it('are as before after the next version is taken back, and hold the keys of before', () => {
    for (const decision of [
      setTargets(published, set(2, 50)),
      setTargets(published, set(2, 50, { fiscalYear: 2027 })),
      withdrawTargets(published, from(2, '2026-07-01')),
    ]) {
      const next = after(published, decision);
      const back = after(next, takeBack(next, 2));
      expect([yearOf(back), yearOf(back, 2027)]).toEqual([120, null]);
      expect([holds(back, place(2026)), holds(back, place(2027))]).toEqual([true, false]);
    }
    expect(takeBack(published, 2)).toEqual({ events: [] });
  });

  it('ask for a key for each year that they begin, and give it back when the year is taken back or left out', () => {
    const key = (fiscalYear: number) => ({ kind: 'target', value: `revenue ${fiscalYear} rep:ann` });
    expect(setTargets(noTargets, set(1, 10))).toMatchObject({ claims: [key(2026)], releases: [] });
    expect(setTargets(published, set(2, 50))).toMatchObject({ claims: [], releases: [] });
    const next = after(published, setTargets(published, set(2, 50, { fiscalYear: 2027 })));
    expect(setTargets(next, set(2, 30))).toMatchObject({ claims: [], releases: [key(2027)] });
    expect(withdrawTargets(published, from(2, '2026-07-01'))).toMatchObject({ claims: [], releases: [key(2026)] });
  });

  it('that were withdrawn are not withdrawn again', () => {
    const left = after(published, withdrawTargets(published, from(2, '2026-07-01')));
    expect(withdrawTargets(left, from(3, '2026-09-01'))).toEqual({ events: [] });
  });
});
