// The cells of a table as the fields of a row: dates, amounts and texts as people write them.
import type { ImportTable } from '@meilenstein/contracts';
import { Temporal, timeZone, toInstant } from '@meilenstein/kernel';

/** A cell: a text, or a number of a spreadsheet, which holds dates as numbers too. */
export type Cell = string | number;

export type ReadCell = { readonly read: string | number | null } | { readonly rule: string };

const dateFields = new Set(['occurredAt', 'recordedAt', 'converted.occurredAt', 'converted.recordedAt']);

const datePatterns = {
  'DD.MM.YYYY': /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?:,?\s+(?<time>\d{1,2}:\d{2}(?::\d{2})?))?$/,
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T\s]+(?<time>\d{1,2}:\d{2}(?::\d{2})?))?$/,
  'MM/DD/YYYY': /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})(?:,?\s+(?<time>\d{1,2}:\d{2}(?::\d{2})?))?$/,
} as const;

const offsetTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

// A spreadsheet counts days from here; the days before March 1900, which it counts wrongly, are older than any fact.
const spreadsheetEpoch = Temporal.PlainDateTime.from('1899-12-30');
const secondsOfDay = 86_400;
const mostDays = 100_000;

const dateTimeOf = (cell: Cell, { dates = 'DD.MM.YYYY' }: ImportTable): Temporal.PlainDateTime | undefined => {
  if (typeof cell === 'number')
    return cell >= 1 && cell < mostDays ? spreadsheetEpoch.add({ seconds: Math.round(cell * secondsOfDay) }) : undefined;
  const { year, month, day, time = '0:00' } = datePatterns[dates].exec(cell.trim())?.groups ?? {};
  if (year === undefined) return undefined;
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  try {
    return Temporal.PlainDateTime.from(
      { year: Number(year), month: Number(month), day: Number(day), hour, minute, second },
      { overflow: 'reject' },
    );
  } catch {
    return undefined;
  }
};

const dateRule = ({ dates = 'DD.MM.YYYY' }: ImportTable): string =>
  `date-unreadable: must be a date that exists, as ${dates}, with or without a time such as 14:05`;

const readInstant = (cell: Cell, table: ImportTable): ReadCell => {
  const text = String(cell).trim();
  if (offsetTime.test(text) && !Number.isNaN(Date.parse(text))) return { read: toInstant(Date.parse(text)) };
  const plain = dateTimeOf(cell, table);
  const zone = table.timeZone ?? timeZone.parse('Europe/Berlin');
  return plain === undefined ? { rule: dateRule(table) } : { read: toInstant(plain.toZonedDateTime(zone).toInstant()) };
};

const readDay = (cell: Cell, table: ImportTable): ReadCell => {
  const plain = dateTimeOf(cell, table);
  return plain === undefined ? { rule: dateRule(table) } : { read: plain.toPlainDate().toString() };
};

/** The decimal of a number in a cell: 1.234,50 or 1234,50 with a decimal comma. */
const readDecimal = (cell: Cell, { decimalSign = ',' }: ImportTable): ReadCell => {
  const rule = `amount-unreadable: must be a number such as ${decimalSign === ',' ? '1.234,50' : '1,234.50'}, without a currency`;
  if (typeof cell === 'number') {
    // a spreadsheet stores 0.1 + 0.2 as 0.30000000000000004
    const rounded = Number(cell.toFixed(4));
    return Math.abs(cell - rounded) < 1e-6 && Math.abs(cell) < 1e12 ? { read: String(rounded) } : { rule };
  }
  const text = cell.trim();
  const pattern =
    decimalSign === ',' ? /^-?(\d+|\d{1,3}([.\u00a0\u202f' ]\d{3})+)(,\d+)?$/ : /^-?(\d+|\d{1,3}([,\u00a0\u202f' ]\d{3})+)(\.\d+)?$/;
  if (!pattern.test(text)) return { rule };
  const [whole = '', fraction] = text.split(decimalSign);
  const digits = whole.replaceAll(/[^\d-]/g, '');
  return { read: fraction === undefined ? digits : `${digits}.${fraction}` };
};

const readPercent = (cell: Cell, table: ImportTable): ReadCell => {
  const decimal = readDecimal(typeof cell === 'string' ? cell.replace(/\s*%\s*$/, '') : cell, table);
  return 'rule' in decimal ? { rule: 'percent-unreadable: must be a number from 0 to 100' } : { read: Number(decimal.read) };
};

/** Numbers of spreadsheets as texts: a phone number or an id without exponent. */
const textOf = (cell: Cell): string =>
  typeof cell === 'string' ? cell.trim() : Number.isSafeInteger(cell) ? BigInt(cell).toString() : String(cell);

type Column = ImportTable['columns'][number];

/** What a cell says for its field; null where it is empty. */
export const readCell = (cell: Cell, { field, values }: Column, table: ImportTable): ReadCell => {
  const text = textOf(cell);
  if (text === '') return { read: null };
  if (values !== undefined) {
    const meant = Object.entries(values).find(([key]) => key === text)?.[1];
    return meant === undefined ? { rule: `value-not-mapped: must be one of ${Object.keys(values).join(', ')}` } : { read: meant };
  }
  if (dateFields.has(field)) return readInstant(cell, table);
  if (field === 'repEstimate.closesOn') return readDay(cell, table);
  if (field === 'amount.amount') return readDecimal(cell, table);
  if (field === 'repEstimate.percent') return readPercent(cell, table);
  return { read: text };
};

/** Fields whose values are people's data or their words: no rejection shows them. */
export const isPersonal = (field: string): boolean => field.startsWith('person.') || ['quote', 'account.name', 'by.role'].includes(field);

/** What a row of the file looks like as text, for a rehearsal and for rejections. */
export const shownText = (cell: Cell): string => textOf(cell).slice(0, 100);
