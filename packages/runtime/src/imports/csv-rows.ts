import { parse } from 'csv-parse/sync';
import type { TextLine } from './text-lines.ts';

type LineFault = Extract<TextLine, { readonly fault: unknown }>['fault'];

/** A row of a table in order, or why it is none. */
export type TableRow = { readonly cells: readonly (string | number)[] } | { readonly fault: LineFault | 'quotes-unbalanced' };

// A quote that was never closed must not swallow the rest of the file.
const mostLines = 200;

/** Whether a cell in quotes is still open after a line. A quote opens a cell only where the cell begins. */
const isOpenAfter = (isOpen: boolean, line: string, separator: string): boolean => {
  let [open, atStart] = [isOpen, !isOpen];
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (sign === '"' && (open || atStart)) {
      if (open && line[at + 1] === '"') at += 1;
      else open = !open;
    }
    atStart = !open && sign === separator;
  }
  return open;
};

const cellsOf = (text: string, separator: string): TableRow => {
  try {
    const [cells] = parse(text, { delimiter: separator, relax_column_count: true, bom: false });
    return { cells: Array.isArray(cells) ? cells.map(String) : [] };
  } catch {
    return { fault: 'quotes-unbalanced' };
  }
};

/** Lines that make up the next row, so far. */
type Waiting = { readonly lines: string[]; isOpen: boolean };

/** The rows that lines complete. Where a quote is never closed, its line is a row by itself and the lines after it are read again. */
function* completed(waiting: Waiting, given: readonly string[], separator: string, isEnd: boolean): Generator<TableRow> {
  const queue = [...given];
  for (;;) {
    const line = queue.shift();
    if (line !== undefined) {
      waiting.lines.push(line);
      waiting.isOpen = isOpenAfter(waiting.isOpen, line, separator);
      if (!waiting.isOpen) yield cellsOf(waiting.lines.splice(0).join('\n'), separator);
    }
    const isLost = waiting.lines.length >= mostLines || (isEnd && queue.length === 0 && waiting.lines.length > 0);
    if (isLost) {
      yield { fault: 'quotes-unbalanced' };
      queue.unshift(...waiting.lines.splice(0).slice(1));
      waiting.isOpen = false;
    } else if (queue.length === 0) return;
  }
}

/** The rows of a CSV file. A cell in quotes may contain line ends; each row is parsed by itself, so that a broken one costs no other. */
export async function* csvRows(lines: AsyncIterable<TextLine>, separator: string): AsyncGenerator<TableRow> {
  const waiting: Waiting = { lines: [], isOpen: false };
  for await (const line of lines) {
    if ('text' in line) yield* completed(waiting, [line.text], separator, false);
    else {
      yield* completed(waiting, [], separator, true);
      yield { fault: line.fault };
    }
  }
  yield* completed(waiting, [], separator, true);
}
