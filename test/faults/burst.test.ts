import { describe, expect, it } from 'vitest';
import { burst } from './burst.ts';

describe('a burst of submissions while everything fails', () => {
  // A long one that meets rare coincidences, and short ones with other mixtures of trouble. `npm run burst` runs 50,000.
  it.each([
    [2026, 1200],
    [29, 300],
    [31, 300],
    [44, 300],
  ])(
    'of seed %i, %i submissions: nothing acknowledged is missing, nothing is there twice, and who was erased is gone',
    async (seed, submissions) => {
      const { faults, acknowledged, repeats, kills, erasures } = await burst({ seed, submissions });
      expect(faults).toEqual([]);
      expect(acknowledged).toBe(submissions);
      expect(erasures).toBeGreaterThan(0);
      expect(repeats + kills).toBeGreaterThan(submissions / 50);
    },
    60_000,
  );

  it('is the same for the same seed', async () => {
    const [one, other] = [await burst({ seed: 7, submissions: 150 }), await burst({ seed: 7, submissions: 150 })];
    expect([one.kills, one.repeats, [...one.deadLetters]]).toEqual([other.kills, other.repeats, [...other.deadLetters]]);
    expect(one.table.dump().length).toBe(other.table.dump().length);
  });
});
