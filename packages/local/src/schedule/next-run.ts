import { Temporal } from 'temporal-polyfill';
import { type Cron, readCron } from './cron-fields.ts';

/** How far ahead a cron expression is followed: 29 February comes at most 8 years later. */
const horizonYears = 9;

/**
 * When a schedule runs next.
 * In the hour that a zone skips in spring nothing runs; what falls into the hour that it repeats in autumn runs once.
 * @param expression `cron(…)`, `rate(…)` or `at(…)` as EventBridge Scheduler defines them
 * @param zone IANA time zone, used by cron and at
 * @param after the moment after which to look; for a rate also the moment from which it counts
 * @returns undefined when it never runs again
 * @throws when the expression cannot be read
 */
export function nextRun(expression: string, zone: string, after: Temporal.Instant): Temporal.Instant | undefined {
  const [, kind, argument = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'cron') return nextCronRun(readCron(argument), zone, after);
  if (kind === 'rate') return after.add({ minutes: rateMinutes(argument) });
  if (kind === 'at') {
    const at = inZone(Temporal.PlainDateTime.from(argument), zone);
    return at !== undefined && Temporal.Instant.compare(at, after) > 0 ? at : undefined;
  }
  throw new Error(`schedule ${expression} is not supported; write cron(…), rate(…) or at(…)`);
}

const unitMinutes: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

function rateMinutes(text: string): number {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(text.trim()) ?? [];
  const minutes = Number(count) * (unitMinutes[unit] ?? 0);
  if (!(minutes > 0)) throw new Error(`rate(${text}) is not supported; write a positive number and minutes, hours or days`);
  return minutes;
}

function nextCronRun(cron: Cron, zone: string, after: Temporal.Instant): Temporal.Instant | undefined {
  const start = after.toZonedDateTimeISO(zone).toPlainDate();
  const end = start.add({ years: horizonYears });
  let date = start;
  while (Temporal.PlainDate.compare(date, end) < 0) {
    if (!cron.years.has(date.year) || !cron.months.has(date.month)) {
      date = date.with({ day: 1 }).add({ months: 1 });
      continue;
    }
    const run = runOnDay(cron, date, zone, after);
    if (run !== undefined) return run;
    date = date.add({ days: 1 });
  }
  return undefined;
}

function runOnDay(cron: Cron, date: Temporal.PlainDate, zone: string, after: Temporal.Instant): Temporal.Instant | undefined {
  // Temporal counts Sunday as 7, AWS as 1.
  if (!cron.isDay({ dayOfMonth: date.day, daysInMonth: date.daysInMonth, dayOfWeek: (date.dayOfWeek % 7) + 1 })) return undefined;
  for (const hour of cron.hours) {
    for (const minute of cron.minutes) {
      const run = inZone(date.toPlainDateTime({ hour, minute }), zone);
      if (run !== undefined && Temporal.Instant.compare(run, after) > 0) return run;
    }
  }
  return undefined;
}

/** The moment that a wall clock of the zone shows this time (the first, if there are two); undefined if it never does. */
function inZone(local: Temporal.PlainDateTime, zone: string): Temporal.Instant | undefined {
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return zoned.toPlainDateTime().equals(local) ? zoned.toInstant() : undefined;
}
