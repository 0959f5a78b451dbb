import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOfEmployees } from './number-of-employees.ts';

describe('numberOfEmployees', () => {
  it.each<[string, number | null, number | null]>([
    ['50', 50, 50],
    ['1.000 people', 1000, 1000],
    ["1'200", 1200, 1200],
    ['1 200 Mitarbeiter', 1200, 1200],
    ['ca. 80', 80, 80],
    ['we are 12', 12, 12],
    ['unter 50', null, 49],
    ['< 10', null, 9],
    ['<10', null, 9],
    ['less than 10', null, 9],
    ['weniger als 20 MA', null, 19],
    ['bis 50', null, 50],
    ['max. 9', null, 9],
    ['≤ 9', null, 9],
    ['up to 1,000', null, 1000],
    ['über 500', 501, null],
    ['> 1.000', 1001, null],
    ['mehr als 20', 21, null],
    ['mindestens 30', 30, null],
    ['10,000+', 10_000, null],
    ['500 und mehr', 500, null],
    ['50-100', 50, 100],
    ['51–200', 51, 200],
    ['50 bis 100', 50, 100],
    ['zwischen 50 und 100', 50, 100],
    ['from 5 to 9', 5, 9],
    ['more than 50 but less than 100', 51, 99],
    ['2k', 2000, 2000],
    ['1-2k', 1000, 2000],
    ['500-1k', 500, 1000],
    ['1.5 Mio', 1_500_000, 1_500_000],
    ['1,5 Mio.', 1_500_000, 1_500_000],
    ['3 tsd', 3000, 3000],
    ['1e9', 1_000_000_000, 1_000_000_000],
    ['0', 0, 0],
  ])('typed as %s is from %s to %s', (typed, from, to) => {
    expect(numberOfEmployees(typed)).toEqual({ from, to, typed });
  });

  it.each(['-5', '< -5', 'none', 'viele', '', '5 sites, 200 people', '100-50', '1/2/3'])('does not read %j', (typed) => {
    expect(numberOfEmployees(typed)).toBeUndefined();
  });

  it.each([
    'Nov 50',
    '10. Jan',
    '02. Okt',
    'Okt 02',
    '11-Nov',
    'Nov-50',
    '1. Mrz',
    '10 Mai',
    '2-oct',
    '10 févr.',
    '5 maj',
    '12. Dez 2026',
    '10.11.',
    '10.11.2026',
    '11/20/2026',
    '2026-11-10',
    '02-10',
    '05.09',
    '10:50',
    '10.5',
    '1,5',
    '2026-11-20 00:00:00',
  ])('K11a: does not believe %j, which may be a range that a spreadsheet made a date of', (typed) => {
    expect(numberOfEmployees(typed)).toBeUndefined();
  });

  it('K11: believes no day that Intl writes with the name of its month', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('de', 'en', 'fr', 'it', 'es', 'nl', 'pl'),
        fc.constantFrom('short', 'long'),
        fc.integer({ min: 0, max: 365 }),
        (language, month, day) => {
          const written = new Intl.DateTimeFormat(language, { day: 'numeric', month, timeZone: 'UTC' }).format(day * 86_400_000);
          expect(numberOfEmployees(written)).toBeUndefined();
        },
      ),
    );
  });

  it('reads every number and range as written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5_000_000 }), fc.nat({ max: 5_000_000 }), (one, more) => {
        expect(numberOfEmployees(`${one}-${one + more}`)).toMatchObject({ from: one, to: one + more });
        expect(numberOfEmployees(`unter ${one + 1}`)).toMatchObject({ from: null, to: one });
        expect(numberOfEmployees(one.toLocaleString('de-DE'))).toMatchObject({ from: one, to: one });
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(() => numberOfEmployees(text)).not.toThrow();
      }),
    );
  });
});
