import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Open } from './hurdle-gamma.ts';
import { coherentInterval, type Rest } from './coherent-interval.ts';

const nothing: Rest = { whole: { mean: 0, variance: 0, intensity: 0 }, less: [] };
const positive = fc.double({ min: 1, max: 1e9, noNaN: true });
const open: fc.Arbitrary<Open> = fc.record({
  mean: positive,
  variance: positive.map((root) => root ** 2),
  // sevenths: exp of none of them is .1, .5 or .9, where a quantile jumps
  intensity: fc.integer({ min: 1, max: 280 }).map((sevenths) => sevenths / 7),
});
const rest: fc.Arbitrary<Rest> = fc.record({ whole: open, less: fc.array(open, { maxLength: 4 }) });
const order = fc.record({
  chance: fc.double({ min: 0.001, max: 0.98, noNaN: true }),
  value: fc.double({ min: 1, max: 1e13, noNaN: true }),
});
const orders = fc.array(order, { maxLength: 6 }).map((all) => all.toSorted((a, b) => b.value - a.value));

describe('an interval beside outsized opportunities', () => {
  it('contains the amount when it is likelier than the quantile, and 0 when it is not', () => {
    const interval = (chance: number) => coherentInterval(nothing, [{ chance, value: 1000 }]).map(Math.round);
    expect(interval(0.05)).toEqual([0, 0, 0]);
    expect(interval(0.3)).toEqual([0, 0, 1000]);
    expect(interval(0.6)).toEqual([0, 1000, 1000]);
    expect(interval(0.95)).toEqual([1000, 1000, 1000]);
  });

  it('combines two chances of one half: one order in half of all cases, both in a quarter', () => {
    const two = [700, 300].map((value) => ({ chance: 0.5, value }));
    expect(coherentInterval(nothing, two).map(Math.round)).toEqual([0, 300, 1000]);
  });

  it('is the interval of the rest, shifted by an amount that is almost certain', () => {
    const whole = { mean: 10, variance: 100, intensity: 60 };
    const alone = coherentInterval({ whole, less: [] }, []);
    const moved = coherentInterval({ whole, less: [] }, [{ chance: 1 - 1e-12, value: 500 }]);
    moved.forEach((quantile, n) => expect(quantile).toBeCloseTo(500 + (alone[n] ?? 0), 1));
  });

  it('is not below the interval of one of its parts, even if the whole has a narrower spread', () => {
    // 0 with a chance of 0.896, otherwise one amount
    const part = { mean: 270, variance: 3.6e5, intensity: 0.1096 };
    const whole = { mean: 270, variance: 3.6e5, intensity: 0.1171 };
    const [alone, both] = [coherentInterval({ whole: part, less: [] }, []), coherentInterval({ whole, less: [part] }, [])];
    expect(alone[2]).toBeGreaterThan(coherentInterval({ whole, less: [] }, [])[2] ?? Infinity);
    expect(both[2]).toBe(alone[2]);
  });

  it('is ordered, and one more outsized opportunity lowers no quantile', () => {
    fc.assert(
      fc.property(rest, orders, order, (some, all, more) => {
        const before = coherentInterval(some, all);
        const after = coherentInterval(
          some,
          [...all, more].toSorted((a, b) => b.value - a.value),
        );
        expect(after).toEqual(after.toSorted((a, b) => a - b));
        after.forEach((quantile, n) => expect(quantile).toBeGreaterThanOrEqual((before[n] ?? 0) * (1 - 1e-9) - 0.02));
      }),
    );
  });

  it('is never below the interval of any part of the rest, to a hundredth of a minor unit', () => {
    fc.assert(
      fc.property(rest, (some) => {
        const all = coherentInterval(some, []);
        for (const part of some.less)
          coherentInterval({ whole: part, less: [] }, []).forEach((quantile, n) =>
            expect(all[n] ?? 0).toBeGreaterThanOrEqual(quantile * (1 - 1e-6) - 0.01),
          );
      }),
    );
  });
});
