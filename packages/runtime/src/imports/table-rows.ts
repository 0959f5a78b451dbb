// A table in CSV or XLSX as rows of an import: each row becomes the JSON that a line of an NDJSON file would be.
import type { ImportTable, ImportRehearsal } from '@meilenstein/contracts';
import type { Bucket } from '../adapters/bucket.ts';
import { csvRows, type TableRow } from './csv-rows.ts';
import { spreadsheetRows, type Unreadable } from './spreadsheet-rows.ts';
import { isPersonal, readCell, shownText, type Cell } from './table-cells.ts';

/** Why a row of the table is none of the import. */
export type RejectedTableRow = {
  readonly row: number;
  readonly state: 'rejected';
  readonly field: string | null;
  readonly column?: string;
  readonly value: string | null;
  readonly rule: string;
};
export type RowOfTable = { readonly row: number; readonly text: string };

type RehearsedCell = ImportRehearsal['rows'][number]['cells'][number];

const faults: Readonly<Record<Extract<TableRow, { readonly fault: unknown }>['fault'], string>> = {
  'text-not-utf-8': 'text-not-utf-8: the file is not in UTF-8; name its charset, such as windows-1252, or save it as UTF-8',
  'text-not-in-charset': 'text-not-in-charset: the row is not in the charset that was named',
  'charset-unknown': 'charset-unknown: save the file as UTF-8, and import it again',
  'line-too-long': 'line-too-long: a row has at most a megabyte',
  'quotes-unbalanced': 'quotes-unbalanced: a cell that begins with a quote ends with one, and a quote within it is written twice',
};

const rowsOfFile = async function* (bucket: Bucket, key: string, table: ImportTable): AsyncGenerator<TableRow | Unreadable> {
  if (table.format === 'csv') {
    yield* csvRows(bucket.lines(key, 0, table.charset), table.separator ?? ';');
    return;
  }
  const found = await bucket.get(key);
  if (found !== undefined) yield* spreadsheetRows(found.bytes);
};

/** Sets a field such as `person.email` in a row. */
const setField = (row: Record<string, unknown>, path: string, value: unknown): void => {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    row[first] = value;
    return;
  }
  const inner: Record<string, unknown> = { ...asRecord(row[first]) };
  setField(inner, rest.join('.'), value);
  row[first] = inner;
};

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** Parts that only count with their first field: a currency without an amount is no amount. */
const needed: Readonly<Record<string, string>> = {
  amount: 'amount',
  repEstimate: 'percent',
  converted: 'opportunityExternalId',
};

/** The row as the import reads it. An empty cell is an absent field; where the row must say that there is nothing, it says null. */
const rowOf = (fields: readonly (readonly [field: string, value: string | number])[], kind: string | undefined): unknown => {
  const row: Record<string, unknown> = kind === undefined ? {} : { kind };
  for (const [field, value] of fields) setField(row, field, value);
  for (const [part, first] of Object.entries(needed))
    if (row[part] !== undefined && asRecord(row[part])[first] === undefined) delete row[part];
  if (row['repEstimate'] !== undefined) row['repEstimate'] = { closesOn: null, ...asRecord(row['repEstimate']) };
  if (row['kind'] !== 'opportunity') return row;
  const account = row['account'] === undefined ? {} : { account: { name: null, ...asRecord(row['account']) } };
  return { amount: null, ...row, ...account };
};

type Head = { readonly columns: readonly string[]; readonly at: readonly number[] };

type Layout = Pick<Head, 'at'> & { readonly table: ImportTable; readonly kind: string | undefined };

type Taken = { readonly cells: readonly RehearsedCell[] } & ({ readonly text: string } | { readonly rejected: RejectedTableRow });

const takeRow = ({ row, cells }: { readonly row: number; readonly cells: readonly Cell[] }, { at, table, kind }: Layout): Taken => {
  const read = table.columns.map((column, index) => {
    const cell = cells[at[index] ?? -1] ?? '';
    const found = readCell(cell, column, table);
    const shown = { column: column.column, field: column.field, text: shownText(cell) };
    return 'rule' in found ? { ...shown, read: null, rule: found.rule } : { ...shown, read: found.read, rule: null };
  });
  const broken = read.find((cell) => cell.rule !== null);
  if (broken !== undefined && broken.rule !== null) {
    const { field, column, rule } = broken;
    return { cells: read, rejected: { row, state: 'rejected', field, column, value: isPersonal(field) ? null : broken.text, rule } };
  }
  const fixed = (table.fixed ?? []).map(({ field, value }) => [field, value] as const);
  const fields = read.flatMap(({ field, read: value }) => (value === null ? [] : [[field, value] as const]));
  return { cells: read, text: JSON.stringify(rowOf([...fixed, ...fields], kind)) };
};

const isEmpty = (cells: readonly Cell[]): boolean => cells.every((cell) => shownText(cell) === '');

const rejectFile = (rule: string, column?: string): RejectedTableRow => ({
  row: 1,
  state: 'rejected',
  field: null,
  ...(column === undefined ? {} : { column }),
  value: null,
  rule,
});

/** The head of the table, or why the file cannot be read with this table. */
const headOf = (first: TableRow | Unreadable, table: ImportTable): Head | RejectedTableRow => {
  if ('unreadable' in first) return rejectFile(first.unreadable);
  if ('fault' in first) return rejectFile(faults[first.fault]);
  const columns = first.cells.map(shownText);
  const missing = table.columns.find(({ column }) => !columns.includes(column));
  const doubled = table.columns.find(({ column }) => columns.filter((one) => one === column).length > 1);
  if (missing !== undefined)
    return rejectFile(`column-missing: the first line of the file names the columns ${columns.join(', ').slice(0, 500)}`, missing.column);
  if (doubled !== undefined) return rejectFile('column-twice: the first line of the file names the column twice', doubled.column);
  return { columns, at: table.columns.map(({ column }) => columns.indexOf(column)) };
};

/** The head first, then each row with its cells; a file that cannot be read is one rejected row. Rows count as a spreadsheet counts them. */
async function* takenRows(bucket: Bucket, key: string, table: ImportTable, kind: string | undefined) {
  let [row, head]: [number, Head | undefined] = [0, undefined];
  for await (const one of rowsOfFile(bucket, key, table)) {
    row += 1;
    if (head === undefined) {
      const found = headOf(one, table);
      if ('rule' in found) {
        yield { rejected: found, cells: [], columns: [] };
        return;
      }
      head = found;
      continue;
    }
    const { columns } = head;
    if ('unreadable' in one) yield { rejected: { ...rejectFile(one.unreadable), row }, cells: [], columns };
    else if ('fault' in one) yield { rejected: { ...rejectFile(faults[one.fault]), row }, cells: [], columns };
    else if (!isEmpty(one.cells)) yield { row, columns, ...takeRow({ row, cells: one.cells }, { ...head, table, kind }) };
  }
}

/** The rows of an uploaded table from a row on. `kind`: of every row, where the table has no column for it. */
export async function* tableRows(
  bucket: Bucket,
  key: string,
  table: ImportTable,
  { from, kind }: { readonly from: number; readonly kind: string | undefined },
): AsyncGenerator<RowOfTable | RejectedTableRow> {
  for await (const one of takenRows(bucket, key, table, kind)) {
    if ('rejected' in one) {
      if (one.rejected.row >= from) yield one.rejected;
    } else if (one.row >= from) yield { row: one.row, text: one.text };
  }
}

/** The column that a field was read from: of a part such as `person`, the first of its columns. */
export const columnOfField = ({ columns }: ImportTable, field: string | null): string | undefined =>
  field === null
    ? undefined
    : (
        columns.find((one) => one.field === field) ??
        columns.find((one) => one.field.startsWith(`${field}.`) || field.startsWith(`${one.field}.`))
      )?.column;

type Rehearsed = Pick<ImportRehearsal, 'columns' | 'rows'>;

/**
 * The first rows of an uploaded table, cell by cell. `check` answers the first rule of the import that a row breaks by itself. A file that
 * cannot be read answers its rejection; undefined: nothing was uploaded.
 */
export const rehearse = async (
  bucket: Bucket,
  key: string,
  table: ImportTable,
  about: {
    readonly kind: string | undefined;
    readonly rows: number;
    readonly check: (row: RowOfTable) => { readonly field: string | null; readonly rule: string } | undefined;
  },
): Promise<Rehearsed | { readonly rejected: RejectedTableRow } | undefined> => {
  const rows: Rehearsed['rows'] = [];
  let columns: readonly string[] | undefined;
  for await (const one of takenRows(bucket, key, table, about.kind)) {
    if ('rejected' in one && one.columns.length === 0) return { rejected: one.rejected };
    columns = one.columns;
    const rejected = 'rejected' in one ? one.rejected : about.check(one);
    const row = 'rejected' in one ? one.rejected.row : one.row;
    rows.push({
      row,
      cells: [...one.cells],
      rejected:
        rejected === undefined
          ? null
          : { field: rejected.field, column: columnOfField(table, rejected.field) ?? null, rule: rejected.rule },
    });
    if (rows.length >= about.rows) break;
  }
  return columns === undefined ? undefined : { columns: [...columns], rows };
};
