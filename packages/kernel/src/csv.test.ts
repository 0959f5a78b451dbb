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

  it('leaves other texts as they are', () => {
    expect(escapeFormula('a=1')).toBe('a=1');
  });
});
