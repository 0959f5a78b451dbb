import { describe, expect, it } from 'vitest';
import { isFound, searchedWords, searchWords } from './search-words.ts';

const finds = (typed: string, text: string): boolean => isFound(searchWords(text), searchedWords(typed));

describe('a search', () => {
  it.each([
    ['upper and lower case', 'BYRON', 'Byron Mills'],
    ['the order of words', 'mills byron', 'Byron Mills'],
    ['the end of a word', 'by mi', 'Byron Mills'],
    ['an accent that is missing', 'rene', 'René Descartes'],
    ['an accent that is there', 'rené', 'Rene Descartes'],
    ['an accent in two characters', 'rene\u0301', 'René'],
    ['an umlaut written as two letters', 'mueller', 'Müller KG'],
    ['an umlaut without its dots', 'muller', 'Müller KG'],
    ['an umlaut typed where two letters are written', 'müller', 'Mueller KG'],
    ['a sharp s', 'strasse', 'Große Straße'],
    ['letters of neighbours', 'lodz orsted', 'Łódź Ørsted'],
    ['punctuation', 'a.b@byron.example', 'a.b@byron.example'],
  ])('forgives %s', (_, typed, text) => {
    expect(finds(typed, text)).toBe(true);
  });

  it.each([
    ['a word of which the text has only the end', 'yron', 'Byron Mills'],
    ['two words of which the text has one', 'byron works', 'Byron Mills'],
    ['nothing', '', 'Byron Mills'],
    ['punctuation alone', ' … ', 'Byron Mills'],
  ])('does not find %s', (_, typed, text) => {
    expect(finds(typed, text)).toBe(false);
  });
});
