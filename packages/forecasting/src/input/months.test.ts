import { addDays, day, daysBetween } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilOf, dayNumberOf, firstDayOf, monthOf } from './months.ts';

const epoch = day.parse('1970-01-01');

describe('day numbers', () => {
  it('agree with the kernel’s calendar over four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -70_000, max: 90_000 }), (number) => {
        const { year, month, dayOfMonth } = civilOf(number);
        const text = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
        expect(text).toBe(addDays(epoch, number));
        expect(dayNumberOf(year, month, dayOfMonth)).toBe(number);
        expect(daysBetween(epoch, day.parse(text))).toBe(number);
      }),
    );
  });

  it('belong to exactly one month each', () => {
    fc.assert(
      fc.property(fc.integer({ min: -70_000, max: 90_000 }), (number) => {
        const month = monthOf(number);
        expect(firstDayOf(month)).toBeLessThanOrEqual(number);
        expect(firstDayOf(month + 1)).toBeGreaterThan(number);
        expect(civilOf(firstDayOf(month)).dayOfMonth).toBe(1);
      }),
    );
  });
});
