import { importTable } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { readCell } from './table-cells.ts';

const read = (field: string, cell: string | number, about: Record<string, unknown> = {}) => {
  const table = importTable.parse({ format: 'csv', columns: [{ column: 'A', field }], ...about });
  return readCell(cell, { column: 'A', field }, table);
};

describe('readCell', () => {
  it.each([
    ['31.12.2026', {}, '2026-12-30T23:00:00.000Z'],
    ['1.7.2026 9:05', {}, '2026-07-01T07:05:00.000Z'],
    ['2026-12-31', { dates: 'YYYY-MM-DD' }, '2026-12-30T23:00:00.000Z'],
    ['12/31/2026', { dates: 'MM/DD/YYYY', timeZone: 'UTC' }, '2026-12-31T00:00:00.000Z'],
    ['2026-12-31T08:00:00+01:00', {}, '2026-12-31T07:00:00.000Z'],
    [46_387, {}, '2026-12-30T23:00:00.000Z'],
    [46_387.5, { timeZone: 'UTC' }, '2026-12-31T12:00:00.000Z'],
  ])('reads the date %s as an instant in the zone of the table', (cell, about, instant) => {
    expect(read('occurredAt', cell, about)).toEqual({ read: instant });
  });

  it.each(['31.02.2026', '2026-12-31', '31.12.26', '12/31/2026', '31.12.2026 25:00', 'gestern'])('refuses %s as a German date', (cell) => {
    expect(read('occurredAt', cell)).toEqual({
      rule: 'date-unreadable: must be a date that exists, as DD.MM.YYYY, with or without a time such as 14:05',
    });
  });

  it.each([
    ['1.234,50', {}, '1234.50'],
    ['1234,5', {}, '1234.5'],
    ['48.000', {}, '48000'],
    ['12 345,00', {}, '12345.00'],
    ['-7,25', {}, '-7.25'],
    ['1,234.50', { decimalSign: '.' }, '1234.50'],
    [0.1 + 0.2, {}, '0.3'],
    [48_000, {}, '48000'],
  ])('reads the amount %s as a decimal', (cell, about, decimal) => {
    expect(read('amount.amount', cell, about)).toEqual({ read: decimal });
  });

  it.each(['1234.50', '1,234.50', '12.34', '1.2345,00', '1.234 €', 'viel'])('refuses %s as an amount with a decimal comma', (cell) => {
    expect(read('amount.amount', cell)).toEqual({ rule: 'amount-unreadable: must be a number such as 1.234,50, without a currency' });
  });

  it('reads a long number of a spreadsheet without exponent, and an empty cell as nothing', () => {
    expect(read('person.phone', 491_701_234_567_890)).toEqual({ read: '491701234567890' });
    expect(read('person.phone', '  ')).toEqual({ read: null });
  });

  it('reads an estimate as a percentage and a day', () => {
    expect(read('repEstimate.percent', '40 %')).toEqual({ read: 40 });
    expect(read('repEstimate.closesOn', '31.08.2025')).toEqual({ read: '2025-08-31' });
  });
});
