import { describe, expect, it } from 'vitest';
import { nowMillis } from './days.ts';
import { followServer, httpDateMillis, isoNow } from './server-time.ts';

describe('the time at the API', () => {
  it('is read from the head of an answer', () => {
    expect(httpDateMillis('Tue, 01 Dec 2026 00:40:15 GMT')).toBe(1_796_085_615_000);
    expect(httpDateMillis('Thu, 29 Feb 2024 23:59:59 GMT')).toBe(1_709_251_199_000);
  });
  it.each(['', 'yesterday', '2026-12-01T00:40:15Z', 'Tue, 01 Foo 2026 00:40:15 GMT'])('is not known from %j', (text) => {
    expect(httpDateMillis(text)).toBeUndefined();
  });
  it('is what the page records, however wrong the clock of the browser is', () => {
    followServer('Tue, 01 Jan 2030 12:00:00 GMT');
    expect(isoNow()).toMatch(/^2030-01-01T12:0[01]:/);
    followServer(null);
    expect(isoNow()).toMatch(/^2030-01-01T12:0[01]:/);
    expect(nowMillis()).toBeLessThan(1_893_456_000_000);
  });
});
