import { day } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { periodRows } from './period-rows.ts';

const period = (kind: 'month' | 'quarter' | 'year' | 'week', label: string, from: string, until: string) => ({
  kind,
  label,
  from: day.parse(from),
  until: day.parse(until),
});
const year = period('year', 'FY2026', '2026-01-01', '2026-07-01');
const quarters = [period('quarter', 'Q1', '2026-01-01', '2026-04-01'), period('quarter', 'Q2', '2026-04-01', '2026-07-01')];
const months = ['01', '02', '03', '04', '05', '06'].map((month, index) =>
  period('month', `2026-${month}`, `2026-${month}-01`, `2026-0${index + 2}-01`),
);
const calendar = {
  inForce: { kind: 'months' as const, startMonth: 1 },
  current: {
    week: period('week', 'W08', '2026-02-16', '2026-02-23'),
    month: period('month', '2026-02', '2026-02-01', '2026-03-01'),
    quarter: period('quarter', 'Q1', '2026-01-01', '2026-04-01'),
    year,
  },
  quarters,
  months,
};
const shown = (open: readonly string[]) =>
  periodRows(calendar, '2026-02-20', open).map(({ period: { label }, depth }) => `${depth} ${label}`);

describe('periodRows', () => {
  it('shows the year and its quarters, and the months of those that are open', () => {
    expect(shown([])).toEqual(['0 FY2026', '1 Q1', '1 Q2']);
    expect(shown(['Q2'])).toEqual(['0 FY2026', '1 Q1', '1 Q2', '2 2026-04', '2 2026-05', '2 2026-06']);
  });

  it('marks the periods of today, and those that have not begun', () => {
    const rows = periodRows(calendar, '2026-02-20', ['Q1']);
    expect(rows.filter(({ isCurrent }) => isCurrent).map(({ period: { label } }) => label)).toEqual(['FY2026', 'Q1', '2026-02']);
    expect(rows.filter(({ isAhead }) => isAhead).map(({ period: { label } }) => label)).toEqual(['2026-03', 'Q2']);
  });

  it('can be unfolded at quarters only', () => {
    expect(periodRows(calendar, '2026-02-20', ['Q1']).map(({ isOpen }) => isOpen)).toEqual([
      undefined,
      true,
      undefined,
      undefined,
      undefined,
      false,
    ]);
  });
});
