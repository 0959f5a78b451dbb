import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalNumber, sizeOfNumber, sumOf } from './decimal.ts';

it.each([
  ['0', '0'],
  ['-0.00', '0'],
  ['+007', '7'],
  ['.5', '0.5'],
  ['1.500', '1.5'],
  ['1e3', '1000'],
  ['-12.5E-3', '-0.0125'],
  ['123e-2', '1.23'],
])('%s is kept as %s', (written, kept) => {
  expect(normalNumber(written)).toBe(kept);
});

it.each(['', '.', 'x', '1e', '--1', ' 1', '1_000', 'Infinity'])('"%s" is not a number', (written) => {
  expect(() => normalNumber(written)).toThrow('cannot be converted to a numeric value');
});

const integer = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const power = fc.integer({ min: -10, max: 10 });

it('equal numbers are stored in the same form, and a stored number stays as it is', () => {
  fc.assert(
    fc.property(integer, power, (coefficient, exponent) => {
      const kept = normalNumber(`${coefficient}e${exponent}`);
      expect(normalNumber(`${coefficient}000e${exponent - 3}`)).toBe(kept);
      expect(normalNumber(kept)).toBe(kept);
    }),
  );
});

it('sums are exact and do not depend on the order', () => {
  fc.assert(
    fc.property(integer, integer, power, (one, other, exponent) => {
      const [a, b] = [`${one}e${exponent}`, `${other}e${exponent}`];
      expect(sumOf(a, b)).toBe(normalNumber(`${one + other}e${exponent}`));
      expect(sumOf(b, a)).toBe(sumOf(a, b));
    }),
  );
});

it.each([
  ['0', 1],
  ['7', 2],
  ['100', 2],
  ['1.5', 3],
  ['-12', 3],
  ['1234.5', 4],
])('%s takes %i bytes', (number, bytes) => {
  expect(sizeOfNumber(number)).toBe(bytes);
});
