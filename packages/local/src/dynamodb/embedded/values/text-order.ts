/** Order of two texts as DynamoDB and SQLite have it: by the bytes of their UTF-8. */
export const compareTexts = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

const [lastBeforeSurrogates, firstAfterSurrogates, last] = [0xd7ff, 0xe000, 0x10ffff];

/** The first text behind all that begin with a prefix; undefined where nothing stands behind them. */
export function textAfter(prefix: string): string | undefined {
  const points = Array.from(prefix, (one) => one.codePointAt(0) ?? 0);
  while (points.at(-1) === last) points.pop();
  const point = points.pop();
  if (point === undefined) return undefined;
  return String.fromCodePoint(...points, point === lastBeforeSurrogates ? firstAfterSurrogates : point + 1);
}
