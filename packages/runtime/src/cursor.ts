import * as z from 'zod';

const position = z.record(z.string(), z.string());

export const cursorAdvice = 'cursor: not one that a list of this API returned as `next`';

/** Thrown by a cursor that this system did not make; the HTTP door answers 400. */
export class CursorIsInvalid extends Error {
  override readonly name = 'CursorIsInvalid';
}

/** Wraps the last key that was read as an opaque text. */
export const toCursor = (key: Readonly<Record<string, string>>): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Throws CursorIsInvalid where the text is not one of ours. */
export const fromCursor = (cursor: string): Record<string, string> => {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new CursorIsInvalid(cursorAdvice);
  }
};
