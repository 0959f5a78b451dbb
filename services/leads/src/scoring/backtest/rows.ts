import { parse } from 'csv-parse/sync';
import { gunzipSync } from 'node:zlib';
import type { Example } from '../domain/learned-score.ts';

export type Question = {
  readonly id: string;
  readonly order: string;
  readonly outcome: string;
  readonly positive: string;
  /** columns to leave out; one ending in `*` matches all with that prefix */
  readonly exclude: readonly string[];
};

/** A lead of the file with its outcome. */
export type Row = { readonly id: string; readonly order: string; readonly example: Example };

export class InvalidQuestion extends Error {
  override readonly name = 'InvalidQuestion';
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const cellsOf = (bytes: Uint8Array): readonly (readonly string[])[] => {
  const text = new TextDecoder('utf-8').decode(isGzip(bytes) ? gunzipSync(bytes) : bytes);
  return parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true });
};

const isExcluded = (name: string, exclude: readonly string[]): boolean =>
  exclude.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));

const demand = (header: readonly string[], { id, order, outcome, exclude }: Question): void => {
  const missing = [id, order, outcome].filter((name) => !header.includes(name));
  const idle = exclude.filter((pattern) => !header.some((name) => isExcluded(name, [pattern])));
  const unknown = [...missing, ...idle];
  if (unknown.length > 0) throw new InvalidQuestion(`there is no column ${unknown.join(', ')}; there are ${header.join(', ')}`);
};

const maxNamed = 20;

/** A value that never occurs is a typo: every lead would count as lost, and every measure would look good. */
const demandPositive = (outcomes: readonly string[], { outcome, positive }: Question): void => {
  if (outcomes.length === 0 || outcomes.includes(positive)) return;
  const values = [...new Set(outcomes)].toSorted();
  const more = values.length > maxNamed ? ` and ${values.length - maxNamed} more` : '';
  throw new InvalidQuestion(`no row has the ${outcome} ${positive}; there are ${values.slice(0, maxNamed).join(', ')}${more}`);
};

/** The leads of a CSV file, plain or gzipped, in file order. Throws InvalidQuestion if a column or the positive value does not occur. */
export const rowsOf = (bytes: Uint8Array, question: Question): readonly Row[] => {
  const [header = [], ...lines] = cellsOf(bytes);
  const names = header.map((name) => name.trim());
  demand(names, question);
  const place = (name: string): number => names.indexOf(name);
  const [id, order, outcome] = [place(question.id), place(question.order), place(question.outcome)];
  const taken = names.flatMap((name, index) =>
    index === id || index === order || index === outcome || isExcluded(name, question.exclude) ? [] : [{ name, index }],
  );
  demandPositive(
    lines.map((cells) => (cells[outcome] ?? '').trim()),
    question,
  );
  return lines.map((cells) => ({
    id: cells[id] ?? '',
    order: (cells[order] ?? '').trim(),
    example: {
      facts: Object.fromEntries(taken.map(({ name, index }) => [name, cells[index] ?? ''])),
      won: (cells[outcome] ?? '').trim() === question.positive,
    },
  }));
};

const compare = (a: string, b: string): number => {
  const [left, right] = [a === '' ? Number.NaN : Number(a), b === '' ? Number.NaN : Number(b)];
  if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
  const difference = left - right;
  return Number.isNaN(difference) ? (a < b ? -1 : a > b ? 1 : 0) : difference;
};

/** Rows by their order column, grouped by equal values: numbers by size, then texts. Within a group they stay in file order. */
export const inOrder = (rows: readonly Row[]): readonly (readonly Row[])[] => {
  const groups: Row[][] = [];
  for (const row of rows.toSorted((a, b) => compare(a.order, b.order))) {
    const last = groups.at(-1);
    if (last?.[0]?.order === row.order) last.push(row);
    else groups.push([row]);
  }
  return groups;
};
