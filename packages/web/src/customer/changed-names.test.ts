import { describe, expect, it } from 'vitest';
import { changedNames } from './changed-names.ts';

describe('what changed of an account', () => {
  it('is named once, in the order of the form', () => {
    expect(changedNames(['fields.tier', 'country', 'fields.notes'])).toEqual(['country', 'fields']);
  });

  it('leaves out what this page does not know', () => {
    expect(changedNames(['mood'])).toEqual([]);
  });
});
