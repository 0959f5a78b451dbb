import { invalid } from '../database-error.ts';

/** A number without loss: coefficient × 10^exponent. */
type Decimal = { readonly coefficient: bigint; readonly exponent: number };

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Most numbers are written in their normal form already. */
const normalInteger = /^(?:0|-?[1-9]\d{0,36})$/;
const normalInteger38 = (text: string): boolean => normalInteger.test(text) && !text.endsWith('0');

const maxDigits = 38;
const largestMagnitude = 125;
const smallestMagnitude = -130;

/**
 * The number as DynamoDB gives it back: plain decimal text without superfluous zeros.
 * @throws ValidationException where it is no number, has more than 38 significant digits or a magnitude outside 1E-130 to 9.9E+125
 */
export const normalNumber = (text: string): string => (text === '0' || normalInteger38(text) ? text : toText(toDecimal(text)));

/** The exact sum of two numbers. @throws ValidationException where it does not fit into a number */
export function sumOf(one: string, other: string): string {
  const [a, b] = [toDecimal(one), toDecimal(other)];
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = ({ coefficient, exponent: own }: Decimal): bigint => coefficient * 10n ** BigInt(own - exponent);
  return toText({ coefficient: scaled(a) + scaled(b), exponent });
}

/** Bytes that a number takes: one for each pair of digits, counted from the decimal point, one more, and one for a minus. */
export function sizeOfNumber(text: string): number {
  const isNegative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const pairs = `${whole.length % 2 === 0 ? '' : '0'}${whole}${fraction}${fraction.length % 2 === 0 ? '' : '0'}`;
  return pairs.replace(/^(?:00)+/, '').replace(/(?:00)+$/, '').length / 2 + 1 + (isNegative ? 1 : 0);
}

function toDecimal(text: string): Decimal {
  const [, sign, whole = '', fraction = '', power = '0'] = shape.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') throw invalid(`The parameter cannot be converted to a numeric value: ${text}`);
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return { coefficient: 0n, exponent: 0 };
  const exponent = Number(power) - fraction.length + (digits.length - significant.length);
  refuseOutside(significant.length, exponent);
  return { coefficient: BigInt(`${sign === '-' ? '-' : ''}${significant}`), exponent };
}

function refuseOutside(digits: number, exponent: number): void {
  const magnitude = exponent + digits - 1;
  if (magnitude > largestMagnitude) {
    throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (magnitude < smallestMagnitude) {
    throw invalid('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (digits > maxDigits) throw invalid('Attempting to store more than 38 significant digits in a Number');
}

function toText({ coefficient, exponent }: Decimal): string {
  if (coefficient === 0n) return '0';
  const sign = coefficient < 0n ? '-' : '';
  const all = coefficient.toString().replace('-', '');
  const digits = all.replace(/0+$/, '');
  const power = exponent + all.length - digits.length;
  refuseOutside(digits.length, power);
  if (power >= 0) return `${sign}${digits}${'0'.repeat(power)}`;
  const padded = digits.padStart(1 - power, '0');
  return `${sign}${padded.slice(0, power)}.${padded.slice(power)}`;
}
