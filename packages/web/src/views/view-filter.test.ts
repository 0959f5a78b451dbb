import { describe, expect, it } from 'vitest';
import { isChanged, keptIn, showing } from './view-filter.ts';

const large = { minAmount: '50000', sort: 'largest' };

describe('keptIn', () => {
  it('keeps what narrows and orders a list, and nothing else of the address', () => {
    expect(keptIn({ ...large, saved: 'v1', part: 'all', owner: undefined })).toEqual(large);
  });
});

describe('showing', () => {
  it('sets what the view holds, takes the rest away and names the view', () => {
    const shown = showing('v1', large);
    expect(shown).toMatchObject({ ...large, saved: 'v1' });
    expect(shown['team']).toBeUndefined();
    expect('team' in shown).toBe(true);
  });
});

describe('isChanged', () => {
  it('is false while the address shows what was saved, whatever else stands in it', () => {
    expect(isChanged({ ...large, saved: 'v1', part: 'all' }, large)).toBe(false);
  });

  it('is true once something is added, changed or taken away', () => {
    expect(isChanged({ ...large, team: 'north' }, large)).toBe(true);
    expect(isChanged({ ...large, minAmount: '1' }, large)).toBe(true);
    expect(isChanged({ sort: 'largest' }, large)).toBe(true);
  });
});
