import { describe, expect, it } from 'vitest';
import { day, dayOf, daysAfter, daysBetween, instant } from './days.ts';

describe('a day', () => {
  it.each([
    ['de-DE', '2026-11-30', '30.11.2026'],
    ['de-DE', '2026-03-01', '01.03.2026'],
    ['en-GB', '2026-11-30', '30 Nov 2026'],
  ])('in %s, %s is %s', (...[locale, text, written]) => expect(day(locale, text)).toBe(written));

  it.each([
    ['2026-11-30T23:30:00Z', 'Europe/Berlin', '2026-12-01'],
    ['2026-11-30T23:30:00Z', 'America/Los_Angeles', '2026-11-30'],
    ['2026-03-29T00:59:00Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-12-31T23:00:00Z', 'Pacific/Auckland', '2027-01-01'],
  ])('%s is in %s the day %s', (...[at, zone, written]) => expect(dayOf(at, zone)).toBe(written));

  it('comes before the first of a month, also in a leap year', () => expect(daysAfter('2028-03-01', -1)).toBe('2028-02-29'));
});

describe('an instant', () => {
  it('is told in the company’s time, whatever the browser’s is', () => {
    expect(instant('de-DE', '2026-11-30T23:30:00Z', 'Europe/Berlin')).toBe('01.12.2026, 00:30');
  });

  it('lies a day after another as soon as midnight of the company lies between them', () => {
    expect(daysBetween('2026-11-30T22:59:00Z', '2026-11-30T23:01:00Z', 'Europe/Berlin')).toBe(1);
    expect(daysBetween('2026-03-28T23:30:00Z', '2026-03-29T21:30:00Z', 'Europe/Berlin')).toBe(0);
  });
});
