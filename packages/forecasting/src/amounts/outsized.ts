// One opportunity can be worth more than all others together. The run-rate and the other experts know nothing about it
// (docs/model/forecast.md 5.3).
import type { Situation } from '../input/situation.ts';

/** From so many typical orders on an opportunity stands for itself. */
const typicalOrders = 25;
/** The dearest part of the orders, which does not tell what is typical. */
const dearest = 0.1;

/**
 * The value from which an opportunity is outsized; Infinity while there are no orders. It follows from past orders alone: were it to
 * depend on what else is open, one more opportunity would make another one ordinary, and the forecast could fall.
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
