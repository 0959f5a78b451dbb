/** `reached` of `entries`. */
export type Count = { readonly entries: number; readonly reached: number };

// Natural logarithms of n!, kept because one test needs many.
const factorials: number[] = [0];
const logFactorial = (n: number): number => {
  for (let next = factorials.length; next <= n; next += 1) factorials.push((factorials[next - 1] ?? 0) + Math.log(next));
  return factorials[n] ?? 0;
};
const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/**
 * The chance that as few as observed, or fewer, go on if both groups have the same conversion: Fisher's exact one-sided test of two
 * proportions. It is also exact for small counts and small chances, where the normal approximation fails.
 */
export const chanceOfSuchADrop = (observed: Count, reference: Count): number => {
  const all = observed.entries + reference.entries;
  const onward = observed.reached + reference.reached;
  const total = logChoose(all, onward);
  const fewest = Math.max(0, onward - reference.entries);
  let chance = 0;
  for (let reached = observed.reached; reached >= fewest; reached -= 1) {
    const term = Math.exp(logChoose(observed.entries, reached) + logChoose(reference.entries, onward - reached) - total);
    chance += term;
    if (term < chance * 1e-15) break;
  }
  return Math.min(1, chance);
};

const z95 = 1.959964;

/** Two-sided 95 % bounds of a share (Wilson); undefined without entries. */
export const boundsOfShare = ({ entries, reached }: Count): { readonly low: number; readonly high: number } | undefined => {
  if (entries === 0) return undefined;
  const share = reached / entries;
  const spread = z95 ** 2 / entries;
  const centre = (share + spread / 2) / (1 + spread);
  const half = Math.sqrt((share * (1 - share) * z95 ** 2) / entries + spread ** 2 / 4) / (1 + spread);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
};
