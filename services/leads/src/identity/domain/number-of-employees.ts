import type { NumberRange } from '@meilenstein/kernel';

/** A number in a text, with the text before and after it up to the neighbouring numbers. */
type NumberInText = { readonly value: number; readonly unit: number; readonly before: string; readonly after: string };

const maxLength = 100;

const grouped = String.raw`\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?![\d])`;
const single = String.raw`\d+(?:[.,]\d+)?(?:e\d{1,2})?`;
const unit = String.raw`(?:k|m)(?![\p{L}\d])|\s*(?:tsd|tausend|thousand|mio|mill|millionen|millions?|mrd|milliarden?|bn|billions?)(?!\p{L})`;
const numbers = new RegExp(`(${grouped}|${single})(${unit})?`, 'gu');

const units: readonly (readonly [RegExp, number])[] = [
  [/^(k|tsd|tausend|thousand)/, 1000],
  [/^(m$|mio|mill)/, 1_000_000],
  [/^(mrd|bn|b)/, 1_000_000_000],
];

const valueOf = (digits: string): number =>
  new RegExp(`^${grouped}$`, 'u').test(digits) ? Number(digits.replace(/\D/gu, '')) : Number(digits.replace(',', '.'));

const unitOf = (name: string): number => units.find(([names]) => names.test(name.trim()))?.[1] ?? 1;

const numbersIn = (text: string): readonly NumberInText[] => {
  const found = [...text.matchAll(numbers)];
  return found.map((match, index) => {
    const [whole, digits = '', name = ''] = match;
    const before = text.slice(
      found.slice(0, index).reduce((_, one) => one.index + one[0].length, 0),
      match.index,
    );
    const after = text.slice(match.index + whole.length, found[index + 1]?.index);
    return { value: valueOf(digits), unit: unitOf(name), before, after };
  });
};

type Side = 'less' | 'at-most' | 'more' | 'at-least' | 'exactly';

const sides: readonly (readonly [Side, RegExp])[] = [
  [
    'at-most',
    /(?:<=|≤|=<|nicht (?:mehr als|über)|not more than|no more than|höchstens|hoechstens|maximal|max\.?|bis(?: zu)?|up to|at most)\s*$/u,
  ],
  ['at-least', /(?:>=|≥|=>|nicht weniger als|not less than|mindestens|minimal|min\.?|(?<!\p{L})ab|(?<!\p{L})from|at least)\s*$/u],
  ['less', /(?:<|unter|weniger als|kleiner(?: als)?|less than|fewer than|under|below)\s*$/u],
  ['more', /(?:>|über|ueber|mehr als|größer(?: als)?|more than|over|above)\s*$/u],
];
const orMore = /^\s*(?:\+|plus(?!\p{L})|(?:und|oder|and|or) (?:mehr|more))/u;
const negative = /(?:^|[\s<>=~(])-$/u;

const sideOf = ({ before, after }: NumberInText): Side =>
  sides.find(([, words]) => words.test(before))?.[0] ?? (orMore.test(after) ? 'at-least' : 'exactly');

type Bounds = Pick<NumberRange, 'from' | 'to'>;

const boundsOf = (one: NumberInText): Bounds => {
  const value = one.value * one.unit;
  switch (sideOf(one)) {
    case 'less':
      return { from: null, to: Math.ceil(value) - 1 };
    case 'at-most':
      return { from: null, to: value };
    case 'more':
      return { from: Math.floor(value) + 1, to: null };
    case 'at-least':
      return { from: value, to: null };
    case 'exactly':
      return { from: value, to: value };
  }
};

/** In `1-2k` the unit applies to both numbers, in `500-1k` only to the second. */
const rangeOf = (low: NumberInText, high: NumberInText): Bounds => {
  const shared = low.unit === 1 && low.value < high.value ? high.unit : low.unit;
  return { from: low.value * shared, to: high.value * high.unit };
};

const between = /^\s*(?:-|\.{2,3}|bis(?: zu)?|to|through)\s*$/u;
const pair = /^\s*(?:und|and)\s*$/u;

const both = (a: NumberInText, b: NumberInText): Bounds | undefined => {
  const isRange = between.test(a.after) || (pair.test(a.after) && /(?:zwischen|between)\s*$/u.test(a.before));
  if (isRange) return rangeOf(a, b);
  const { from, to } = { from: boundsOf(a).from ?? boundsOf(b).from, to: boundsOf(b).to ?? boundsOf(a).to };
  const [first, second] = [sideOf(a), sideOf(b)];
  return first !== 'exactly' && second !== 'exactly' && from !== null && to !== null ? { from, to } : undefined;
};

const languages = ['de', 'en', 'fr', 'it', 'es', 'nl', 'pl'] as const;
const shortNames = ['mrz', 'sept', 'mär', 'okt', 'dez', 'mai', 'jän', 'jänner', 'feber', 'avr', 'févr', 'juil'];

/** An instant in the middle of a month of 1970, in milliseconds. */
const middleOf = (month: number): number => (month * 30.44 + 14) * 86_400_000;

let monthNames: RegExp | undefined;

/** The names of months in the languages that forms use, whole and short, alone and behind a day. */
const months = (): RegExp => {
  if (monthNames !== undefined) return monthNames;
  const named = languages.flatMap((language) =>
    (['long', 'short'] as const).flatMap((month) =>
      [{ month }, { month, day: 'numeric' as const }].flatMap((options) => {
        const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
        return Array.from(
          { length: 12 },
          (_, index) => format.formatToParts(middleOf(index)).find(({ type }) => type === 'month')?.value ?? '',
        );
      }),
    ),
  );
  const plain = named.map((name) => name.toLowerCase().replace(/\.$/u, ''));
  const names = [...new Set([...plain, ...shortNames])].filter((name) => /^\p{L}+$/u.test(name)).toSorted((a, b) => b.length - a.length);
  monthNames = new RegExp(`(?<!\\p{L})(?:${names.join('|')})(?!\\p{L})`, 'u');
  return monthNames;
};

const dayWithMonth = /(?<!\d)(?:\d{1,2}\.\d{1,2}\.|\d{1,2}([./-])\d{1,2}\1\d{2,4}|0\d[./-]\d{1,2})(?!\d)|\d:\d\d/u;

/** A spreadsheet makes a date of `11-50` or `2-10`; nobody knows which numbers stood there. */
export const mayBeDate = (text: string): boolean => months().test(text) || dayWithMonth.test(text);

/** Half an employee is a date, a price or a slip. */
const isWhole = ({ from, to }: Bounds): boolean => (from === null || Number.isInteger(from)) && (to === null || Number.isInteger(to));

/**
 * The number of employees as people write it: `1.000 people`, `unter 50`, `51-200`, `10,000+`, `2k`, `1.5 Mio`. Undefined if there is no
 * number, or if it is not clear which one is meant.
 */
export const numberOfEmployees = (typed: string): NumberRange | undefined => {
  const text = typed
    .slice(0, maxLength)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‐‑‒–—−]/gu, '-');
  if (mayBeDate(text)) return undefined;
  const [a, b, third] = numbersIn(text);
  if (a === undefined || third !== undefined || negative.test(a.before)) return undefined;
  const bounds = b === undefined ? boundsOf(a) : both(a, b);
  const isEmpty = bounds !== undefined && (bounds.to ?? Infinity) < (bounds.from ?? 0);
  if (bounds === undefined || isEmpty || !isWhole(bounds)) return undefined;
  return { ...bounds, typed: typed.trim() };
};
