import { addMillis, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { alwaysValidP, compareWordings, type Trial } from './wording-test.ts';

/** The same numbers for the same seed, 0 to 1 (mulberry32). */
const numbers = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
const pairs = (count: number, [rateA, rateB]: readonly [number, number], seed: number) => {
  const next = numbers(seed);
  return Array.from({ length: count }, () => [next() < rateA, next() < rateB] as const);
};
/** Of so many experiments, the share that was called decided at some time; `alwaysValidP` keeps the smallest value of all timers. */
const shareDecided = (rates: readonly [number, number], count: number): number => {
  const experiments = Array.from({ length: 1000 }, (_, seed) => alwaysValidP(pairs(count, rates, seed + 1)));
  return experiments.filter((p) => p <= 0.05).length / experiments.length;
};

const start = toInstant('2026-03-02T09:00:00Z');
const dayMillis = 86_400_000;
const trial = (variant: 'a' | 'b', day: number, answerAfterDays: number | null): Trial => ({
  variant,
  startedAt: addMillis(start, day * dayMillis),
  answeredAt: answerAfterDays === null ? null : addMillis(start, (day + answerAfterDays) * dayMillis),
});

describe('the comparison of wordings', () => {
  it.each([0.02, 0.1, 0.5])(
    'errs in fewer than one of twenty experiments on equal wordings with rate %s, even if it is read after every pair',
    (rate) => {
      expect(shareDecided([rate, rate], 400)).toBeLessThanOrEqual(0.05);
    },
  );

  it('finds a wording that is answered twice as often', () => {
    expect(shareDecided([0.1, 0.2], 800)).toBeGreaterThan(0.8);
  });

  it('never becomes less certain when it is read again', () => {
    const all = pairs(300, [0.1, 0.3], 7);
    const timers = [50, 100, 200, 300].map((count) => alwaysValidP(all.slice(0, count)));
    expect(timers.toSorted((a, b) => b - a)).toEqual(timers);
    expect(alwaysValidP([])).toBe(1);
  });

  it('counts only leads whose time is over, and only answers within that time', () => {
    const trials = [trial('a', 0, 3), trial('a', 1, 20), trial('b', 0, null), trial('b', 30, 1)];
    expect(compareWordings(trials, 14, addMillis(start, 40 * dayMillis))).toMatchObject({
      a: { leads: 2, answered: 1 },
      b: { leads: 1, answered: 0 },
      pairs: 1,
      verdict: 'not-decided',
    });
  });

  it('names the better wording once it is certain', () => {
    const trials = Array.from({ length: 200 }, (_, day) => [
      trial('a', day, day % 10 === 0 ? 1 : null),
      trial('b', day, day % 2 === 0 ? 1 : null),
    ]).flat();
    expect(compareWordings(trials, 14, addMillis(start, 400 * dayMillis)).verdict).toBe('b-is-better');
  });
});
