import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMillis, day, dayOf, earlierOf, Temporal, timeZone, toInstant, type Instant } from './instant.ts';
import { dueAt, elapsedWorkingMillis, nextWorkingInstant, type WorkingHours } from './working-time.ts';

const berlin = timeZone.parse('Europe/Berlin');
const minute = 60_000;
const hour = 60 * minute;

const weekdays = (from: string, until: string, zone = berlin): WorkingHours => ({
  zone,
  windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from, until })),
});

/** A local time in a zone, such as `2026-11-21 19:00`. */
const local = (text: string, zone = berlin): Instant =>
  toInstant(Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone).toInstant());

describe('elapsedWorkingMillis, Monday to Friday 09–17 in Berlin', () => {
  it.each([
    ['2026-11-24 10:00', '2026-11-24 12:30', 2 * hour + 30 * minute],
    ['2026-11-20 16:30', '2026-11-23 09:30', 1 * hour],
    ['2026-11-21 11:00', '2026-11-23 10:00', 1 * hour],
  ])('counts working hours only, from %s to %s', (from, until, expected) => {
    expect(elapsedWorkingMillis(weekdays('09:00', '17:00'), [], local(from), local(until))).toBe(expected);
  });
});

describe('dueAt for one hour, Monday to Friday 09–18 in Berlin', () => {
  const holidays = [day.parse('2026-12-24'), day.parse('2026-12-25')];
  it.each([
    ['a Saturday evening', '2026-11-21 19:00', '2026-11-23 10:00'],
    ['a Saturday afternoon', '2026-11-21 16:00', '2026-11-23 10:00'],
    ['a Friday at half past five', '2026-11-20 17:30', '2026-11-23 09:30'],
    ['the evening before Christmas', '2026-12-23 17:30', '2026-12-28 09:30'],
  ])('skips closed hours when it starts on %s', (_, from, due) => {
    expect(dueAt(weekdays('09:00', '18:00'), holidays, local(from), hour)).toBe(local(due));
  });
});

describe('a working window from midnight to six on a Sunday', () => {
  const nights: WorkingHours = { zone: berlin, windows: [{ weekday: 7, from: '00:00', until: '06:00' }] };
  it.each([
    ['when the clocks go forward', '2026-03-29', 5],
    ['when the clocks go back', '2026-10-25', 7],
    ['on any other Sunday', '2026-06-07', 6],
  ])('has its real length %s', (_, sunday, hours) => {
    const next = addMillis(local(`${sunday} 12:00`), 12 * hour);
    expect(elapsedWorkingMillis(nights, [], local(`${sunday} 00:00`), next)).toBe(hours * hour);
  });
});

describe('a working window around the hour that the clocks skip', () => {
  const daily = (from: string, until: string): WorkingHours => ({ zone: berlin, windows: [{ weekday: 7, from, until }] });
  it.each([
    ['begins in the gap', ['02:30', '03:30'], ['03:00', '03:30'], 30 * minute],
    ['ends in the gap', ['01:00', '02:30'], ['01:00', '03:00'], hour],
    ['begins with the gap', ['02:00', '03:30'], ['03:00', '03:30'], 30 * minute],
    ['lies in the gap', ['02:10', '02:50'], ['03:00', '03:00'], 0],
    ['spans the gap', ['01:00', '04:00'], ['01:00', '04:00'], 2 * hour],
  ])('counts from the instant after the gap when it %s', (_, [from = '', until = ''], [begins, ends], length) => {
    const [start, end] = [local('2026-03-29 00:00'), local('2026-03-30 00:00')];
    expect(elapsedWorkingMillis(daily(from, until), [], start, end)).toBe(length);
    expect(elapsedWorkingMillis(daily(from, until), [], start, local(`2026-03-29 ${begins}`))).toBe(0);
    expect(elapsedWorkingMillis(daily(from, until), [], local(`2026-03-29 ${ends}`), end)).toBe(0);
  });

  it('moves a deadline by the time that the gap takes from it', () => {
    const every: WorkingHours = {
      zone: berlin,
      windows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '02:30', until: '03:30' })),
    };
    expect(dueAt(every, [], local('2026-03-28 00:00'), 90 * minute)).toBe(local('2026-03-29 03:30'));
    expect(dueAt(every, [], local('2026-03-28 00:00'), 100 * minute)).toBe(local('2026-03-30 02:40'));
  });
});

describe('working time', () => {
  const zones = fc
    .constantFrom('Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns')
    .map((zone) => timeZone.parse(zone));
  const instants = fc
    .integer({ min: 0, max: 4 * 365 * 24 * 60 })
    .map((minutes) => addMillis(toInstant('2026-01-01T00:00:00Z'), minutes * minute));

  it('between the start and dueAt is exactly the time that was needed', () => {
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 1, max: 40 * 60 }), (zone, from, need) => {
        const hours = weekdays('08:15', '17:45', zone);
        const due = dueAt(hours, [], from, need * minute);
        expect(due).toBeDefined();
        expect(due === undefined ? 0 : elapsedWorkingMillis(hours, [], from, due)).toBe(need * minute);
      }),
      { numRuns: 100 },
    );
  });

  it('of two adjoining spans is the sum of both', () => {
    fc.assert(
      fc.property(zones, instants, fc.nat(20_000), fc.nat(20_000), (zone, a, first, second) => {
        const hours = weekdays('22:00', '24:00', zone);
        const b = addMillis(a, first * minute);
        const c = addMillis(b, second * minute);
        const elapsed = (from: Instant, until: Instant) => elapsedWorkingMillis(hours, [], from, until);
        expect(elapsed(a, b) + elapsed(b, c)).toBe(elapsed(a, c));
      }),
      { numRuns: 100 },
    );
  });

  it('of years is the sum of their weeks, clock changes and holidays included', () => {
    const zonesOfChange = fc
      .constantFrom(
        'Europe/Berlin',
        'America/St_Johns',
        'Australia/Lord_Howe',
        'America/Asuncion',
        'Asia/Kolkata',
        'Africa/Casablanca',
        'Pacific/Apia',
      )
      .map((zone) => timeZone.parse(zone));
    const window = fc.constantFrom(
      ['00:00', '06:00'],
      ['22:00', '24:00'],
      ['00:00', '24:00'],
      ['02:15', '02:45'],
      ['09:00', '17:30'],
      ['01:30', '03:30'],
    );
    const long = fc.tuple(fc.integer({ min: 0, max: 30 * 365 * 24 * 60 }), fc.integer({ min: 22 * 24 * 60, max: 400 * 24 * 60 }));
    fc.assert(
      fc.property(zonesOfChange, window, long, (zone, [opens = '', closes = ''], [startMinutes, minutes]) => {
        const hours: WorkingHours = { zone, windows: [1, 3, 6, 7].map((weekday) => ({ weekday, from: opens, until: closes })) };
        const from = addMillis(toInstant('2005-01-01T00:00:00Z'), startMinutes * minute);
        const until = addMillis(from, minutes * minute);
        const holidays = [30, 31, 65].map((days) => dayOf(addMillis(from, days * 24 * hour), zone));
        let weeks = 0;
        for (let at = from; at < until; at = addMillis(at, 7 * 24 * hour))
          weeks += elapsedWorkingMillis(hours, holidays, at, earlierOf(until, addMillis(at, 7 * 24 * hour)));
        expect(elapsedWorkingMillis(hours, holidays, from, until)).toBe(weeks);
      }),
      { numRuns: 60 },
    );
  });

  it('counts overlapping windows only once', () => {
    const hours: WorkingHours = {
      zone: berlin,
      windows: [
        { weekday: 2, from: '09:00', until: '12:00' },
        { weekday: 2, from: '11:00', until: '13:00' },
      ],
    };
    expect(elapsedWorkingMillis(hours, [], local('2026-11-24 00:00'), local('2026-11-25 00:00'))).toBe(4 * hour);
  });

  it('has no deadline for a person without working hours', () => {
    expect(dueAt({ zone: berlin, windows: [] }, [], local('2026-11-24 00:00'), hour)).toBeUndefined();
  });
});

describe('nextWorkingInstant, Monday to Friday 09–17 in Berlin', () => {
  it.each([
    ['within working hours', '2026-11-24 10:00', '2026-11-24 10:00'],
    ['when they begin', '2026-11-24 09:00', '2026-11-24 09:00'],
    ['when they end', '2026-11-24 17:00', '2026-11-25 09:00'],
    ['on a Saturday', '2026-11-21 12:00', '2026-11-23 09:00'],
    ['before a holiday', '2026-12-24 17:00', '2026-12-28 09:00'],
  ])('is the first working instant at or after a time %s', (_, from, expected) => {
    expect(nextWorkingInstant(weekdays('09:00', '17:00'), [day.parse('2026-12-25')], local(from))).toBe(local(expected));
  });

  it('is undefined for a person without working hours', () => {
    expect(nextWorkingInstant({ zone: berlin, windows: [] }, [], local('2026-11-24 10:00'))).toBeUndefined();
  });
});
