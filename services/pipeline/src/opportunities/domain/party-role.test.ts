import { partyRole } from '@meilenstein/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partyRoleOf, typedRole } from './party-role.ts';

describe('the role of a person at the customer', () => {
  it.each([
    ['buyer', 'buyer'],
    ['Einkäuferin', 'buyer'],
    ['Einkaeufer', 'buyer'],
    ['Frau Müller, Einkäuferin', 'buyer'],
    ['Leiter Einkauf', 'procurement'],
    ['purchasing manager', 'procurement'],
    ['Anwenderin', 'user'],
    ['end user', 'user'],
    ['Entscheider', 'decision-maker'],
    ['Decision Maker', 'decision-maker'],
    ['Fürsprecher', 'champion'],
    ['external advisor', 'influencer'],
    ['Technischer Leiter', 'engineer'],
    ['Ingenieurin', 'engineer'],
    ['Rechtsabteilung', 'legal'],
    ['CFO', 'finance'],
    ['Buchhaltung', 'finance'],
    ['Geschäftsführer', 'management'],
    ['Geschaeftsfuehrerin', 'management'],
    ['managing director', 'management'],
    ['plant manager', 'management'],
    ['Ada Byron', 'other'],
    ['', 'other'],
  ])('typed as “%s” is published as %s', (typed, word) => {
    expect(partyRoleOf(typed)).toBe(word);
  });

  it('is always published as a word of the vocabulary, and the typed text is kept where it says more', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (typed) => {
        const word = partyRoleOf(typed);
        expect(partyRole.options).toContain(word);
        expect(typedRole(typed) ?? word).toBe(typed);
      }),
    );
    for (const word of partyRole.options) expect([partyRoleOf(word), typedRole(word)]).toEqual([word, undefined]);
  });
});
