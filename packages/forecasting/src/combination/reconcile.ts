/**
 * Splits whole minor units in proportion to weights, largest remainders first, ties to the earlier: the parts sum to the total exactly.
 * A faster version of the kernel's exact split, for very many parts of a figure that is an estimate anyway. Weights must not be negative.
 */
export const splitEstimate = (total: number, weights: Float64Array): Float64Array => {
  const sum = weights.reduce((all, one) => all + one, 0);
  const parts = new Float64Array(weights.length);
  if (sum <= 0 || total <= 0) return parts;
  const rests = new Float64Array(weights.length);
  let missing = total;
  weights.forEach((weight, index) => {
    const ideal = (total * weight) / sum;
    const whole = Math.floor(ideal);
    parts[index] = whole;
    rests[index] = ideal - whole;
    missing -= whole;
  });
  const byRest = Array.from(weights.keys())
    .filter((index) => (weights[index] ?? 0) > 0)
    .toSorted((a, b) => (rests[b] ?? 0) - (rests[a] ?? 0) || a - b);
  // rounding of doubles may leave too many units as well as too few
  for (let n = 0; missing !== 0 && byRest.length > 0; n += 1) {
    const step = Math.sign(missing);
    const index = step > 0 ? byRest[n % byRest.length] : byRest[byRest.length - 1 - (n % byRest.length)];
    if (index === undefined || (parts[index] ?? 0) + step < 0) continue;
    parts[index] = (parts[index] ?? 0) + step;
    missing -= step;
  }
  return parts;
};

/** The weight of recently won amounts in a cell's share; the rest is the weight of the flow. */
export const recentWeight = 0.4;

/** Each cell's share of the whole, from the flow and from recently won amounts. Where one of them is 0 everywhere, the other decides alone. */
export const blendShares = (flow: Float64Array, recent: Float64Array): Float64Array => {
  const [ofFlow, ofRecent] = [flow, recent].map((values) => values.reduce((sum, one) => sum + one, 0));
  if (ofFlow === undefined || ofRecent === undefined || ofRecent <= 0) return flow;
  if (ofFlow <= 0) return recent;
  return flow.map((mean, cell) => ((1 - recentWeight) * mean) / ofFlow + (recentWeight * (recent[cell] ?? 0)) / ofRecent);
};
