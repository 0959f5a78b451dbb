import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { nextRun } from './next-run.ts';

const run = (expression: string, zone: string, after: string): string | undefined =>
  nextRun(expression, zone, Temporal.Instant.from(after))?.toString();

describe('the next run of a schedule', () => {
  test.each([
    ['every Monday at five in Berlin', 'cron(0 5 ? * MON *)', 'Europe/Berlin', '2026-03-01T12:00:00Z', '2026-03-02T04:00:00Z'],
    ['every Monday after the clocks changed', 'cron(0 5 ? * MON *)', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-30T03:00:00Z'],
    ['strictly after the moment', 'cron(0 5 ? * MON *)', 'UTC', '2026-03-02T05:00:00Z', '2026-03-09T05:00:00Z'],
    ['numbers of days from Sunday on', 'cron(0 0 ? * 1 *)', 'UTC', '2026-03-02T00:00:00Z', '2026-03-08T00:00:00Z'],
    ['a range of days', 'cron(30 8 ? * MON-FRI *)', 'UTC', '2026-03-06T09:00:00Z', '2026-03-09T08:30:00Z'],
    ['a list of hours', 'cron(15 6,18 * * ? *)', 'UTC', '2026-03-06T07:00:00Z', '2026-03-06T18:15:00Z'],
    ['steps of minutes', 'cron(0/20 * * * ? *)', 'UTC', '2026-03-06T07:21:00Z', '2026-03-06T07:40:00Z'],
    ['steps of everything', 'cron(*/15 * * * ? *)', 'UTC', '2026-03-06T07:59:00Z', '2026-03-06T08:00:00Z'],
    ['the last day of a month', 'cron(0 1 L * ? *)', 'UTC', '2026-02-03T00:00:00Z', '2026-02-28T01:00:00Z'],
    ['the last Friday of a month', 'cron(0 1 ? * 6L *)', 'UTC', '2026-02-03T00:00:00Z', '2026-02-27T01:00:00Z'],
    ['the first Monday of a month', 'cron(0 1 ? * MON#1 *)', 'UTC', '2026-02-03T00:00:00Z', '2026-03-02T01:00:00Z'],
    ['the working day nearest to the fifteenth', 'cron(0 1 15W * ? *)', 'UTC', '2026-11-01T00:00:00Z', '2026-11-16T01:00:00Z'],
    ['the last working day of a month', 'cron(0 1 LW * ? *)', 'UTC', '2026-10-03T00:00:00Z', '2026-10-30T01:00:00Z'],
    ['a leap day', 'cron(0 0 29 FEB ? *)', 'UTC', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['a year', 'cron(0 0 1 1 ? 2030)', 'UTC', '2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z'],
    ['a zone of half hours', 'cron(0 9 * * ? *)', 'Asia/Kolkata', '2026-03-06T00:00:00Z', '2026-03-06T03:30:00Z'],
    ['a rate in hours', 'rate(6 hours)', 'UTC', '2026-03-06T00:30:00Z', '2026-03-06T06:30:00Z'],
    ['a rate of a day counts 24 hours', 'rate(1 day)', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z'],
    ['one moment in a zone', 'at(2026-07-01T09:00:00)', 'Europe/Berlin', '2026-03-06T00:00:00Z', '2026-07-01T07:00:00Z'],
  ])('for %s', (...[, expression, zone, after, expected]) => {
    expect(run(expression, zone, after)).toBe(expected);
  });

  test('skips a day on which the clock jumps over its time', () => {
    expect(run('cron(30 2 * * ? *)', 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe('2026-03-30T00:30:00Z');
  });

  test('comes once where the clock shows its time twice', () => {
    expect(run('cron(30 2 * * ? *)', 'Europe/Berlin', '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00Z');
    expect(run('cron(30 2 * * ? *)', 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00Z');
  });

  test('does not exist when the moment or the year has passed, or the day never comes', () => {
    expect(run('at(2026-01-01T00:00:00)', 'UTC', '2026-03-06T00:00:00Z')).toBeUndefined();
    expect(run('cron(0 0 1 1 ? 2025)', 'UTC', '2026-03-06T00:00:00Z')).toBeUndefined();
    expect(run('cron(0 0 31 FEB ? *)', 'UTC', '2026-03-06T00:00:00Z')).toBeUndefined();
  });

  test.each([
    ['cron(0 5 * * MON *)', 'exactly one'],
    ['cron(0 5 * * ?)', '5 fields'],
    ['cron(0 5 ? * ? *)', 'exactly one'],
    ['cron(61 5 * * ? *)', 'minute: 61'],
    ['cron(0 5 ? * FUN *)', 'FUN'],
    ['cron(0 5 ? * 8 *)', 'day of week 8 must hold 1'],
    ['cron(0 5 ? * MON,9 *)', 'day of week MON,9 must hold 1'],
    ['cron(0 5 ? * MON#6 *)', 'should be 1-5'],
    ['rate(0 minutes)', 'positive'],
    ['every monday', 'write cron'],
  ])('refuses %s', (expression, reason) => {
    expect(() => run(expression, 'UTC', '2026-01-01T00:00:00Z')).toThrow(reason);
  });
});
