import { currency, day, teamId, type Period } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workingDaysIn } from '../../organisation/domain/working-days.ts';
import { daysWithin, paceOf, type MonthOfPace } from './pace.ts';

const euro = currency.parse('EUR');
const on = (text: string) => day.parse(text);
const month = (label: string, from: string, until: string, target: number): MonthOfPace => {
  const period: Period = { kind: 'month', label, from: on(from), until: on(until) };
  return { month: period, target, workingDays: workingDaysIn({ holidays: { DE: [on('2026-12-25')] } }, period) };
};
const [october, november, december] = [
  month('2026-10', '2026-10-01', '2026-11-01', 220_000),
  month('2026-11', '2026-11-01', '2026-12-01', 210_000),
  month('2026-12', '2026-12-01', '2027-01-01', 220_000),
];
const running = (months: readonly MonthOfPace[], today: string, achieved: number) => ({
  period: {
    kind: 'quarter',
    label: 'x',
    from: months[0]?.month.from ?? on(today),
    until: months.at(-1)?.month.until ?? on(today),
  } as const,
  today: on(today),
  achieved,
  currency: euro,
});

describe('paceOf', () => {
  it('expects the share of the month’s target that its working days up to today make up', () => {
    expect(paceOf([december], running([december], '2026-12-08', 50_000))).toEqual({
      workingDays: { total: 22, elapsed: 6, left: 17 },
      expected: 60_000,
      difference: -10_000,
      requiredPerDay: 10_000,
      projected: 183_333,
    });
  });

  it('expects all of the months that have ended, and nothing more on a weekend', () => {
    const friday = paceOf([october, november, december], running([october, november, december], '2026-12-04', 430_000));
    const sunday = paceOf([october, november, december], running([october, november, december], '2026-12-06', 430_000));
    expect(friday?.expected).toBe(470_000);
    expect(sunday).toMatchObject({ expected: 470_000, difference: -40_000, workingDays: { elapsed: 47, left: 18 } });
  });

  it('requires nothing once the target is reached, and no figure a day when no working day is left', () => {
    expect(paceOf([december], running([december], '2026-12-08', 300_000))?.requiredPerDay).toBe(0);
    const early = month('2026-10', '2026-10-01', '2026-11-01', 220_000);
    expect(paceOf([early], running([early], '2026-10-31', 1_000))).toMatchObject({ requiredPerDay: null, expected: 220_000 });
  });

  it('projects nothing before the fifth working day', () => {
    const [fourth, fifth] = ['2026-12-04', '2026-12-07'].map((today) => paceOf([december], running([december], today, 10_000)));
    expect([fourth?.projected, fifth?.projected]).toEqual([null, 44_000]);
    const may = month('2027-05', '2027-05-01', '2027-06-01', 210_000);
    expect(paceOf([may], running([may], '2027-05-02', 5_000))).toMatchObject({ expected: 0, projected: null, difference: 5_000 });
  });

  it('projects no figure that is larger than any amount', () => {
    const huge = month('2026-12', '2026-12-01', '2027-01-01', 9_000_000_000_000_000);
    const tiny = [month('2026-11', '2026-11-01', '2026-12-01', 1), { ...huge, workingDays: huge.workingDays.slice(8) }];
    expect(paceOf(tiny, running(tiny, '2026-12-08', 9_000_000_000_000))).toMatchObject({ expected: 1, projected: null });
  });

  it('has no pace outside of the period, and without a target', () => {
    expect(paceOf([december], running([december], '2027-01-01', 0))).toBeNull();
    expect(paceOf([december], running([december], '2026-11-30', 0))).toBeNull();
    expect(paceOf([{ ...december, target: 0 }], running([december], '2026-12-08', 0))).toBeNull();
  });

  it('never expects less on a later day, nor more than the target', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.integer({ min: 1, max: 30 }), (target, date) => {
        const of = (one: number) =>
          paceOf([{ ...december, target }], running([december], `2026-12-${String(one).padStart(2, '0')}`, 0))?.expected ?? 0;
        expect(of(date + 1)).toBeGreaterThanOrEqual(of(date));
        expect(of(31)).toBe(target);
      }),
    );
  });
});

describe('daysWithin', () => {
  it('counts the days on which a rep is a member, and all of them for others', () => {
    const joined = [{ teamId: teamId.parse('north'), from: on('2026-12-21'), until: null }];
    expect(daysWithin(december.workingDays, joined)).toHaveLength(8);
    expect(daysWithin(december.workingDays, undefined)).toHaveLength(22);
  });
});
