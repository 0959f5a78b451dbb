import { describe, expect, test } from 'vitest';
import { eventMatcher } from './event-pattern.ts';

const event = {
  source: 'leads',
  'detail-type': 'LeadCaptured',
  detail: {
    id: 'abc',
    count: 5,
    price: -2.5,
    empty: null,
    address: '10.0.3.7',
    six: '2001:db8::17',
    tags: ['new', 'hot'],
    none: [],
    parts: [{ kind: 'a' }, { kind: 'b' }],
    path: 'reports/2026/w01.csv',
  },
};

describe('an event pattern', () => {
  test.each<[string, object, boolean]>([
    ['an exact text', { source: ['leads'] }, true],
    ['one of several', { source: ['quota', 'leads'] }, true],
    ['another text', { source: ['quota'] }, false],
    ['two keys that both have to match', { source: ['leads'], 'detail-type': ['Other'] }, false],
    ['a number', { detail: { count: [5] } }, true],
    ['a number that the event holds as text', { detail: { id: [5] } }, false],
    ['null', { detail: { empty: [null] } }, true],
    ['a key that is missing', { detail: { nothing: ['a'] } }, false],
    ['a prefix', { detail: { path: [{ prefix: 'reports/' }] } }, true],
    ['another prefix', { detail: { path: [{ prefix: 'imports/' }] } }, false],
    ['a prefix in any case', { detail: { path: [{ prefix: { 'equals-ignore-case': 'REPORTS/' } }] } }, true],
    ['a suffix', { detail: { path: [{ suffix: '.csv' }] } }, true],
    ['another suffix', { detail: { path: [{ suffix: '.json' }] } }, false],
    ['any case', { source: [{ 'equals-ignore-case': 'LEADS' }] }, true],
    ['a wildcard', { detail: { path: [{ wildcard: 'reports/*/w*.csv' }] } }, true],
    ['a wildcard that misses', { detail: { path: [{ wildcard: 'reports/*.json' }] } }, false],
    ['an escaped star', { detail: { path: [{ wildcard: String.raw`reports/\*` }] } }, false],
    ['a dot in a wildcard as itself', { detail: { path: [{ wildcard: 'reports.*' }] } }, false],
    ['anything but another', { source: [{ 'anything-but': 'quota' }] }, true],
    ['anything but this', { source: [{ 'anything-but': ['quota', 'leads'] }] }, false],
    ['anything but a number', { detail: { count: [{ 'anything-but': [4, 6] }] } }, true],
    ['anything but, where the key is missing', { detail: { nothing: [{ 'anything-but': 'a' }] } }, false],
    ['anything but a prefix', { detail: { path: [{ 'anything-but': { prefix: 'reports/' } }] } }, false],
    ['anything but prefixes', { detail: { path: [{ 'anything-but': { prefix: ['a', 'b'] } }] } }, true],
    ['anything but a suffix', { detail: { path: [{ 'anything-but': { suffix: '.csv' } }] } }, false],
    ['anything but a wildcard', { detail: { path: [{ 'anything-but': { wildcard: '*/2025/*' } }] } }, true],
    ['a number in a range', { detail: { count: [{ numeric: ['>', 0, '<=', 5] }] } }, true],
    ['a number outside', { detail: { count: [{ numeric: ['>', 5] }] } }, false],
    ['an equal number', { detail: { price: [{ numeric: ['=', -2.5] }] } }, true],
    ['a text where a number is asked', { detail: { id: [{ numeric: ['>', 0] }] } }, false],
    ['existence', { detail: { id: [{ exists: true }] } }, true],
    ['existence of null', { detail: { empty: [{ exists: true }] } }, true],
    ['existence of what is missing', { detail: { nothing: [{ exists: true }] } }, false],
    ['absence', { detail: { nothing: [{ exists: false }] } }, true],
    ['absence of what is there', { detail: { id: [{ exists: false }] } }, false],
    ['absence under a missing parent', { nobody: { id: [{ exists: false }] } }, true],
    ['an address in a block', { detail: { address: [{ cidr: '10.0.0.0/16' }] } }, true],
    ['an address outside', { detail: { address: [{ cidr: '10.1.0.0/16' }] } }, false],
    ['an address of version six', { detail: { six: [{ cidr: '2001:db8::/32' }] } }, true],
    ['one value of a list', { detail: { tags: ['hot'] } }, true],
    ['no value of a list', { detail: { tags: ['cold'] } }, false],
    ['an empty list', { detail: { none: ['a'] } }, false],
    ['an object in a list', { detail: { parts: { kind: ['b'] } } }, true],
    ['no object in a list', { detail: { parts: { kind: ['c'] } } }, false],
    ['one of two', { $or: [{ source: ['quota'] }, { detail: { count: [5] } }] }, true],
    ['neither of two', { $or: [{ source: ['quota'] }, { detail: { count: [6] } }] }, false],
    [
      'a choice below a key, with another condition',
      { detail: { id: ['abc'], $or: [{ count: [1] }, { $or: [{ path: [{ suffix: '.csv' }] }, { count: [2] }] }] } },
      true,
    ],
    ['several alternatives of several kinds', { detail: { count: ['a', { numeric: ['<', 0] }, 5] } }, true],
  ])('with %s', (_, pattern, expected) => {
    expect(eventMatcher(pattern)(event)).toBe(expected);
  });

  test.each([
    [{ source: [{ regex: '.*' }] }, 'regex'],
    [{ source: [{ prefix: 'a', suffix: 'b' }] }, 'prefix'],
    [{ detail: { count: [{ numeric: ['>'] }] } }, 'numeric'],
    [{ detail: { address: [{ cidr: '10.0.0.0' }] } }, 'cidr'],
    [{ $or: [{ source: ['a'] }] }, 'at least two'],
    [{ source: 'leads' }, 'must be an object'],
  ])('is refused when it is %j', (pattern, reason) => {
    expect(() => eventMatcher(pattern)).toThrow(reason);
  });
});
