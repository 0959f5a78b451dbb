import { describe, expect, it } from 'vitest';
import { asItIs, isChanged, repsBehind } from './assumptions.ts';

const reps = [
  { repId: 'anna', teamId: 'north' },
  { repId: 'ben', teamId: 'south' },
];
const ids = (found: readonly { readonly repId: string }[]) => found.map(({ repId }) => repId);

describe('isChanged', () => {
  it('is false for what is true today, and true for any assumption', () => {
    expect(isChanged(asItIs)).toBe(false);
    expect(isChanged({ ...asItIs, winRate: 0.95 })).toBe(true);
    expect(isChanged({ ...asItIs, lostReps: ['anna'] })).toBe(true);
  });
});

describe('repsBehind', () => {
  it('offers only people whose business is in the figures that are shown', () => {
    expect(ids(repsBehind({ level: 'company', key: 'company' }, reps))).toEqual(['anna', 'ben']);
    expect(ids(repsBehind({ level: 'team', key: 'south' }, reps))).toEqual(['ben']);
    expect(ids(repsBehind({ level: 'rep', key: 'anna' }, reps))).toEqual(['anna']);
    expect(ids(repsBehind({ level: 'segment', key: 'large' }, reps))).toEqual(['anna', 'ben']);
  });
});
