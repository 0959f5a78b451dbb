/** `reached` of `entries`. */
export type Count = { readonly entries: number; readonly reached: number };

// Natural logarithm of n!, kept because a test asks for many.
const factorials: number[] = [0];
const logFactorial = (n: number): number => {
  for (let next = factorials.length; next <= n; next += 1) factorials.push((factorials[next - 1] ?? 0) + Math.log(next));
  return factorials[n] ?? 0;
};
const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/**
 * The chance that, if both had the same conversion, as few as observed or fewer went on: Fisher's exact one-sided test of two
 * proportions. It holds its promise for small numbers and small chances too, where the normal approximation does not.
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

/** Two-sided 95 % bounds of a share (Wilson); undefined for nobody. */
export const boundsOfShare = ({ entries, reached }: Count): { readonly low: number; readonly high: number } | undefined => {
  if (entries === 0) return undefined;
  const share = reached / entries;
  const spread = z95 ** 2 / entries;
  const centre = (share + spread / 2) / (1 + spread);
  const half = Math.sqrt((share * (1 - share) * z95 ** 2) / entries + spread ** 2 / 4) / (1 + spread);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
};
