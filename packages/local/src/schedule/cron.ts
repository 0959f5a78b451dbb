import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';

const fieldNames = 'minutes, hours, day of month, month, day of week and year';

/**
 * When a cron expression of EventBridge Scheduler is due next.
 * A time that the zone skips in spring is skipped; a time that it repeats in autumn is due once.
 * @param text the six fields: minutes, hours, day of month, month, day of week (1 is Sunday) and year
 * @param zone IANA time zone of the fields
 * @param after the moment after which to search
 * @returns undefined when it is never due again
 * @throws when the expression cannot be read
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function nextCronRun(text: string, zone: string, after: Temporal.Instant): Temporal.Instant | undefined {
  const cron = readCron(text, zone);
  for (let date = cron.nextRun(new Date(after.epochMilliseconds)); date !== null; date = cron.nextRun(date)) {
    // croner moves a time that the zone skips to the end of the gap; such a moment does not match the fields.
    if (cron.match(date)) return Temporal.Instant.fromEpochMilliseconds(date.getTime());
  }
  return undefined;
}

function readCron(text: string, timezone: string): Cron {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`cron(${text}) has ${fields.length} fields; it needs ${fieldNames}`);
  const [, , dayOfMonth, , dayOfWeek = ''] = fields;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) throw new Error(`cron(${text}): exactly one of day of month and day of week must be ?`);
  // croner takes 8 for another Sunday; AWS does not.
  if (/(^|[,-])([089]|\d\d)/.test(dayOfWeek))
    throw new Error(`cron(${text}): day of week ${dayOfWeek} must hold 1 (Sunday) to 7 (Saturday)`);
  try {
    // croner's first field is the second. Steps may begin at a number (0/20), and Sunday is 1, as in AWS.
    return new Cron(`0 ${fields.join(' ')}`, { timezone, paused: true, mode: '7-part', sloppyRanges: true, alternativeWeekdays: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace('CronPattern: ', '') : String(error);
    throw new Error(`cron(${text}): ${reason}; the fields are ${fieldNames}`, { cause: error });
  }
}
