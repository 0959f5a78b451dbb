import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDifference } from './first-difference.ts';

describe('a document that is read back', () => {
  it('is the one that was sent if it only has additional fields', () => {
    expect(firstDifference({ a: { b: [1, { c: 'x' }] } }, { version: 3, a: { b: [1, { c: 'x', d: null }], e: 1 } })).toBeUndefined();
  });

  it.each([
    [{ a: { b: 1 } }, { a: { b: 2 } }, 'a.b is 2, not 1'],
    [{ a: [1, 2] }, { a: [1] }, 'a has 1 entries, not 2'],
    [{ a: {} }, { a: null }, 'a is null, not an object'],
    [{ a: 1 }, undefined, 'the document is undefined, not an object'],
  ])('%j differs from %j: %s', (sent, found, difference) => {
    expect(firstDifference(sent, found)).toBe(difference);
  });

  it('never differs from itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(firstDifference(value, value)).toBeUndefined();
      }),
    );
  });
});
