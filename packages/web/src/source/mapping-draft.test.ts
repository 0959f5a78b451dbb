import { describe, expect, it } from 'vitest';
import { customTarget, mappingChanges, targetIn, withTarget } from './mapping-draft.ts';

const lines = [
  { path: 'email', target: 'email' },
  { path: 'text', target: null },
];

describe('a mapping that somebody changes', () => {
  it('takes along what was found by usual names when it gets its first entry', () => {
    expect(withTarget({}, lines, 'text', 'message')).toEqual({ email: 'email', text: 'message' });
  });
  it('changes one entry and leaves the others', () => {
    const mapping = { mail: 'email', text: 'message' } as const;
    expect(withTarget(mapping, lines, 'text', undefined)).toEqual({ mail: 'email' });
    expect(withTarget(mapping, lines, 'text', 'company')).toEqual({ mail: 'email', text: 'company' });
  });
  it('is compared path by path', () => {
    expect(mappingChanges({ a: 'email', b: 'name' }, { a: 'email', b: 'company', c: 'phone' })).toEqual([
      { path: 'b', before: 'name', now: 'company' },
      { path: 'c', before: null, now: 'phone' },
    ]);
  });
});

describe('a field of the company’s own', () => {
  it.each([
    ['form.Flottengröße', 'custom.flottengrosse'],
    ['2. Wunsch', 'custom.wunsch'],
    ['Straße', 'custom.strasse'],
    ['123', undefined],
  ])('%s becomes %s', (path, target) => expect(customTarget(path)).toBe(target));
  it('is a target, and an unknown word is none', () => expect([targetIn('custom.a'), targetIn('colour')]).toEqual(['custom.a', undefined]));
});
