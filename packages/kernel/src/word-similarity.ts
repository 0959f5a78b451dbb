import { isFound, type SearchedWords } from './search-words.ts';

/** In a shorter word a typing mistake leaves too little to recognise it by. */
const fewestLetters = 4;

/** The groups of three letters of a word, with its beginning and its end. */
const trigrams = (word: string): ReadonlySet<string> => {
  const letters = [' ', ' ', ...word, ' '];
  return new Set(letters.slice(2).map((_, index) => letters.slice(index, index + 3).join('')));
};

/** How much two words have in common, from 0 to 1: twice the groups of three letters that both have, by those of both together. */
export const wordSimilarity = (a: string, b: string): number => {
  const [ofA, ofB] = [trigrams(a), trigrams(b)];
  const shared = [...ofA].filter((one) => ofB.has(one)).length;
  return (2 * shared) / (ofA.size + ofB.size);
};

const isSimilar = (typed: string, word: string): boolean =>
  typed.length >= fewestLetters && word.length >= fewestLetters && wordSimilarity(typed, word) >= 0.5;

/** How well a text is found: `exact` as typed, `similar` with a typing mistake in some word, or undefined. */
export const searchMatch = (words: readonly string[], searched: SearchedWords): 'exact' | 'similar' | undefined => {
  if (isFound(words, searched)) return 'exact';
  const isFoundSimilar = (spellings: readonly string[]): boolean =>
    spellings.some((typed) => words.some((word) => word.startsWith(typed) || isSimilar(typed, word)));
  return searched.length > 0 && searched.every(isFoundSimilar) ? 'similar' : undefined;
};
