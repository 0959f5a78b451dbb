import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import {
  addDays,
  day,
  dayOf,
  daysBetween,
  earlierOf,
  epochMillis,
  instant,
  isoWeekday,
  laterOf,
  startOfDay,
  timeZone,
  toInstant,
} from './instant.ts';

const berlin = timeZone.parse('Europe/Berlin');

describe('an instant', () => {
  it.each(['2026-11-24T11:00:00+01:00', '2026-11-24T10:00:00Z', '2026-11-24T15:45:00.000+05:45'])('writes %s in UTC', (text) => {
    expect(instant.parse(text)).toBe('2026-11-24T10:00:00.000Z');
  });

  it.each(['2026-11-24', '2026-11-24T10:00:00', 'now', '2026-02-30T00:00:00Z'])('rejects %s', (text) => {
    expect(instant.safeParse(text).success).toBe(false);
  });

  it('sorts as its text does', () => {
    const [early, late] = [toInstant('2026-01-01T23:30:00-01:00'), toInstant('2026-01-02T00:31:00Z')];
    expect([laterOf(early, late), earlierOf(early, late), epochMillis(late) - epochMillis(early)]).toEqual([late, early, 60_000]);
  });
});

describe('a calendar day', () => {
  it('depends on the time zone', () => {
    expect([dayOf(toInstant('2026-11-24T23:30:00Z'), berlin), dayOf(toInstant('2026-11-24T23:30:00Z'), timeZone.parse('UTC'))]).toEqual([
      '2026-11-25',
      '2026-11-24',
    ]);
  });

  it('begins after the gap when the clocks skip midnight', () => {
    expect(startOfDay(day.parse('2018-11-04'), timeZone.parse('America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z');
  });

  it('counts leap days when days are added or compared', () => {
    expect([
      addDays(day.parse('2028-02-28'), 1),
      daysBetween(day.parse('2028-02-01'), day.parse('2028-03-01')),
      isoWeekday(day.parse('2026-11-22')),
    ]).toEqual(['2028-02-29', 29, 7]);
  });

  it.each(['Mars/Olympus', '', '+25:00'])('does not accept %j as a time zone', (zone) => {
    expect(timeZone.safeParse(zone).success).toBe(false);
  });
});

it('canonicalJson gives equal values the same text', () => {
  expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe(canonicalJson({ a: null, b: [{ d: 1 }] }));
});
