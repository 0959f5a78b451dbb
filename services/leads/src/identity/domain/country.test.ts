import { describe, expect, it } from 'vitest';
import { countryOf } from './country.ts';

describe('parsing a country', () => {
  it.each([
    ['DE', 'DE'],
    ['de ', 'DE'],
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    ['France', 'FR'],
    ['Frankreich', 'FR'],
    ['Italia', 'IT'],
    ['United Kingdom', 'GB'],
    ['UK', 'GB'],
    ['Russia', 'RU'],
    ['Serbien', 'RS'],
    ['Österreich', 'AT'],
    ['Suisse', 'CH'],
    ['DEU', 'DE'],
    ['usa', 'US'],
    ['U.S.A.', 'US'],
    ['AUT', 'AT'],
    ['D', 'DE'],
    ['A', 'AT'],
    ['SLO', 'SI'],
    ['FL', 'LI'],
    ['CH', 'CH'],
    ['Bundesrepublik Deutschland', 'DE'],
    ['BRD', 'DE'],
    ['Federal Republic of Germany', 'DE'],
    ['Republik Österreich', 'AT'],
    ['The Kingdom of Spain', 'ES'],
    ['Republic of China', 'TW'],
    ['Republic of Korea', 'KR'],
    ['🇩🇪', 'DE'],
    ['🇦🇹 Österreich', 'AT'],
    ['Oesterreich', 'AT'],
    ['Osterreich', 'AT'],
    ['Weissrussland', 'BY'],
    ['Weißrussland', 'BY'],
    ['Rumaenien', 'RO'],
    ['Großbritannien', 'GB'],
    ['England', 'GB'],
    ['Kosovo', 'XK'],
    ['XK', 'XK'],
  ])('typed as %s has the code of today, %s', (typed, code) => {
    expect(countryOf({ country: typed })).toBe(code);
  });

  it.each([
    ['Turkey', 'TR'],
    ['Türkiye', 'TR'],
    ['Macedonia', 'MK'],
    ['Ivory Coast', 'CI'],
    ['Burma', 'MM'],
    ['Swaziland', 'SZ'],
    ['Cape Verde', 'CV'],
    ['East Timor', 'TL'],
    ['Zaire', 'CD'],
    ['DDR', 'DE'],
    ['USSR', 'RU'],
    ['Moldavia', 'MD'],
    ['Holland', 'NL'],
    ['UAE', 'AE'],
    ['Korea, Republic of', 'KR'],
    ['Iran, Islamic Republic of', 'IR'],
    ['Tanzania, United Republic of', 'TZ'],
    ['Bolivia (Plurinational State of)', 'BO'],
    ['Germany (DE)', 'DE'],
    ['DE - Deutschland', 'DE'],
    ['Deutschland / Germany', 'DE'],
    ['München, Deutschland', 'DE'],
    ['276', 'DE'],
    ['040', 'AT'],
    ['BU', 'MM'],
    ['ROM', 'RO'],
    ['ZAR', 'CD'],
  ])('K12a: typed as %s, by a former or another name or code, has the code of today, %s', (typed, code) => {
    expect(countryOf({ country: typed })).toBe(code);
  });

  it.each([
    'Atlanta, Georgia',
    'Los Angeles, CA',
    'Lebanon, PA',
    'Germany / France',
    'Yugoslavia',
    'Korea',
    '123456',
    '999',
    'Not Germany at all',
  ])('K12: finds none in %j, which may be another one', (typed) => {
    expect(countryOf({ country: typed })).toBeNull();
  });

  it.each(['', 'XQ', 'XX', 'ZZ', 'EU', 'XXX', 'Berlin', 'Bavaria', '🇽🇽', 'Nowhere', 'constructor', '__PROTO__', 'ada@mills.example'])(
    'finds none in %j',
    (typed) => {
      expect(countryOf({ country: typed })).toBeNull();
    },
  );
});
