import { describe, expect, it } from 'vitest';
import { stateDifference } from './state-difference.ts';

describe('stateDifference', () => {
  it('names each value that differs, with a JSON Pointer', () => {
    expect(stateDifference({ owner: { repId: 'ann' }, status: 'open' }, { owner: { repId: 'bob' }, status: 'open' })).toEqual([
      { path: '/owner/repId', from: 'ann', to: 'bob' },
    ]);
  });

  it('treats an absent value and null as equal', () => {
    expect(stateDifference({ a: null, b: undefined }, { b: null, c: [] })).toEqual([]);
  });

  it('gives null as the old value of an added field and the new value of a removed one', () => {
    expect(stateDifference({ gone: 1 }, { came: true })).toEqual([
      { path: '/came', from: null, to: true },
      { path: '/gone', from: 1, to: null },
    ]);
  });

  it('compares members of a list by their id, so that a new first one moves nothing', () => {
    const [north, south] = [
      { territoryId: 'north', name: 'North' },
      { territoryId: 'south', name: 'South' },
    ];
    expect(stateDifference([south], [north, { ...south, name: 'Süd' }])).toEqual([
      { path: '/north/territoryId', from: null, to: 'north' },
      { path: '/north/name', from: null, to: 'North' },
      { path: '/south/name', from: 'South', to: 'Süd' },
    ]);
  });

  it('compares members without an id by their place', () => {
    expect(stateDifference({ months: [10, 20] }, { months: [10, 15] })).toEqual([{ path: '/months/1', from: 20, to: 15 }]);
  });

  it('escapes a name as RFC 6901 says, and cuts a long text', () => {
    expect(stateDifference({}, { 'a/b~c': 'x'.repeat(501) })).toEqual([{ path: '/a~1b~0c', from: null, to: `${'x'.repeat(500)}…` }]);
  });
});
