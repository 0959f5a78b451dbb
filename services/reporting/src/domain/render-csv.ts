import type { Manifest } from '@meilenstein/contracts';
import { fromMoney, type Currency } from '@meilenstein/kernel';
import { stringify } from 'csv-stringify/sync';
import type { ReportRow } from './report.ts';

const header = [
  'Kennzahl (KPI)',
  'Version',
  'Bezeichnung',
  'Title',
  'Ebene (Level)',
  'Schlüssel (Key)',
  'Name',
  'Merkmal (Dimension)',
  'Zähler (Numerator)',
  'Nenner (Denominator)',
  'Wert (Value)',
  'Währung (Currency)',
  'Stand (State)',
] as const;

/** A spreadsheet runs a cell that begins so as a formula (CWE-1236); only text can, numbers are numbers by type. */
const dangerous = /^[=+\-@\t\r＝＋－＠]/;
export const harmless = (text: string): string => (dangerous.test(text) ? `'${text}` : text);

const six = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(6));

const cells = ({ kpi, node, name, measure }: ReportRow, currency: Currency): readonly string[] => {
  const amount = (minor: number): string => fromMoney({ minor, currency }).amount;
  const figure = (value: number | null, kind: string): string => (value === null ? '' : kind === 'money' ? amount(value) : six(value));
  return [
    kpi.id,
    String(kpi.version),
    harmless(kpi.title.de),
    harmless(kpi.title.en),
    node.level,
    harmless(node.key),
    harmless(name),
    harmless(measure.dimension),
    figure(measure.numerator, kpi.parts),
    figure(measure.denominator, kpi.parts),
    figure(measure.value, kpi.unit),
    kpi.parts === 'money' ? currency : '',
    measure.immature ? 'unreif (immature)' : '',
  ];
};

/** RFC 4180 with a byte-order mark, so that a spreadsheet reads the umlauts; rows in the order of the report. */
export const renderCsv = (rows: readonly ReportRow[], currency: Currency): string =>
  stringify([header, ...rows.map((row) => cells(row, currency))], { bom: true, record_delimiter: '\r\n', quoted_string: false });

/** What rows have in common that may be summed: the KPI, and what beside the node they are of. */
const totalOf = ({ kpi, measure }: ReportRow): string => (measure.dimension === '' ? kpi.id : `${kpi.id} ${measure.dimension}`);

/** The sum of the numerators of like rows, by KPI and dimension: what somebody checks first. */
export const controlTotals = (rows: readonly ReportRow[]): Record<string, number> => {
  const totals: Record<string, number> = {};
  for (const row of rows) totals[totalOf(row)] = (totals[totalOf(row)] ?? 0) + row.measure.numerator;
  return totals;
};

/** What each control total counts: numerators of money are in minor units of the currency, all others are counts. */
export const controlTotalUnits = (rows: readonly ReportRow[], currency: Currency): NonNullable<Manifest['controlTotalUnits']> =>
  Object.fromEntries(rows.map((row) => [totalOf(row), row.kpi.parts === 'money' ? { unit: 'minor-units', currency } : { unit: 'count' }]));
