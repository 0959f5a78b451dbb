/** An amount as the API has it: a decimal text and a currency. */
export type Amount = { readonly amount: string; readonly currency: string };

type Numeric = `${number}`;
const isNumeric = (text: string): text is Numeric => /^-?\d+(\.\d+)?$/.test(text);

/** Exact: the decimal text goes to the formatter as it is, never through a binary number. */
export const money = (locale: string, { amount, currency }: Amount): string =>
  isNumeric(amount) ? new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount) : `${amount} ${currency}`;

/** Without minor units, for cards and columns where the cents are noise; the exact amount stands in the title. */
export const wholeMoney = (locale: string, { amount, currency }: Amount): string =>
  isNumeric(amount)
    ? new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount)
    : `${amount} ${currency}`;

/** With its sign, for differences: `+1.200,00 €`. */
export const signedMoney = (locale: string, { amount, currency }: Amount): string =>
  isNumeric(amount)
    ? new Intl.NumberFormat(locale, { style: 'currency', currency, signDisplay: 'exceptZero' }).format(amount)
    : `${amount} ${currency}`;

/** For positions and comparisons only; what a reader sees is written from the text. */
export const valueOf = ({ amount }: Amount): number => Number(amount);

/** `1,25 Mio. €`, to three figures: for axes and for labels in a chart. */
export const shortMoney = (locale: string, value: number, currency: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency, notation: 'compact', maximumSignificantDigits: 3 }).format(value);

export const count = (locale: string, value: number): string => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);

/** 0.875 as `87,5 %`. */
export const share = (locale: string, value: number): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);

/** With its sign, for differences: `+3,2 %`. */
export const signedShare = (locale: string, value: number): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value);

/** `getan, gesagt oder geschrieben`. */
export const oneOf = (locale: string, words: readonly string[]): string =>
  new Intl.ListFormat(locale, { type: 'disjunction' }).format(words);
