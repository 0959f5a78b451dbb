import { currency } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { scaleOf, waterfallOf } from './waterfall.ts';

const euros = (amount: string) => ({ amount, currency: currency.parse('EUR') });
const nothing = euros('0.00');
const parts = {
  won: euros('300.00'),
  lost: euros('-120.50'),
  milestoneMoves: nothing,
  ageing: euros('-9.50'),
  amended: nothing,
  new: euros('30.00'),
  recalibration: nothing,
};

describe('waterfallOf', () => {
  it('begins each part where the one before has ended, and arrives at the present figure', () => {
    const steps = waterfallOf({ before: euros('1000.00'), parts }, euros('1200.00'));
    expect(steps.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['before', 0, 1000],
      ['won', 1000, 1300],
      ['lost', 1300, 1179.5],
      ['milestoneMoves', 1179.5, 1179.5],
      ['ageing', 1179.5, 1170],
      ['amended', 1170, 1170],
      ['new', 1170, 1200],
      ['recalibration', 1200, 1200],
      ['now', 0, 1200],
    ]);
  });

  it('shows small parts of a large figure by a scale that does not begin at zero', () => {
    const { lowest, highest } = scaleOf(waterfallOf({ before: euros('100000.00'), parts }, euros('100200.00')));
    expect(lowest).toBeGreaterThan(99000);
    expect(highest).toBeLessThan(101000);
  });

  it('begins at zero where the parts are as large as the figure', () => {
    expect(scaleOf(waterfallOf({ before: euros('100.00'), parts }, euros('300.00'))).lowest).toBe(0);
  });
});
