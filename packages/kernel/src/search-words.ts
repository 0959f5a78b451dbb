/** Letters that are no letter with a mark, so that taking off marks does not change them. */
const plainLetters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' };
const germanLetters: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

const replaced = (text: string, letters: Readonly<Record<string, string>>): string =>
  [...text].map((letter) => letters[letter] ?? letter).join('');

const withoutMarks = (text: string): string => replaced(text.normalize('NFKD').replace(/\p{M}+/gu, ''), plainLetters);

const wordsIn = (text: string): readonly string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/**
 * The words of a text as they are searched: lower case, without marks. Where German writes an umlaut, the word is there twice, so that both
 * `Mueller` and `Muller` find `Müller`.
 */
export const searchWords = (text: string): readonly string[] => {
  const lower = text.normalize('NFKC').toLowerCase();
  return [...new Set([...wordsIn(withoutMarks(lower)), ...wordsIn(withoutMarks(replaced(lower, germanLetters)))])];
};

/** What somebody types into a search: each of its words has to be the beginning of a word of the text, in any order. */
export type SearchedWords = readonly (readonly string[])[];

/** Each typed word with all its spellings. Empty if nothing was typed that could be searched. */
export const searchedWords = (typed: string): SearchedWords =>
  wordsIn(typed.normalize('NFC'))
    .map(searchWords)
    .filter((spellings) => spellings.length > 0);

/** Whether a text with these words is found. Nothing typed finds nothing. */
export const isFound = (words: readonly string[], searched: SearchedWords): boolean =>
  searched.length > 0 && searched.every((spellings) => spellings.some((typed) => words.some((word) => word.startsWith(typed))));
