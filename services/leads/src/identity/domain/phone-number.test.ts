import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personKeys } from './person-keys.ts';
import { isPlaceholderNumber, phoneKeyOf } from './phone-number.ts';

describe('phoneKeyOf', () => {
  it.each([
    ['030 741879', 'DE', '+4930741879'],
    ['030/741879', 'DE', '+4930741879'],
    ['+49 (0)30 741879', null, '+4930741879'],
    ['0049 30 741879', null, '+4930741879'],
    ['tel:+49-30-741879', null, '+4930741879'],
    ['Tel.: 030 741879', 'DE', '+4930741879'],
    ['٠٣٠ ٧٤١٨٧٩', 'DE', '+4930741879'],
    ['０３０ ７４１８７９', 'DE', '+4930741879'],
    ['\u202a030 741879\u202c', 'DE', '+4930741879'],
    ['030 – 741879', 'DE', '+4930741879'],
    ['0171 234 0567', 'DE', '+491712340567'],
    ['+39 06 1234 5678', null, '+390612345678'],
    ['+39 (0)6 1234 5678', null, '+390612345678'],
    ['3933312345', 'IT', '+393933312345'],
    ['612 345 678', 'ES', '+34612345678'],
    ['34 612 345 678', 'ES', '+34612345678'],
    ['(212) 555-2368', 'US', '+12125552368'],
    ['1 212 555 2368', 'US', '+12125552368'],
  ])('reads %j in %s as %s', (typed, country, number) => {
    expect(phoneKeyOf(typed, country)).toBe(number);
  });

  it.each(['ext. 1', 'ext 1', 'x1', '#1', 'Durchwahl 1', '(DW 1)', 'Apparat 1', ', 1', ';ext=1', 'extension 1'])(
    'K4a: keeps the extension in %j apart',
    (end) => {
      expect(phoneKeyOf(`030 741879 ${end}`, 'DE')).toBe('+4930741879;ext=1');
    },
  );

  it.each(['+52 55 12345678', '+52 1 55 12345678', '0052 1 55 1234 5678', '+52 044 55 1234 5678'])(
    'K4b: reads %j as one number of Mexico',
    (typed) => {
      expect(phoneKeyOf(typed, null)).toBe('+525512345678');
    },
  );
  it.each(['55 1234 5678', '1 55 1234 5678', '044 55 1234 5678', '01 55 1234 5678', '52 1 55 1234 5678'])(
    'K4b: reads %j in Mexico as the same',
    (typed) => {
      expect(phoneKeyOf(typed, 'MX')).toBe('+525512345678');
    },
  );

  it.each(['+49 177 3333333', '0177 3333333', '491773333333', ' 491773333333', '1773333333'])(
    'K4c: reads %j in Germany as one number',
    (typed) => {
      expect(phoneKeyOf(typed, 'DE')).toBe('+491773333333');
    },
  );

  it.each([
    'Mo-Fr 9-17 Uhr',
    '9-17 Uhr',
    '(9:00-17:00)',
    '8.30 bis 17 Uhr',
    '/ 0171 1234567',
    'oder 0171 1234567',
    ', 0171 1234567',
    '; +49 171 1234567',
    '+49 171 1234567',
    '0171/1234567',
    '(Zentrale)',
    'privat',
    'bitte nach 18 Uhr anrufen',
    '24/7',
  ])('K4: leaves out %j behind the number', (rest) => {
    expect(phoneKeyOf(`030 741879 ${rest}`, 'DE')).toBe('+4930741879');
  });

  it.each([
    ['030 123456', null],
    ['491773333333', null],
    ['741879', 'DE'],
    ['12345', 'DE'],
    ['+49 30 7418791234567890123', 'DE'],
    ['+999 123456', null],
    ['call me', 'DE'],
  ])('K4: takes %j in %s for no key, because it may be several numbers or none', (typed, country) => {
    expect(phoneKeyOf(typed, country)).toBeUndefined();
  });

  it('K4: gives one key to every spelling of a number', () => {
    const number = fc.tuple(fc.constantFrom('30', '40', '89', '171', '711'), fc.integer({ min: 2_000_000, max: 99_999_999 }).map(String));
    const behind = fc.constantFrom('', ' privat', ' / 0171 1234567', ' (Mo-Fr 9-17 Uhr)', '; 0171 1234567', ' oder +43 1 4000123');
    const spelling = fc.constantFrom<(area: string, rest: string) => string>(
      (area, rest) => `+49 ${area} ${rest}`,
      (area, rest) => `0049${area}${rest}`,
      (area, rest) => `0${area}/${rest}`,
      (area, rest) => `(0${area}) ${rest.slice(0, 3)}-${rest.slice(3)}`,
      (area, rest) => `+49 (0)${area} ${rest.slice(0, 4)} ${rest.slice(4)}`,
      (area, rest) => `0${area}.${rest}`,
      (area, rest) => `Tel: +49${area}${rest}`,
    );
    fc.assert(
      fc.property(number, spelling, behind, ([area, rest], spell, end) => {
        expect(phoneKeyOf(`${spell(area, rest)}${end}`, 'DE')).toBe(`+49${area}${rest}`);
      }),
    );
  });
});

describe('isPlaceholderNumber', () => {
  it.each([
    '0000000000',
    '000000',
    '1111111',
    '123456789',
    '0123456789',
    '1234567890',
    '987654321',
    '+49 111111111',
    '0123 456 789',
    '030 0000000',
    '+49 170 0000000',
  ])('K5a: knows %j, which is nobody’s key', (phone) => {
    expect(isPlaceholderNumber(phone)).toBe(true);
    expect(personKeys({ phone }, 'DE')).toEqual({ email: undefined, phone: undefined });
  });

  it.each(['030 741879', '+49 30 1234567', '030 7000000', '0171 1234567', '12', ''])('takes %j for a number', (phone) => {
    expect(isPlaceholderNumber(phone)).toBe(false);
  });
});
