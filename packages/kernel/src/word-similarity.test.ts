import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchedWords, searchWords } from './search-words.ts';
import { searchMatch, wordSimilarity } from './word-similarity.ts';

const match = (typed: string, text: string) => searchMatch(searchWords(text), searchedWords(typed));

describe('a search that forgives typing mistakes', () => {
  it.each([
    ['a letter too few', 'Kühltechik', 'Nürnberger Kühltechnik KG'],
    ['a letter too many', 'Byronn', 'Byron Mills'],
    ['another letter', 'Bosck', 'Bosch GmbH'],
    ['two letters the wrong way round', 'Seimens', 'Siemens AG'],
    ['a mistake in one of two words', 'nurnberger kuhltechnk', 'Nürnberger Kühltechnik KG'],
  ])('finds a word with %s', (_, typed, text) => {
    expect(match(typed, text)).toBe('similar');
  });

  it('says which words were typed as they are', () => {
    expect(match('kühl nürn', 'Nürnberger Kühltechnik KG')).toBe('exact');
  });

  it.each([
    ['another word', 'Lovelace', 'Byron Mills'],
    ['a short word with a mistake', 'mil', 'Mal KG'],
    ['two words of which one is wrong', 'byron works', 'Byron Mills'],
    ['nothing', '', 'Byron Mills'],
  ])('does not find %s', (_, typed, text) => {
    expect(match(typed, text)).toBeUndefined();
  });
});

describe('the similarity of two words', () => {
  it('is the same in both directions, at most 1, and 1 for the same word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}$/), fc.stringMatching(/^[a-z]{1,12}$/), (a, b) => {
        expect(wordSimilarity(a, b)).toBe(wordSimilarity(b, a));
        expect(wordSimilarity(a, b)).toBeLessThanOrEqual(1);
        expect(wordSimilarity(a, a)).toBe(1);
      }),
    );
  });
});
