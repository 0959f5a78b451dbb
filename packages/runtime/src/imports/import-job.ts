import {
  importContentTypes,
  importStatus,
  importTable,
  rehearsedRows,
  type ImportRehearsal,
  type ImportStatus,
  type ImportTable,
  type RejectedRow,
  type RowState,
} from '@meilenstein/contracts';
import { hasHalfPair, type Clock } from '@meilenstein/kernel';
import * as z from 'zod';
import type { Bucket } from '../adapters/bucket.ts';
import { depthOf } from '../http/http-handler.ts';
import { writeTogether, type WritableTable } from '../table/certain-writes.ts';
import { columnOfField, rehearse, tableRows, type RejectedTableRow } from './table-rows.ts';
import type { TextLine } from './text-lines.ts';

type LineFault = Extract<TextLine, { readonly fault: unknown }>['fault'];

export type ImportDeps = WritableTable & { readonly bucket: Bucket; readonly clock: Clock };

/** A line of the file; `row` counts from 1. */
export type Row = { readonly row: number; readonly text: string };

/** What became of a row: exactly one state. A rejected one names field, value and rule. */
export type RowOutcome =
  | { readonly row: number; readonly state: Exclude<RowState, 'rejected'>; readonly id: string }
  | (RejectedRow & { readonly state: 'rejected' });

/** A line that is no row, because it is no text. Nothing of it is shown or kept. */
type RejectedLine = RejectedRow & { readonly state: 'rejected' };

const lineFaults: Readonly<Record<LineFault, string>> = {
  'text-not-utf-8': 'text-not-utf-8: save the file as UTF-8, and import it again',
  'text-not-in-charset': 'text-not-in-charset: the line is not in the charset of the file; save the file as UTF-8, and import it again',
  'charset-unknown': 'charset-unknown: save the file as UTF-8, and import it again',
  'line-too-long': 'line-too-long: a row has at most a megabyte, on a line of its own',
};

const rejectedLine = (row: number, fault: LineFault): RejectedLine => ({
  row,
  state: 'rejected',
  field: null,
  value: null,
  rule: lineFaults[fault],
});

/** Deeper rows are read by no rule, and a search in them may exhaust the stack. */
const deepestRow = 64;

/** Takes a chunk of rows; running it twice over the same rows must change nothing the second time. */
export type TakeRows = (rows: readonly Row[], system: string) => Promise<readonly RowOutcome[]>;

const stored = importStatus.omit({ result: true }).extend({
  nextRow: z.int(),
  chunks: z.int(),
  /** of a file in CSV or XLSX */
  table: importTable.optional(),
  /** the kind of every row, where no column says it */
  kind: z.string().optional(),
});
type Progress = z.infer<typeof stored>;
const item = z.looseObject({ version: z.int(), progress: stored });

const rowsInChunk = 250;
const keptRejections = 100;
const uploadMillis = 3600_000;
const resultMillis = 300_000;
const keptSeconds = 400 * 24 * 3600;

type Format = keyof typeof importContentTypes;
const formatOf = ({ table }: Pick<Progress, 'table'>): Format => table?.format ?? 'ndjson';
const uploadKey = ({ importId, ...progress }: Pick<Progress, 'importId' | 'table'>): string => `imports/${importId}.${formatOf(progress)}`;
const resultKey = (importId: string): string => `results/${importId}.ndjson`;
const chunkKey = (importId: string, chunk: number): string => `results/${importId}/${String(chunk).padStart(6, '0')}.ndjson`;

/** The import that an uploaded object belongs to; undefined for other objects. */
export const importOfKey = (key: string): string | undefined => /^imports\/([A-Za-z0-9_-]+)\.(?:ndjson|csv|xlsx)$/.exec(key)?.[1];

/** What an import is told beside its file. `kind`: of every row of a table that has no column for it. */
export type ImportAsked = { readonly table?: ImportTable | undefined; readonly rehearse?: boolean | undefined; readonly kind?: string };

/** Imports of files in NDJSON, CSV and XLSX: presigned upload, chunks with a checkpoint each, a status and a result file that names every row. */
export const importJob = ({ bucket, clock, ...machinery }: ImportDeps) => {
  const { table } = machinery;
  const key = (importId: string) => ({ pk: `IMPORT#${importId}`, sk: 'STATUS' });

  const load = async (importId: string): Promise<{ version: number; progress: Progress } | undefined> => {
    const found = await table.get(key(importId));
    return found === undefined ? undefined : item.parse(found);
  };

  const save = async (progress: Progress, version: number): Promise<number> => {
    const expiresAt = Math.floor(Date.parse(clock.now()) / 1000) + keptSeconds;
    const put = { ...key(progress.importId), version: version + 1, expiresAt, progress };
    const outcome = await writeTogether(machinery, [{ put, when: version === 0 ? 'absent' : { versionIs: version } }]);
    if (!outcome.done) throw new Error(`import ${progress.importId}: another run is under way`);
    return version + 1;
  };

  const start = async (importId: string, system: string, { table: described, rehearse: isRehearsal, kind }: ImportAsked = {}) => {
    const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 };
    if ((await load(importId)) === undefined)
      await save(
        {
          importId,
          system,
          status: isRehearsal === true ? 'rehearsal' : 'waiting-for-upload',
          ...counts,
          rejections: [],
          nextRow: 1,
          chunks: 0,
          ...(described === undefined ? {} : { table: described }),
          ...(kind === undefined ? {} : { kind }),
        },
        0,
      );
    const contentType = importContentTypes[formatOf({ table: described })];
    const { url, expiresAt } = await bucket.presignedPut(uploadKey({ importId, table: described }), contentType, uploadMillis);
    return { importId, upload: { method: 'PUT' as const, url, contentType, expiresAt } };
  };

  const status = async (importId: string): Promise<ImportStatus | undefined> => {
    const found = await load(importId);
    if (found === undefined) return undefined;
    const result = found.progress.status === 'finished' ? (await bucket.presignedGet(resultKey(importId), resultMillis)).url : null;
    return importStatus.parse({ ...found.progress, result });
  };

  const finish = async (progress: Progress, version: number): Promise<void> => {
    const parts: Uint8Array[] = [];
    for (let chunk = 1; chunk <= progress.chunks; chunk += 1)
      parts.push((await bucket.get(chunkKey(progress.importId, chunk)))?.bytes ?? new Uint8Array());
    await bucket.putNew(resultKey(progress.importId), Buffer.concat(parts), 'application/x-ndjson');
    await save({ ...progress, status: 'finished' }, version);
    // The file may hold people's data; what became of each row is in the result, without them.
    await bucket.remove(uploadKey(progress));
  };

  /**
   * Takes the uploaded file from the last checkpoint on. Returns false where `hasTimeLeft` said that time is short: call it again.
   * After a finished import, another file at its address is deleted unread.
   */
  const run = async (importId: string, take: TakeRows, hasTimeLeft: () => boolean): Promise<boolean> => {
    const found = await load(importId);
    if (found === undefined) throw new Error(`import ${importId} was never started`);
    if (found.progress.status === 'finished') {
      // The address stays valid for an hour. A file that somebody put there afterwards is not imported, and must not stay either.
      await bucket.remove(uploadKey(found.progress));
      return true;
    }
    // the file stays until it is shown; the bucket deletes it after some days
    if (found.progress.status === 'rehearsal') return true;
    let version = await save({ ...found.progress, status: 'running' }, found.version);
    let progress: Progress = { ...found.progress, status: 'running' };
    const flush = async (read: readonly (Row | RejectedLine | RejectedTableRow)[], last: number): Promise<void> => {
      const rows = read.flatMap((one) => ('text' in one ? [one] : []));
      const taken = (rows.length === 0 ? [] : await take(rows, progress.system)).map((outcome) => withColumn(outcome, progress.table));
      const outcomes = [...taken, ...read.flatMap((one) => ('text' in one ? [] : [one]))].toSorted((a, b) => a.row - b.row);
      progress = advanced(progress, outcomes, last + 1);
      const lines = outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join('');
      await bucket.putNew(chunkKey(importId, progress.chunks), Buffer.from(lines), 'application/x-ndjson');
      version = await save(progress, version);
    };
    let read: (Row | RejectedLine | RejectedTableRow)[] = [];
    let row = progress.nextRow - 1;
    for await (const one of rowsFrom(bucket, progress)) {
      row = one.row;
      if (!('text' in one) || one.text.trim() !== '') read.push(one);
      if (read.length < rowsInChunk) continue;
      await flush(read, row);
      read = [];
      if (!hasTimeLeft()) return false;
    }
    if (read.length > 0) await flush(read, row);
    await finish(progress, version);
    return true;
  };

  /** How the first rows of an uploaded table would be taken. `schema` and `personal` as for `parseRow`. Nothing is stored. */
  const rehearsal = async (
    importId: string,
    schema: z.ZodType,
    personal: readonly string[],
  ): Promise<ImportRehearsal | RehearsalRefused | undefined> => {
    const found = await load(importId);
    if (found === undefined) return undefined;
    const { status: state, table: described, kind } = found.progress;
    if (state !== 'rehearsal' || described === undefined) return { because: 'rehearsal-not-asked' };
    const rehearsed = await rehearse(bucket, uploadKey(found.progress), described, {
      kind,
      rows: rehearsedRows,
      check: (row) => {
        const parsed = parseRow(schema, row, personal);
        return 'rejected' in parsed && parsed.rejected.state === 'rejected' ? parsed.rejected : undefined;
      },
    });
    if (rehearsed === undefined) return { because: 'upload-missing' };
    return 'rejected' in rehearsed ? { because: 'file-unreadable', rejected: rehearsed.rejected } : { importId, ...rehearsed };
  };

  return { start, status, run, rehearsal };
};

/** Why there is no rehearsal to show. */
export type RehearsalRefused =
  | { readonly because: 'rehearsal-not-asked' | 'upload-missing' }
  | { readonly because: 'file-unreadable'; readonly rejected: RejectedTableRow };

const withColumn = (outcome: RowOutcome, table: ImportTable | undefined): RowOutcome => {
  if (outcome.state !== 'rejected' || table === undefined) return outcome;
  const column = columnOfField(table, outcome.field);
  return column === undefined ? outcome : { ...outcome, column };
};

async function* rowsFrom(
  bucket: Bucket,
  { table, kind, nextRow, ...progress }: Progress,
): AsyncGenerator<Row | RejectedLine | RejectedTableRow> {
  const key = uploadKey({ ...progress, table });
  if (table !== undefined) {
    yield* tableRows(bucket, key, table, { from: nextRow, kind });
    return;
  }
  let row = nextRow - 1;
  for await (const line of bucket.lines(key, row)) {
    row += 1;
    yield 'text' in line ? { row, text: line.text } : rejectedLine(row, line.fault);
  }
}

export type ImportJob = ReturnType<typeof importJob>;

const advanced = (progress: Progress, outcomes: readonly RowOutcome[], nextRow: number): Progress => {
  const of = (state: RowState): number => outcomes.filter((outcome) => outcome.state === state).length;
  const rejections = outcomes.flatMap((outcome) =>
    outcome.state === 'rejected'
      ? [
          {
            row: outcome.row,
            field: outcome.field,
            ...(outcome.column === undefined ? {} : { column: outcome.column }),
            value: outcome.value,
            rule: outcome.rule,
          },
        ]
      : [],
  );
  return {
    ...progress,
    rows: progress.rows + outcomes.length,
    created: progress.created + of('created'),
    updated: progress.updated + of('updated'),
    unchanged: progress.unchanged + of('unchanged'),
    rejected: progress.rejected + of('rejected'),
    rejections: [...progress.rejections, ...rejections].slice(0, keptRejections),
    chunks: progress.chunks + 1,
    nextRow,
  };
};

/** The value that a rule complains about, where it may be shown: texts and numbers only, cut short. */
const valueAt = (json: unknown, path: readonly PropertyKey[]): string | null => {
  const found = path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === String(step))?.[1] : undefined,
    json,
  );
  return ['string', 'number', 'boolean'].includes(typeof found) ? String(found).slice(0, 100) : null;
};

/**
 * Parses a row by its schema; the first broken rule becomes the rejection, with the value unless it lies in or below one of the
 * `personal` fields.
 */
export const parseRow = <Schema extends z.ZodType>(
  schema: Schema,
  { row, text }: Row,
  personal: readonly string[],
): { readonly value: z.output<Schema> } | { readonly rejected: RowOutcome } => {
  const reject = (rule: string, field: string | null = null, value: string | null = null) => ({
    rejected: { row, state: 'rejected' as const, field, value, rule },
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return reject('the line is not a JSON document');
  }
  // Such a text cannot be stored as it is; a search for the escape is enough to know that there may be one.
  if (/\\ud[89a-f]/i.test(text) && (depthOf(text) > deepestRow || hasHalfPair(json))) return reject(lineFaults['text-not-utf-8']);
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'does not fit the schema' };
  const field = path.join('.');
  const hidden = personal.some((one) => field === one || field.startsWith(`${one}.`));
  return reject(message, field === '' ? null : field, hidden ? null : valueAt(json, path));
};
