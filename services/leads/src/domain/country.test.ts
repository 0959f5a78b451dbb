import { describe, expect, it } from 'vitest';
import { countryOf } from './country.ts';

describe('a country', () => {
  it.each([
    ['DE', 'DE'], ['de ', 'DE'], ['Germany', 'DE'], ['Deutschland', 'DE'], ['France', 'FR'], ['Frankreich', 'FR'], ['Italia', 'IT'],
    ['United Kingdom', 'GB'], ['UK', 'GB'], ['Russia', 'RU'], ['Serbien', 'RS'], ['Österreich', 'AT'], ['Suisse', 'CH'],
  ])('typed as %s has the code of today, %s', (typed, code) => {
    expect(countryOf({ country: typed })).toBe(code);
  }); // prettier-ignore

  it.each(['', 'XQ', 'Nowhere', 'ada@mills.example'])('typed as %j is none', (typed) => {
    expect(countryOf({ country: typed })).toBeNull();
  });
});
