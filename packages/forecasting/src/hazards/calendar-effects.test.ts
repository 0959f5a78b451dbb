import { describe, expect, it } from 'vitest';
import { classFactors } from './calendar-effects.ts';

const month = (observed: number, of: number) => ({ observed, expected: 100, weight: 1, class: of, share: 1 });

describe('the pace of calendar classes', () => {
  it('is adopted if it repeats from one quarter to the next', () => {
    const [first = 0, second = 0, third = 0] = classFactors(
      [70, 100, 130, 72, 99, 128, 69, 101, 131].map((n, at) => month(n, at % 3)),
      3,
    );
    expect(first).toBeLessThan(0.78);
    expect(second).toBeCloseTo(1, 1);
    expect(third).toBeGreaterThan(1.22);
  });

  it('is adopted in part when it was seen once, and not at all within the usual scatter of months', () => {
    const [once = 0] = classFactors([month(50, 0), month(100, 1), month(150, 2)], 3);
    expect(once).toBeGreaterThan(0.5);
    expect(once).toBeLessThan(0.9);
    expect(Array.from(classFactors([month(95, 0), month(100, 1), month(106, 2)], 3))).toEqual([1, 1, 1]);
  });

  it('stays near 1 for a class of which only a silent weekend was seen', () => {
    const ended = [month(80, 0), month(125, 1), month(82, 0), month(121, 1)];
    const weekend = { observed: 0, expected: 7, weight: 1, class: 2, share: 2 / 30 };
    const [, , third = 0] = classFactors([...ended, weekend], 3);
    expect(third).toBeGreaterThan(0.97);
    expect(third).toBeLessThan(1.03);
  });

  it('changes hardly at all on the first days of a month of a class that was seen before', () => {
    const ended = [month(70, 0), month(130, 1), month(72, 0), month(128, 1)];
    const before = classFactors(ended, 3);
    const weekend = { observed: 0, expected: 7, weight: 1, class: 1, share: 2 / 30 };
    const after = classFactors([...ended, weekend], 3);
    expect(Math.abs((after[1] ?? 0) / (before[1] ?? 0) - 1)).toBeLessThan(0.03);
  });

  it('is 1 when only one class was seen', () => {
    expect(Array.from(classFactors([month(50, 0), month(60, 0)], 3))).toEqual([1, 1, 1]);
  });
});
