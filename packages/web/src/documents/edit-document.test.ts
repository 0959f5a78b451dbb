import { describe, expect, it } from 'vitest';
import { isWithin, positionIn, withAdded, withMoved, withoutItem, withValue } from './edit-document.ts';

describe('a position in a document', () => {
  it.each([
    ['fit[0].when.field', ['fit', 0, 'when', 'field']],
    ['levels.2.name', ['levels', 2, 'name']],
    ['', []],
  ])('is read from a refusal about %s', (path, position) => expect(positionIn(path)).toEqual(position));

  it('lies within those around it', () => {
    expect(isWithin(['fit', 0, 'when'], ['fit', 0])).toBe(true);
    expect(isWithin(['fit', 1], ['fit', 0])).toBe(false);
  });
});

describe('editing a document', () => {
  it('changes one value and leaves the others', () => {
    expect(withValue({ fit: [{ points: 1 }, { points: 2 }], a: 1 }, ['fit', 1, 'points'], 9)).toEqual({
      fit: [{ points: 1 }, { points: 9 }],
      a: 1,
    });
  });

  it('takes a field away where there is no value any more', () => {
    expect(withValue({ new: 1, mql: 2 }, ['mql'], undefined)).toEqual({ new: 1 });
  });

  it('gives an added copy an id of its own', () => {
    const list = [{ id: 'phone', points: 1 }];
    expect(withAdded(list, { id: 'phone', points: 1 })).toEqual([...list, { id: 'phone-2', points: 1 }]);
    expect(withAdded(withAdded(list, list[0] ?? null), list[0] ?? null, 0)[1]).toEqual({ id: 'phone-3', points: 1 });
  });

  it('moves an item, but not out of the list', () => {
    expect(withMoved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(withMoved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('removes one item', () => expect(withoutItem(['a', 'b'], 0)).toEqual(['b']));
});
