import { describe, expect, it } from 'vitest';
import { toCursor } from './cursor.ts';
import { sortedPage } from './sorted-page.ts';

type Jar = { readonly id: string; readonly plums: number | null };
const jars: readonly Jar[] = [
  { id: 'c', plums: 3 },
  { id: 'a', plums: null },
  { id: 'b', plums: 10 },
  { id: 'd', plums: 3 },
];
const placeOf = ({ id, plums }: Jar) => ({ value: plums, id });

/** The ids of all pages, page by page. */
const pages = (entries: readonly Jar[], descending: boolean, limit: number): readonly (readonly string[])[] => {
  const found: string[][] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = sortedPage(entries, { placeOf, descending }, { limit, cursor });
    found.push(items.map(({ id }) => id));
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return found;
};

describe('a sorted page', () => {
  it('goes through the whole list in order, with equal values by id and missing ones last', () => {
    expect(pages(jars, false, 3)).toEqual([['c', 'd', 'b'], ['a']]);
    expect(pages(jars, true, 1)).toEqual([['b'], ['c'], ['d'], ['a']]);
    expect(pages(jars, true, 4)).toEqual([['b', 'c', 'd', 'a']]);
  });

  it('goes on behind the last entry that was shown, although that has gone', () => {
    const { next } = sortedPage(jars, { placeOf }, { limit: 2 });
    const { items } = sortedPage(
      jars.filter(({ id }) => id !== 'd'),
      { placeOf },
      { limit: 2, cursor: next ?? '' },
    );
    expect(items.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it.each([
    ['anything', 'abc'],
    ['another list', toCursor({ partition: 'x' })],
    ['no value', toCursor({ id: 'a', kind: 'number', value: 'plum' })],
  ])('refuses a cursor that is of %s', (_, cursor) => {
    expect(() => sortedPage(jars, { placeOf }, { limit: 2, cursor })).toThrow('cursor');
  });
});
