/** A stream of numbers in [0, 1) that is the same for the same seed (mulberry32). */
export type Random = () => number;

export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

export const pick = <T>(random: Random, from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];

/** A waiting time in days with the given mean; long waits are rare. */
export const waiting = (random: Random, meanDays: number): number => -Math.log(1 - random()) * meanDays;

/** An amount in whole hundreds around `typical`; a few are several times as large. */
export const orderValue = (random: Random, typical: number): number => {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(1, Math.round((typical * Math.exp(normal * 0.6)) / 100)) * 100;
};
