/** Achieved ÷ target; null where there is no target, or one of 0. */
export const ratioOf = (achieved: number, target: number | null) =>
  target === null || target === 0 ? null : { numerator: achieved, denominator: target, ratio: achieved / target };
