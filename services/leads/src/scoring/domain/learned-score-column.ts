import * as z from 'zod';

/** The most different values, and the most numbers, that are remembered of a field; both bound what a model weighs. */
const maxValues = 256;
const maxNumbers = 1024;

/**
 * What earlier leads taught about the values of a field. `frequent` counts values (Misra and Gries, 1982: what is more frequent than one in 256 is
 * never missed, counts may fall short by that share). `numbers` is an even sample in order of size: when it is full, every second one
 * goes and from then on every second newcomer stays out.
 */
export const column = z.object({
  filled: z.int().nonnegative(),
  numeric: z.int().nonnegative(),
  frequent: z.record(z.string(), z.int().positive()),
  /** the most different values that were remembered at once */
  different: z.int().nonnegative(),
  numbers: z.array(z.number()),
  stride: z.int().positive(),
});
export type Column = z.infer<typeof column>;

/** A column while it learns: changed in place, because a batch of leads is one thought. */
export type OpenColumn = {
  filled: number;
  numeric: number;
  frequent: Map<string, number>;
  different: number;
  numbers: number[];
  stride: number;
};

export const emptyColumn = (): OpenColumn => ({ filled: 0, numeric: 0, frequent: new Map(), different: 0, numbers: [], stride: 1 });

export const openedColumn = (stored: Column): OpenColumn => ({
  ...stored,
  frequent: new Map(Object.entries(stored.frequent)),
  numbers: [...stored.numbers],
});

export const closedColumn = (open: OpenColumn): Column => ({
  ...open,
  frequent: Object.fromEntries([...open.frequent].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  numbers: [...open.numbers],
});

/** The number that a text is as a whole; undefined for everything else. */
export const numberIn = (text: string): number | undefined => {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
};

/** How many of the ordered numbers are smaller; with `included`, smaller or equal. */
const countBelow = (numbers: readonly number[], limit: number, included: boolean): number => {
  let [from, until] = [0, numbers.length];
  while (from < until) {
    const middle = (from + until) >> 1;
    const one = numbers[middle] ?? Number.POSITIVE_INFINITY;
    if (one < limit || (included && one === limit)) from = middle + 1;
    else until = middle;
  }
  return from;
};

/** Where a number stands among those seen, 0 to 1; equal ones stand in their middle. */
export const positionOf = ({ numbers }: Pick<OpenColumn, 'numbers'>, number: number): number =>
  numbers.length === 0 ? 0.5 : (countBelow(numbers, number, false) + countBelow(numbers, number, true)) / 2 / numbers.length;

/** Enough values seen to tell, nearly all numbers, and more different ones than a rating or a code has. Asked anew for each lead, of earlier leads only. */
export const isNumeric = ({ filled, numeric, different }: OpenColumn): boolean =>
  filled >= 20 && numeric >= 0.95 * filled && different > 12;

const countValue = (frequent: Map<string, number>, value: string): void => {
  const count = frequent.get(value);
  if (count !== undefined || frequent.size < maxValues) frequent.set(value, (count ?? 0) + 1);
  else
    for (const [other, times] of frequent)
      if (times === 1) frequent.delete(other);
      else frequent.set(other, times - 1);
};

const keepNumber = (open: OpenColumn, number: number): void => {
  if (open.numeric % open.stride !== 0) return;
  open.numbers.splice(countBelow(open.numbers, number, true), 0, number);
  if (open.numbers.length < maxNumbers) return;
  open.numbers = open.numbers.filter((_, index) => index % 2 === 0);
  open.stride *= 2;
};

/** Takes a value into account, for leads that come later. */
export const seeValue = (open: OpenColumn, value: string): void => {
  open.filled += 1;
  countValue(open.frequent, value);
  open.different = Math.max(open.different, open.frequent.size);
  const number = numberIn(value);
  if (number === undefined) return;
  keepNumber(open, number);
  open.numeric += 1;
};
