import { currency } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { expectedShare, isAhead } from './pace-figures.ts';

const euros = (amount: string) => ({ amount, currency: currency.parse('EUR') });
const pace = (expected: string, difference: string) => ({
  workingDays: { total: 20, elapsed: 5, left: 16 },
  expected: euros(expected),
  difference: euros(difference),
  requiredPerDay: null,
  projected: null,
});

describe('expectedShare', () => {
  it('is the share of the target that should be achieved by today', () => {
    expect(expectedShare({ pace: pace('25.00', '0.00'), target: euros('100.00') })).toBe(0.25);
  });

  it('is none without a pace, and without a target', () => {
    expect(expectedShare({ pace: null, target: euros('100.00') })).toBeUndefined();
    expect(expectedShare({ pace: pace('0.00', '0.00'), target: euros('0.00') })).toBeUndefined();
  });
});

it('whoever has achieved exactly what is expected is not behind', () => {
  expect([pace('1.00', '0.00'), pace('1.00', '-0.01'), pace('1.00', '0.01')].map(isAhead)).toEqual([true, false, true]);
});
