import type { JsonRecord } from '../documents/json.ts';
import type { ImportKind, RowKind } from './import-fields.ts';

/** How somebody describes a table on the page. */
export type TableDraft = {
  readonly kind: ImportKind;
  readonly format: 'csv' | 'xlsx';
  readonly charset: 'utf-8' | 'windows-1252';
  readonly separator: string;
  readonly dates: 'DD.MM.YYYY' | 'YYYY-MM-DD' | 'MM/DD/YYYY';
  /** the field of each column that is taken */
  readonly fields: Readonly<Record<string, string | undefined>>;
  readonly rowKind: RowKind;
  /** of amounts, where no column says it */
  readonly currency: string;
};

/** The separator of a line of column names: the one that stands in it most often. */
export const separatorOf = (line: string): ';' | ',' | '\t' => {
  const [most = ';'] = ([';', ',', '\t'] as const).toSorted((a, b) => line.split(b).length - line.split(a).length);
  return most;
};

/** The names of the columns of a CSV file, as its first line has them. */
export const columnsOf = (text: string): readonly string[] => {
  const [line = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return line
    .split(separatorOf(line))
    .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    .filter((cell) => cell !== '');
};

/** The description as the API takes it: fields that no column has and every row needs are fixed. */
export const tableFrom = ({ kind, format, charset, separator, dates, fields, rowKind, currency }: TableDraft): JsonRecord => {
  const columns = Object.entries(fields).flatMap(([column, field]) => (field === undefined ? [] : [{ column, field }]));
  const isMapped = (field: string): boolean => columns.some((each) => each.field === field);
  const fixed = [
    ...(kind === 'opportunities' ? [{ field: 'kind', value: rowKind }] : []),
    ...(kind === 'opportunities' && rowKind === 'evidence' ? [{ field: 'by.party', value: 'customer' }] : []),
    ...(isMapped('amount.amount') && !isMapped('amount.currency') ? [{ field: 'amount.currency', value: currency }] : []),
  ];
  return {
    format,
    ...(format === 'csv' ? { charset, separator } : {}),
    dates,
    columns,
    ...(fixed.length === 0 ? {} : { fixed }),
  };
};
