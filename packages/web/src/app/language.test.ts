import { describe, expect, it } from 'vitest';
import { languageFor } from './language.ts';

describe('the language of the page', () => {
  it('is the one that the person chose', () => expect(languageFor('en', ['de-DE'], 'de')).toBe('en'));
  it('is otherwise the first of the browser that the page has', () => {
    expect(languageFor(undefined, ['fr-FR', 'en-GB', 'de'], 'de')).toBe('en');
    expect(languageFor(undefined, ['DE-at', 'en'], 'en')).toBe('de');
  });
  it('is that of the company where the browser has neither', () => {
    expect(languageFor(undefined, ['fr', 'den-x'], 'de')).toBe('de');
    expect(languageFor(undefined, [], 'en')).toBe('en');
  });
});
