import { describe, expect, it } from 'vitest';
import { preferredLanguage } from './preferred-language.ts';

describe('preferredLanguage', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['en;q=0.5, de;q=0.7', 'de'],
    ['fr, it', 'en'],
    ['fr, de;q=0.1', 'de'],
    ['de;q=0', 'en'],
    ['*', 'en'],
    ['de;q=nonsense', 'en'],
  ])('takes %j for %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
