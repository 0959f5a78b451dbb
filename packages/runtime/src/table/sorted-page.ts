import { cursorAdvice, fromCursor, InvalidCursor, toCursor } from './cursor.ts';

/** What a list is sorted by; null comes last, whichever the direction. Ids make the order total. */
type Place = { readonly value: number | string | null; readonly id: string };

type Order<Entry> = { readonly placeOf: (entry: Entry) => Place; readonly descending?: boolean };

const compare = (a: Place, b: Place, descending: boolean): number => {
  if (a.value !== b.value) {
    if (a.value === null) return 1;
    if (b.value === null) return -1;
    return a.value < b.value !== descending ? -1 : 1;
  }
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
};

const placeIn = (cursor: string): Place => {
  const { id, kind, value } = fromCursor(cursor, ['id', 'kind', 'value']);
  if (kind === 'null') return { value: null, id };
  if (kind === 'string') return { value, id };
  const number = Number(value);
  if (kind !== 'number' || Number.isNaN(number)) throw new InvalidCursor(cursorAdvice);
  return { value: number, id };
};

const cursorAt = ({ value, id }: Place): string => toCursor({ id, kind: value === null ? 'null' : typeof value, value: String(value) });

/**
 * A page of a list that was read as a whole and is sorted here. The cursor is the place of its last entry, so a page goes on behind it even
 * if entries came or went meanwhile. Throws InvalidCursor for a cursor that is not one of ours.
 */
export const sortedPage = <Entry>(
  entries: readonly Entry[],
  { placeOf, descending = false }: Order<Entry>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): { readonly items: readonly Entry[]; readonly next: string | null } => {
  const from = cursor === undefined ? undefined : placeIn(cursor);
  const sorted = entries
    .map((entry) => ({ entry, place: placeOf(entry) }))
    .filter(({ place }) => from === undefined || compare(place, from, descending) > 0)
    .toSorted((a, b) => compare(a.place, b.place, descending));
  const shown = sorted.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ entry }) => entry),
    next: last === undefined || sorted.length <= limit ? null : cursorAt(last.place),
  };
};
