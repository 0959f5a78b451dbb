import { foldCase } from '@meilenstein/kernel';

/** A text that may be a name or a part of one, with the name of its field. */
export type NameText = { readonly field: string; readonly text: string };

const wordsOf = (text: string): readonly string[] =>
  foldCase(text)
    .split(/[\s\p{P}]+/u)
    .filter((word) => word !== '');

const isCalled = (field: string, pattern: RegExp): boolean =>
  pattern.test(
    field
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z]/g, ''),
  );

/** Which part of a name a field asks for. */
const partOf = (field: string): 'first' | 'last' | 'any' => {
  if (isCalled(field, /(?:vorname|firstname|forename|givenname|prenom|^first|^given)$/)) return 'first';
  return isCalled(field, /(?:nachname|familienname|lastname|surname|familyname|^last|^family)$/) ? 'last' : 'any';
};

const contains = (whole: string, part: string): boolean => {
  const words = new Set(wordsOf(whole));
  return wordsOf(part).every((word) => words.has(word));
};

/** A first and a last name complete each other even if they are the same word; every other text that repeats one is left out. */
const repeats = (one: NameText, other: NameText, isLater: boolean): boolean => {
  const [part, otherPart] = [partOf(one.field), partOf(other.field)];
  if (part !== otherPart && part !== 'any' && otherPart !== 'any') return false;
  return contains(other.text, one.text) && (isLater || !contains(one.text, other.text));
};

const withoutRepeats = (texts: readonly NameText[]): readonly NameText[] =>
  texts.filter((one, index) => !texts.some((other, at) => at !== index && repeats(one, other, at < index)));

const joined = (texts: readonly NameText[]): string =>
  withoutRepeats(texts)
    .map(({ text }) => text)
    .join(' ');

/**
 * The parts of a name as one, in the order of the form, the first name in front. Where a form asks for the whole name and for its parts, the
 * one that says more counts.
 */
export const joinedName = (texts: readonly NameText[]): string | undefined => {
  if (texts.length === 0) return undefined;
  const first = texts.filter(({ field }) => partOf(field) === 'first');
  const others = texts.filter(({ field }) => partOf(field) !== 'first');
  const whole = joined(texts.filter(({ field }) => partOf(field) === 'any'));
  const parts = joined([...first, ...others.filter(({ field }) => partOf(field) === 'last')]);
  if (contains(whole, parts)) return whole === '' ? parts : whole;
  return contains(parts, whole) ? parts : joined([...first, ...others]);
};
