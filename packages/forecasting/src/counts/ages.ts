/**
 * Left edges of the bins of a dwell's age in whole days. Each bin is about half as wide again as the one before, with additional edges
 * around four months: opportunities that never close gather in the old bins, and a wide bin would mix them with those that still close.
 */
export const ageEdges = [0, 1, 3, 6, 10, 15, 22, 31, 46, 61, 76, 91, 106, 121, 136, 151, 181, 226, 271, 361, 541] as const;

/** From this age on the hazard no longer depends on the age. */
export const oldest = 541;

const binByAge = Array.from({ length: oldest + 1 }, (_, age) => ageEdges.findLastIndex((edge) => edge <= age));

/** The bin of an age of 0 or more whole days. */
export const ageBin = (age: number): number => binByAge[Math.min(age, oldest)] ?? 0;

/** The days of ages `from` to `until` (included) that fall into each bin, as [bin, days] with days > 0. */
export const ageSplit = (from: number, until: number): readonly (readonly [bin: number, days: number])[] => {
  const parts: [number, number][] = [];
  for (let bin = ageBin(from), low = from; low <= until; bin += 1) {
    const high = Math.min(until, (ageEdges[bin + 1] ?? Number.POSITIVE_INFINITY) - 1);
    parts.push([bin, high - low + 1]);
    low = high + 1;
  }
  return parts;
};
