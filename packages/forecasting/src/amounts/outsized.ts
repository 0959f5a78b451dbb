// One opportunity can be worth more than all others together. The run-rate and the other experts cannot see it
// (docs/model/forecast.md 5.3).
import type { Situation } from '../input/situation.ts';

/** An opportunity worth at least this many typical orders is treated on its own. */
const typicalOrders = 25;
/** The share of the most expensive orders that is left out when the typical order is computed. */
const dearest = 0.1;

/**
 * The value from which an opportunity is outsized; Infinity while there are no orders. It follows from past orders alone. If it depended
 * on what else is open, one more opportunity could make another one ordinary, and the forecast could fall.
 */
export const outsizedFrom = ({ worth }: Pick<Situation, 'worth'>): number => {
  const months = worth
    .filter(({ wins, minor }) => wins > 0 && minor > 0)
    .map(({ wins, minor }) => ({ wins, each: minor / wins }))
    .toSorted((a, b) => a.each - b.each);
  const all = months.reduce((sum, { wins }) => sum + wins, 0);
  let [left, minor] = [all * (1 - dearest), 0];
  for (const { wins, each } of months) {
    minor += Math.min(wins, left) * each;
    left -= Math.min(wins, left);
  }
  return minor > 0 ? (typicalOrders * minor) / (all * (1 - dearest)) : Infinity;
};
