import * as z from 'zod';

const position = z.record(z.string(), z.string());

export const cursorAdvice = 'cursor: not one that a list of this API returned as `next`';

/** Thrown for a cursor that this system did not make; the HTTP handler answers 400. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** Wraps the last key that was read as an opaque text. */
export const toCursor = (key: Readonly<Record<string, string>>): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The key, which has each of `names`. Throws InvalidCursor where the text is not one of ours. */
export const fromCursor = <const Name extends string>(cursor: string, names: readonly Name[]): PositionWith<Name> => {
  const found = position.safeParse(jsonOf(cursor)).data;
  if (found === undefined || !hasAll(found, names)) throw new InvalidCursor(cursorAdvice);
  return found;
};

type PositionWith<Name extends string> = Readonly<Record<Name, string>> & Readonly<Record<string, string>>;

const hasAll = <Name extends string>(found: Readonly<Record<string, string>>, names: readonly Name[]): found is PositionWith<Name> =>
  names.every((name) => name in found);

const jsonOf = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};
