import { Temporal } from 'temporal-polyfill';
import { nextCronRun } from './cron.ts';

/**
 * When a schedule is due next.
 * @param expression `cron(…)`, `rate(…)` or `at(…)` as EventBridge Scheduler defines them
 * @param zone IANA time zone, used by cron and at
 * @param after the moment after which to search; for a rate also the moment from which it counts
 * @returns undefined when it is never due again
 * @throws when the expression cannot be read
 */
export function nextRun(expression: string, zone: string, after: Temporal.Instant): Temporal.Instant | undefined {
  const [, kind, argument = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'cron') return nextCronRun(argument, zone, after);
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

/** The moment that a wall clock of the zone shows this time (the first, if there are two); undefined if it never does. */
function inZone(local: Temporal.PlainDateTime, zone: string): Temporal.Instant | undefined {
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return zoned.toPlainDateTime().equals(local) ? zoned.toInstant() : undefined;
}
