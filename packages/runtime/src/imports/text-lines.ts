import { decodeIn, markedCharset, type TextFault } from '@meilenstein/kernel';

/** A line of a file, or why it is no text. */
export type TextLine = { readonly text: string } | { readonly fault: TextFault | 'line-too-long' };

/** Far more than a row needs; a file without line ends must not fill the memory. */
const maxLineBytes = 1_000_000;

type Charset = {
  readonly name: string;
  /** a line feed and a carriage return as it writes them */ readonly ends: readonly [Buffer, Buffer];
};

const charsetNamed = (name: string): Charset => {
  const written = { 'utf-16le': (sign: number) => [sign, 0], 'utf-16be': (sign: number) => [0, sign] }[name] ?? ((sign: number) => [sign]);
  return { name, ends: [Buffer.from(written(0x0a)), Buffer.from(written(0x0d))] };
};

/** The index of a line feed that stands where a character begins, or -1. */
const lineFeedIn = (bytes: Buffer, { ends: [lineFeed] }: Charset, from: number): number => {
  let at = bytes.indexOf(lineFeed, from);
  while (at >= 0 && at % lineFeed.length !== 0) at = bytes.indexOf(lineFeed, at + 1);
  return at;
};

const lineOf = (parts: readonly Buffer[], { name, ends: [, carriageReturn] }: Charset): TextLine => {
  const bytes = Buffer.concat(parts);
  if (bytes.length > maxLineBytes) return { fault: 'line-too-long' };
  const end = bytes.length - carriageReturn.length;
  const hasReturn = end >= 0 && bytes.subarray(end).equals(carriageReturn);
  return decodeIn(hasReturn ? bytes.subarray(0, end) : bytes, name);
};

type Beginning = { readonly charset: Charset; readonly bytes: Buffer };

const beginningOf = (bytes: Buffer, declared: string): Beginning => {
  const marked = markedCharset(bytes);
  return { charset: charsetNamed(marked?.charset ?? declared), bytes: bytes.subarray(marked?.length ?? 0) };
};

/** The bytes after the byte-order mark with the charset that it shows, in pieces of whole units of that charset. */
async function* inUnits(chunks: AsyncIterable<Uint8Array>, declared: string): AsyncGenerator<Beginning> {
  let charset: Charset | undefined;
  let left: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    left = Buffer.concat([left, chunk]);
    if (charset === undefined) {
      if (left.length < 3) continue;
      ({ charset, bytes: left } = beginningOf(left, declared));
    }
    const whole = left.length - (left.length % charset.ends[0].length);
    yield { charset, bytes: left.subarray(0, whole) };
    left = left.subarray(whole);
  }
  if (left.length > 0) yield charset === undefined ? beginningOf(left, declared) : { charset, bytes: left };
}

/**
 * The lines of a file, each decoded by itself: a line that is no text says so, and the others are read. A line ends with a line feed, alone
 * or after a carriage return, as NDJSON defines it, and with nothing else: the other line separators of Unicode may stand in a JSON string.
 * The charset is that of the byte-order mark, otherwise the declared one. `from`: how many lines are left out.
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>, from = 0, declared = 'utf-8'): AsyncGenerator<TextLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 0;
  let last: Charset | undefined;
  const add = (bytes: Buffer): void => {
    // Of a line that is too long, only so much is kept that it shows.
    if (bytes.length > 0 && length <= maxLineBytes) parts.push(bytes);
    length += bytes.length;
  };
  for await (const { charset, bytes } of inUnits(chunks, declared)) {
    last = charset;
    let start = 0;
    for (let end = lineFeedIn(bytes, charset, start); end >= 0; end = lineFeedIn(bytes, charset, start)) {
      add(bytes.subarray(start, end));
      if (number >= from) yield lineOf(parts, charset);
      number += 1;
      [parts, length, start] = [[], 0, end + charset.ends[0].length];
    }
    add(bytes.subarray(start));
  }
  if (last !== undefined && length > 0 && number >= from) yield lineOf(parts, last);
}
