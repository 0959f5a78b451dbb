import { describe, expect, it } from 'vitest';
import { groupsOf } from './opportunities-by-id.ts';

describe('groupsOf', () => {
  it('asks for at most fifty at once, and for the same group in whatever order', () => {
    const ids = Array.from({ length: 120 }, (_, n) => `o${n}`);
    expect(groupsOf(ids).map((group) => group.split(',').length)).toEqual([50, 50, 20]);
    expect(groupsOf(['b', 'a'])).toEqual(groupsOf(['a', 'b']));
  });

  it('asks for nothing where there is nothing', () => {
    expect(groupsOf([])).toEqual([]);
  });
});
