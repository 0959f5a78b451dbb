import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldCase } from './fold-case.ts';

describe('foldCase', () => {
  it.each([
    ['Weiß', 'WEISS'],
    ['weiß', 'WEIẞ'],
    ['Στέφανος', 'ΣΤΈΦΑΝΟΣ'],
    ['ﬁrma', 'FIRMA'],
    ['İzmir', 'i\u0307zmir'],
    ['Müller', 'MU\u0308LLER'],
  ])('K10: takes %j and %j for the same text', (one, other) => {
    expect(foldCase(one)).toBe(foldCase(other));
  });

  it('K10: keeps the dotless i of Turkish apart', () => {
    expect(foldCase('ısı')).not.toBe(foldCase('isi'));
  });

  it('K10: folds a text that was folded to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldCase(foldCase(text))).toBe(foldCase(text));
      }),
    );
  });

  it('K10: takes every text for the same in capitals', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcxyzäöüßéèñçøåæœßσςλμжщ') }), (text) => {
        expect(foldCase(text.toUpperCase())).toBe(foldCase(text));
      }),
    );
  });
});
