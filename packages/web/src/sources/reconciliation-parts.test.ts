import { describe, expect, it } from 'vitest';
import { lengthOf, partsOf, type Reconciliation } from './reconciliation-parts.ts';

const books: Reconciliation = {
  received: 10,
  created: 5,
  attached: 2,
  quarantined: 1,
  rejected: { purged: 2 },
  waiting: 0,
  balanced: true,
};

describe('the books of a day as a bar', () => {
  it('closes: its parts stand one after the other and fill it', () => {
    expect(partsOf(books).map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['created', 0, 5],
      ['attached', 5, 7],
      ['quarantined', 7, 8],
      ['rejected', 8, 10],
    ]);
    expect(lengthOf(books)).toBe(10);
  });

  it('leaves a gap where submissions are missing', () => {
    const lost = { ...books, received: 12, balanced: false };
    expect([partsOf(lost).at(-1)?.to, lengthOf(lost)]).toEqual([10, 12]);
  });

  it('is longer than what came in where more became of it', () => {
    expect(lengthOf({ ...books, received: 8, balanced: false })).toBe(10);
  });

  it('is empty on a quiet day', () => {
    expect(partsOf({ ...books, received: 0, created: 0, attached: 0, quarantined: 0, rejected: {} })).toEqual([]);
  });
});
