import { day } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../pipeline-view/domain/company-days.ts';
import { monthOf } from '@meilenstein/forecasting/input/months';
import { netOrdersByNode } from '../../pipeline-view/domain/net-orders.ts';
import { endedWindows, runRateOf } from './baselines.ts';

const calendar = { kind: 'months', startMonth: 1 } as const;
const november = { kind: 'month', label: '2026-11', from: day.parse('2026-11-01'), until: day.parse('2026-12-01') } as const;
const cell = { processId: 'p', segment: '', teamId: 'north', ownerId: 'ben' };
const won = (on: string, minor: number) => ({
  key: { kind: 'outcomes' as const, month: monthOf(dayNumber(day.parse(on))), cell },
  counts: { [`w${Number(on.slice(8))}`]: 1, [`v${Number(on.slice(8))}`]: minor },
});
const company = { level: 'total', key: '' } as const;

describe('the run-rate', () => {
  it('uses only windows that begin on or after the day of the first fact, newest first', () => {
    const labels = (first: string) => endedWindows(calendar, november, day.parse(first), 6).map((one) => one.label);
    expect(labels('2026-08-01')).toEqual(['2026-10', '2026-09', '2026-08']);
    expect(labels('2026-08-02')).toEqual(['2026-10', '2026-09']);
    expect(endedWindows(calendar, november, undefined, 6)).toEqual([]);
  });

  it('is the mean of the last six ended windows, for every node', () => {
    const counters = [won('2026-08-05', 100), won('2026-09-30', 200), won('2026-10-31', 600), won('2026-11-01', 9_000)];
    const netOrders = netOrdersByNode(counters, [{ key: 'all', teamIds: ['north', 'south'] }]);
    const ended = endedWindows(calendar, november, day.parse('2026-08-01'), 6);
    expect(runRateOf(netOrders, company, ended)).toBe(300);
    expect(runRateOf(netOrders, { level: 'team', key: 'all' }, ended)).toBe(300);
    expect(runRateOf(netOrders, { level: 'owner', key: 'nobody' }, ended)).toBe(0);
    expect(runRateOf(netOrders, company, [])).toBeNull();
  });
});
