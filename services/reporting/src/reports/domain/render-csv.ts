import type { Manifest } from '@meilenstein/contracts';
import { csvOf, fromMoney, escapeFormula, type Currency } from '@meilenstein/kernel';
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

const sixDecimals = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(6));

const cells = ({ kpi, node, name, measure }: ReportRow, currency: Currency): readonly string[] => {
  const amount = (minor: number): string => fromMoney({ minor, currency }).amount;
  const figure = (value: number | null, kind: string): string =>
    value === null ? '' : kind === 'money' ? amount(value) : sixDecimals(value);
  return [
    kpi.id,
    String(kpi.version),
    escapeFormula(kpi.title.de),
    escapeFormula(kpi.title.en),
    node.level,
    escapeFormula(node.key),
    escapeFormula(name),
    escapeFormula(measure.dimension),
    figure(measure.numerator, kpi.parts),
    figure(measure.denominator, kpi.parts),
    figure(measure.value, kpi.unit),
    kpi.parts === 'money' ? currency : '',
    measure.immature ? 'unreif (immature)' : '',
  ];
};

/** A header, then rows in the order of the report. */
export const renderCsv = (rows: readonly ReportRow[], currency: Currency): string =>
  csvOf([header, ...rows.map((row) => cells(row, currency))]);

/** The key of rows that may be summed: their KPI and dimension. */
const totalKey = ({ kpi, measure }: ReportRow): string => (measure.dimension === '' ? kpi.id : `${kpi.id} ${measure.dimension}`);

/** The sums of numerators by KPI and dimension, for a first comparison. */
export const controlTotals = (rows: readonly ReportRow[]): Record<string, number> => {
  const totals: Record<string, number> = {};
  for (const row of rows) totals[totalKey(row)] = (totals[totalKey(row)] ?? 0) + row.measure.numerator;
  return totals;
};

/** The unit of each control total: minor units of the currency for money, otherwise a count. */
export const controlTotalUnits = (rows: readonly ReportRow[], currency: Currency): NonNullable<Manifest['controlTotalUnits']> =>
  Object.fromEntries(rows.map((row) => [totalKey(row), row.kpi.parts === 'money' ? { unit: 'minor-units', currency } : { unit: 'count' }]));
