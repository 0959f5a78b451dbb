type Totals = Readonly<Record<string, number>>;

/** One control total in two versions of a run; `before` is undefined where the earlier version did not have it. */
export type TotalDifference = {
  readonly name: string;
  readonly before: number | undefined;
  readonly now: number;
  readonly difference: number;
};

/** What a restatement has changed: the control totals that differ, in the order of the newer version. */
export const compareTotals = (before: Totals, now: Totals): readonly TotalDifference[] =>
  Object.entries(now)
    .map(([name, value]) => ({ name, before: before[name], now: value, difference: value - (before[name] ?? 0) }))
    .filter(({ difference, before: earlier }) => difference !== 0 || earlier === undefined);

/** A control total is an integer: a count, or minor units of a currency. */
export const totalText = (value: number, currency: string | undefined, decimals: number): string =>
  currency === undefined ? String(value) : minorText(value, decimals);

const minorText = (value: number, decimals: number): string => {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${value < 0 ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
};
