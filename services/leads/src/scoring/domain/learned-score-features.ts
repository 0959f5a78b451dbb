import { isNumeric, numberIn, positionOf, type OpenColumn } from './learned-score-column.ts';

/** What is known of a lead, by field, as texts; a blank text is not known. */
export type ScoreFacts = Readonly<Record<string, string>>;

/** A category must have been seen before, and a number often, to have a weight of its own. */
const minOfCategory = 2;
const minOfNumber = 20;
const minShareOfNumber = 0.01;

/** From this size on it tells something whether a number was reckoned exactly or is a round guess. */
const minRoundable = 10_000;

const significantDigits = (number: number): number =>
  String(Math.abs(number))
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length;

const band = (position: number, of: number): number => Math.min(of, 1 + Math.floor(position * of));

const ofNumber = (field: string, value: string, number: number, seen: OpenColumn): readonly string[] => {
  const position = positionOf(seen, number);
  const times = seen.frequent.get(value) ?? 0;
  return [
    `${field} in tenth ${band(position, 10)} of 10`,
    `${field} in third ${band(position, 3)} of 3`,
    ...(times >= Math.max(minOfNumber, minShareOfNumber * seen.filled) ? [`${field} is ${value}`] : []),
    ...(Math.abs(number) >= minRoundable ? [`${field} has ${Math.min(4, significantDigits(number))} digits that matter`] : []),
  ];
};

/**
 * What of a field's value can carry a weight: the category itself, or where a number stands among those of earlier leads. Names are
 * words, so that weights can be read. Whether a field holds numbers or categories is asked of earlier leads only.
 */
export const featuresOf = (field: string, text: string, seen: OpenColumn): readonly string[] => {
  const value = text.trim();
  if (value === '') return [`${field} is not known`];
  const number = isNumeric(seen) ? numberIn(value) : undefined;
  if (number !== undefined) return ofNumber(field, value, number, seen);
  return [(seen.frequent.get(value) ?? 0) >= minOfCategory ? `${field} is ${value}` : `${field} is something rare`];
};
