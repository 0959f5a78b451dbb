import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, escapeFormula } from './csv.ts';

describe('csvOf', () => {
  it('begins with a byte-order mark and ends each line as RFC 4180 says', () => {
    expect(
      csvOf([
        ['Größe', 'b'],
        ['1', ''],
      ]),
    ).toBe('\uFEFFGröße,b\r\n1,\r\n');
  });

  it('quotes a cell that holds a comma, a quote or a line break', () => {
    expect(csvOf([['a,b', 'say "yes"', 'two\nlines']])).toBe('\uFEFF"a,b","say ""yes""","two\nlines"\r\n');
  });
});

describe('escapeFormula', () => {
  it.each(['=1+1', '+49', '-cmd', '@SUM(A1)', '\tx', '＝1'])('makes %j a text for spreadsheets', (text) => {
    expect(escapeFormula(text)).toBe(`'${text}`);
  });

  it.each([' =1+1', '\u00a0+49', '\u200b-cmd', '\u202e@SUM(A1)', '\ufeff=1', '\n=1', '\rx', ' \t \u0000=1', '\u00ad\u2028=1', '﹦1'])(
    'K13a: makes %j a text for spreadsheets, whatever is in front of the sign',
    (text) => {
      expect(escapeFormula(text)).toBe(`'${text}`);
    },
  );

  it('K13: guards a formula behind any mixture of characters that a spreadsheet may skip', () => {
    const skipped = fc.string({
      unit: fc.constantFrom(' ', '\t', '\r', '\n', '\u00a0', '\u200b', '\u2066', '\ufeff', '\u0001', '\u3000'),
      maxLength: 5,
    });
    fc.assert(
      fc.property(skipped, fc.constantFrom(...'=+-@＝＋－＠'), fc.string(), (before, sign, after) => {
        expect(escapeFormula(`${before}${sign}${after}`)).toBe(`'${before}${sign}${after}`);
      }),
    );
  });

  it('leaves other texts as they are', () => {
    for (const text of ['a=1', ' a', 'Nord-Süd', '', '1-2', '(+49)']) expect(escapeFormula(text)).toBe(text);
  });
});
