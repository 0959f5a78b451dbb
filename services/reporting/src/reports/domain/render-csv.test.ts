import { currency, escapeFormula } from '@meilenstein/kernel';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kpis } from '../../kpis/domain/kpi-dictionary.ts';
import type { ReportRow } from './report.ts';
import { controlTotals, controlTotalUnits, renderCsv } from './render-csv.ts';

const euro = currency.parse('EUR');
const kpi = kpis.find((one) => one.id === 'revenue');
const row = (name: string, numerator = -5): ReportRow[] =>
  kpi === undefined
    ? []
    : [
        {
          kpi,
          node: { level: 'rep', key: 'r' },
          name,
          measure: { dimension: '', numerator, denominator: null, value: numerator, immature: false },
        },
      ];

const read = (csv: string): string[][] => parse(csv, { bom: true, record_delimiter: '\r\n' });

describe('renderCsv', () => {
  it('writes a header in German and English, and money with its decimals and currency', () => {
    expect(renderCsv(row('V11', 123456), euro)).toBe(
      '\uFEFFKennzahl (KPI),Version,Bezeichnung,Title,Ebene (Level),Schlüssel (Key),Name,Merkmal (Dimension),Zähler (Numerator),Nenner (Denominator),Wert (Value),Währung (Currency),Stand (State)\r\n' +
        'revenue,3,Umsatz,Revenue,rep,r,V11,,1234.56,,1234.56,EUR,\r\n',
    );
  });

  it.each(['=1+1', '+49', '-cmd', '@SUM(A1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])('makes %j text instead of a formula', (name) => {
    expect(read(renderCsv(row(name), euro))[1]?.[6]).toBe(`'${name}`);
  });

  it('leaves negative numbers as numbers', () => {
    expect(read(renderCsv(row('x', -5), euro))[1]?.[10]).toBe('-0.05');
  });

  it('writes any name so that it is read back unchanged', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }).filter((text) => !text.includes('\uFEFF')),
        (name) => {
          expect(read(renderCsv(row(name), euro))[1]?.[6]).toBe(escapeFormula(name));
        },
      ),
    );
  });
});

describe('the control totals of a file', () => {
  const of = (id: string, dimension: string, numerator: number, key = 'r'): ReportRow[] =>
    kpis
      .filter((one) => one.id === id)
      .map((one) => ({
        kpi: one,
        node: { level: 'rep' as const, key },
        name: key,
        measure: { dimension, numerator, denominator: null, value: numerator, immature: false },
      }));

  it('sum rows of the same KPI and dimension only: leads, touchpoints and quarantined submissions stay apart', () => {
    const rows = [...of('leads', '', 35), ...of('leads', 'touchpoints', 3), ...of('leads', 'quarantined', 1), ...of('leads', '', 4, 's')];
    expect(controlTotals(rows)).toEqual({ leads: 39, 'leads touchpoints': 3, 'leads quarantined': 1 });
  });

  it('have a unit each', () => {
    const rows = [...of('milestone-flow', 'machines/01 need', 2), ...of('attainment', '2026-03', 900), ...of('revenue', '', 5)];
    expect(controlTotalUnits(rows, euro)).toEqual({
      'milestone-flow machines/01 need': { unit: 'count' },
      'attainment 2026-03': { unit: 'minor-units', currency: 'EUR' },
      revenue: { unit: 'minor-units', currency: 'EUR' },
    });
  });
});
