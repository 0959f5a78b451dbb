import type { Situation } from '../input/situation.ts';

const [paceHalfLife, shareHalfLife] = [30, 90];

/** Expected arrivals per day in each cell. */
export const arrivalPace = ({ arrivals, today, firstDay, cells }: Situation): Float64Array => {
  const shares = new Float64Array(cells.length);
  const days = today - firstDay;
  if (days <= 0) return shares;
  let [weighted, shared] = [0, 0];
  for (let i = 0; i < arrivals.length; i += 1) {
    const age = today - 1 - (arrivals.day[i] ?? 0);
    // today is not over yet
    if (age < 0) continue;
    const [cell, count] = [arrivals.cell[i] ?? 0, arrivals.count[i] ?? 0];
    weighted += count * 0.5 ** (age / paceHalfLife);
    const share = count * 0.5 ** (age / shareHalfLife);
    shares[cell] = (shares[cell] ?? 0) + share;
    shared += share;
  }
  if (shared <= 0) return shares;
  const decay = 0.5 ** (1 / paceHalfLife);
  const perDay = (weighted * (1 - decay)) / (1 - decay ** days);
  return shares.map((share) => Math.max(0, (share / shared) * perDay));
};
