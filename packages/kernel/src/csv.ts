/**
 * A spreadsheet runs a cell that begins so as a formula (CWE-1236), whatever it skips in front: spaces, control characters and those that
 * nobody sees. Only text can; numbers are numbers by type.
 */
const dangerous = /^(?:[\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠﹢﹣﹦﹫]|[\t\r\n])/u;

/** A text as a cell that no spreadsheet runs as a formula. */
export const escapeFormula = (text: string): string => (dangerous.test(text) ? `'${text}` : text);

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const byteOrderMark = '\uFEFF';

/** RFC 4180, with a byte-order mark so that a spreadsheet reads the umlauts. Text that people typed must go through `escapeFormula` first. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `${byteOrderMark}${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
