// The rows of the first sheet of an XLSX file: a zip of XML files. The sheet is unpacked and read piece by piece, so that 100,000 rows need
// little more memory than the file and its texts.
import { Unzip, UnzipInflate } from 'fflate';
import { SaxesParser } from 'saxes';
import type { TableRow } from './csv-rows.ts';

/** Unpacked, no file of a zip may be larger: a small zip can hold gigabytes. */
const mostBytes = 500_000_000;
const pieceBytes = 65_536;

/** A file that is no spreadsheet. */
export type Unreadable = { readonly unreadable: string };

type Handlers = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const xmlReader = (handlers: Handlers) => {
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => handlers.open?.(localName(name), attributes));
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('closetag', ({ name }) => handlers.close?.(localName(name)));
  const decoder = new TextDecoder('utf-8');
  return {
    write: (bytes: Uint8Array): void => void parser.write(decoder.decode(bytes, { stream: true })),
    end: (): void => void parser.write(decoder.decode()).close(),
  };
};

/** Reads one file of the zip; after each piece the caller may take what was found. Answers whether the file is there. */
function* unpacked(zip: Uint8Array, name: string, handlers: Handlers): Generator<undefined, boolean> {
  const reader = xmlReader(handlers);
  const state: { isThere: boolean; isDone: boolean; size: number; error: Error | undefined } = {
    isThere: false,
    isDone: false,
    size: 0,
    error: undefined,
  };
  const unzip = new Unzip((file) => {
    if (file.name !== name) return;
    state.isThere = true;
    file.ondata = (error, bytes, final) => {
      if (error !== null) state.error = error;
      state.size += bytes?.length ?? 0;
      if (state.size > mostBytes) state.error = new RangeError('too large');
      if (state.error !== undefined) return;
      reader.write(bytes);
      if (final) reader.end();
      state.isDone = final;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let from = 0; from < zip.length && !state.isDone; from += pieceBytes) {
    unzip.push(zip.subarray(from, from + pieceBytes), from + pieceBytes >= zip.length);
    if (state.error !== undefined) throw state.error;
    yield;
  }
  return state.isThere;
}

const readAll = (zip: Uint8Array, name: string, handlers: Handlers): boolean => {
  const pieces = unpacked(zip, name, handlers);
  for (let piece = pieces.next(); ; piece = pieces.next()) if (piece.done === true) return piece.value;
};

const attributeOf = (attributes: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.entries(attributes).find(([key]) => localName(key) === name)?.[1];

/** The path of the first sheet in the zip. */
const firstSheet = (zip: Uint8Array): string => {
  const found = { id: '', from1904: false, path: 'xl/worksheets/sheet1.xml' };
  const isThere = readAll(zip, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr') found.from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name === 'sheet' && found.id === '') found.id = attributes['r:id'] ?? attributeOf(attributes, 'id') ?? '';
    },
  });
  if (!isThere) throw new RangeError('no workbook');
  readAll(zip, 'xl/_rels/workbook.xml.rels', {
    open: (name, { Id, Target = '' }) => {
      if (name === 'Relationship' && Id === found.id) found.path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
    },
  });
  if (found.from1904) throw new RangeError('counts days from 1904');
  return found.path;
};

/** The texts that cells refer to by number. Readings beside a text (`rPh`) are left out. */
const sharedTexts = (zip: Uint8Array): readonly string[] => {
  const texts: string[] = [];
  let [text, isText, isReading] = ['', false, false];
  readAll(zip, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') isReading = true;
      isText = name === 't' && !isReading;
    },
    text: (part) => {
      if (isText) text += part;
    },
    close: (name) => {
      if (name === 't') isText = false;
      if (name === 'rPh') isReading = false;
      if (name === 'si') texts.push(text);
    },
  });
  return texts;
};

/** The index of a cell's column: 0 of A7, 26 of AA7. */
const columnOf = (reference: string): number =>
  [...reference.replace(/\d+$/, '')].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1;

const mostColumns = 1000;
const mostRows = 1_048_576;

const cellReader = (texts: readonly string[], rows: TableRow[]) => {
  let cells: (string | number)[] = [];
  let [row, at, type, text, isValue] = [0, -1, '', '', false];
  const value = (): string | number => {
    if (type === 's') return texts[Number(text)] ?? '';
    if (type === 'b') return text === '1' ? 'true' : 'false';
    if (['str', 'inlineStr', 'e', 'd'].includes(type)) return text;
    return text === '' ? '' : Number(text);
  };
  return {
    open: (name: string, attributes: Readonly<Record<string, string>>) => {
      if (name === 'row') {
        const number = Math.min(mostRows, Number(attributes['r'] ?? row + 1));
        // rows without cells are left out of the file, and count
        for (row += 1; row < number; row += 1) rows.push({ cells: [] });
        [cells, at] = [[], -1];
      }
      if (name === 'c') {
        at = attributes['r'] === undefined ? at + 1 : columnOf(attributes['r']);
        [type, text] = [attributes['t'] ?? 'n', ''];
      }
      isValue = name === 'v' || name === 't';
    },
    text: (part: string) => {
      if (isValue) text += part;
    },
    close: (name: string) => {
      if (name === 'v' || name === 't') isValue = false;
      if (name === 'c' && at < mostColumns) {
        while (cells.length < at) cells.push('');
        cells[at] = value();
      }
      if (name === 'row') rows.push({ cells });
    },
  };
};

/** The rows of the first sheet; the first one answers whether the file can be read at all. */
export function* spreadsheetRows(zip: Uint8Array): Generator<TableRow | Unreadable> {
  const rows: TableRow[] = [];
  try {
    const pieces = unpacked(zip, firstSheet(zip), cellReader(sharedTexts(zip), rows));
    for (let piece = pieces.next(); ; piece = pieces.next()) {
      yield* rows.splice(0);
      if (piece.done !== true) continue;
      if (!piece.value) throw new RangeError('no sheet');
      return;
    }
  } catch {
    yield {
      unreadable: 'file-unreadable: must be an XLSX file with at least one sheet, without a password, and with days counted from 1900',
    };
  }
}
