import { describe, expect, it } from 'vitest';
import { fieldOfColumn } from './import-fields.ts';
import { columnsOf, separatorOf, tableFrom, type TableDraft } from './import-table.ts';

const draft: TableDraft = {
  kind: 'leads',
  format: 'csv',
  charset: 'windows-1252',
  separator: ';',
  dates: 'DD.MM.YYYY',
  fields: { 'Nr.': 'externalId', Firma: 'person.company', Notiz: undefined },
  rowKind: 'opportunity',
  currency: 'EUR',
};

describe('a table to import', () => {
  it('names its columns in the first line', () => {
    expect(columnsOf('\uFEFFNr.;"E-Mail";Firma\r\n1;a@b.example;B')).toEqual(['Nr.', 'E-Mail', 'Firma']);
    expect([separatorOf('a,b,c'), separatorOf('a;b'), separatorOf('a\tb')]).toEqual([',', ';', '\t']);
  });

  it('is described by the columns that are taken', () => {
    expect(tableFrom(draft)).toEqual({
      format: 'csv',
      charset: 'windows-1252',
      separator: ';',
      dates: 'DD.MM.YYYY',
      columns: [
        { column: 'Nr.', field: 'externalId' },
        { column: 'Firma', field: 'person.company' },
      ],
    });
  });

  it('gets the kind of its rows, and a currency where no column says it', () => {
    const table = tableFrom({ ...draft, kind: 'opportunities', format: 'xlsx', rowKind: 'order', fields: { Wert: 'amount.amount' } });
    expect(table['fixed']).toEqual([
      { field: 'kind', value: 'order' },
      { field: 'amount.currency', value: 'EUR' },
    ]);
  });

  it.each([
    ['leads', 'E-Mail', 'person.email'],
    ['opportunities', 'Firma', 'account.name'],
    ['leads', 'Wetter', undefined],
  ] as const)('of %s takes %s for %s', (kind, column, field) => expect(fieldOfColumn(kind, column)).toBe(field));
});
