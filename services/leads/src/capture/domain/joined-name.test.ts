import { describe, expect, it } from 'vitest';
import { joinedName } from './joined-name.ts';

const of = (...fields: readonly (readonly [field: string, text: string])[]) => joinedName(fields.map(([field, text]) => ({ field, text })));

describe('joinedName', () => {
  it.each([
    ['the whole name beside its parts', of(['Name', 'Ada Byron'], ['FirstName', 'Ada'], ['LastName', 'Byron']), 'Ada Byron'],
    ['the whole name behind its parts', of(['FirstName', 'Ada'], ['LastName', 'Byron'], ['Name', 'ADA BYRON']), 'ADA BYRON'],
    ['the parts, where they say more', of(['Name', 'Byron'], ['Vorname', 'Ada'], ['Nachname', 'Byron']), 'Ada Byron'],
    ['a first name behind the last one', of(['Name', 'Byron'], ['Vorname', 'Ada']), 'Ada Byron'],
    [
      'a middle name that only the whole name has',
      of(['Name', 'Ada King Byron'], ['FirstName', 'Ada'], ['LastName', 'Byron']),
      'Ada King Byron',
    ],
    ['a person whose first and last names are the same', of(['Vorname', 'Jan'], ['Nachname', 'Jan']), 'Jan Jan'],
    ['one name in two fields', of(['Name', 'Ada Byron'], ['your-name', 'Byron, Ada']), 'Ada Byron'],
    ['names that share a word', of(['Name', 'Ada Byron'], ['LastName', 'King']), 'Ada Byron King'],
    ['nothing', of(), undefined],
  ])('K8a: makes one name of %s', (_what, name, expected) => {
    expect(name).toBe(expected);
  });
});
