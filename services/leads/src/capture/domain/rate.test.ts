import { addMillis, toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRateLimit, networkOf, type Received } from './rate.ts';

const start = toInstant('2026-03-02T09:00:00Z');
const one = (id: string, millis: number, network: string | null = null): Received => ({
  submissionId: id,
  at: addMillis(start, millis),
  network,
});
const none = { source: null, network: null };

describe('checkRateLimit', () => {
  it('allows as many submissions a minute as the limit, and the next once the first is a minute old', () => {
    const received = [one('a', 0), one('b', 1000), one('c', 2000), one('d', 61_001)];
    const limits = { source: 2, network: null };
    expect(received.map((own) => checkRateLimit(own, received, limits))).toEqual([undefined, undefined, 'source-rate-exceeded', undefined]);
  });

  it('counts each network separately and ignores submissions without a network', () => {
    const received = [one('a', 0, 'x'), one('b', 1, 'y'), one('c', 2, 'x'), one('d', 3), one('e', 4)];
    expect(received.map((own) => checkRateLimit(own, received, { source: null, network: 1 }))).toEqual([
      undefined,
      undefined,
      'network-rate-exceeded',
      undefined,
      undefined,
    ]);
  });

  it('allows every submission if there is no limit', () => {
    expect(checkRateLimit(one('b', 0), [one('a', 0), one('b', 0)], none)).toBeUndefined();
  });

  it('allows exactly as many of a burst as the limit, in any order of evaluation', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (ids, source) => {
        const received = ids.map((id) => one(id, 0));
        const passed = received.filter((own) => checkRateLimit(own, received, { source, network: null }) === undefined);
        expect(passed).toHaveLength(Math.min(source, ids.length));
      }),
    );
  });
});

describe('networkOf', () => {
  it.each([
    ['192.0.2.17', '192.0.2'],
    ['::ffff:192.0.2.99', '192.0.2'],
    ['2001:db8:1:2::3', '2001:db8:1'],
    ['2001:0db8:0001::', '2001:db8:1'],
    ['::1', '0:0:0'],
    ['', null],
    ['unknown', null],
  ])('takes %s to the network %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
