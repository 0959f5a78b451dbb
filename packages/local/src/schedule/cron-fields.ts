/** The six fields of an AWS cron expression, read. A day is chosen by day of month or by day of week, never both. */
export type Cron = {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  readonly isDay: (day: Day) => boolean;
};

/** `dayOfWeek` counts as AWS does: 1 is Sunday. */
type Day = { readonly dayOfMonth: number; readonly daysInMonth: number; readonly dayOfWeek: number };

type Field = { readonly name: string; readonly from: number; readonly to: number; readonly words?: readonly string[] };

const monthWords = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayWords = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const dayOfMonthField: Field = { name: 'day of month', from: 1, to: 31 };
const dayOfWeekField: Field = { name: 'day of week', from: 1, to: 7, words: dayWords };

/**
 * Reads `minutes hours day-of-month month day-of-week year`.
 * @throws naming the field and what it may hold
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function readCron(text: string): Cron {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6)
    throw new Error(`cron(${text}) has ${fields.length} fields; it needs minutes, hours, day of month, month, day of week and year`);
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) throw new Error(`cron(${text}): exactly one of day of month and day of week must be ?`);
  return {
    minutes: readField(minutes, { name: 'minutes', from: 0, to: 59 }),
    hours: readField(hours, { name: 'hours', from: 0, to: 23 }),
    months: new Set(readField(month, { name: 'month', from: 1, to: 12, words: monthWords })),
    years: new Set(readField(year, { name: 'year', from: 1970, to: 2199 })),
    isDay: dayOfWeek === '?' ? readDayOfMonth(dayOfMonth) : readDayOfWeek(dayOfWeek),
  };
}

function readDayOfMonth(text: string): Cron['isDay'] {
  if (text === 'L') return ({ dayOfMonth, daysInMonth }) => dayOfMonth === daysInMonth;
  const days = new Set(readField(text, dayOfMonthField));
  return ({ dayOfMonth }) => days.has(dayOfMonth);
}

/** `L` is Saturday, `6L` the month's last Friday, `MON#1` its first Monday. */
function readDayOfWeek(text: string): Cron['isDay'] {
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  if (last !== undefined) {
    const wanted = readNumber(last, dayOfWeekField);
    return ({ dayOfWeek, dayOfMonth, daysInMonth }) => dayOfWeek === wanted && dayOfMonth > daysInMonth - 7;
  }
  const [, weekday, week] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (weekday !== undefined) {
    const wanted = readNumber(weekday, dayOfWeekField);
    return ({ dayOfWeek, dayOfMonth }) => dayOfWeek === wanted && Math.ceil(dayOfMonth / 7) === Number(week);
  }
  const days = new Set(text === 'L' ? [7] : readField(text, dayOfWeekField));
  return ({ dayOfWeek }) => days.has(dayOfWeek);
}

/** A list of values, ranges and steps, as ascending numbers. */
function readField(text: string, field: Field): readonly number[] {
  const numbers = text.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [first, last] = readRange(range, step !== undefined, field);
    const width = step === undefined ? 1 : Number(step);
    if (!Number.isInteger(width) || width < 1 || last < first) throw refused(text, field);
    return Array.from({ length: Math.floor((last - first) / width) + 1 }, (_, index) => first + index * width);
  });
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

function readRange(range: string, hasStep: boolean, field: Field): readonly [number, number] {
  if (range === '*') return [field.from, field.to];
  const [first = '', last] = range.split('-');
  const start = readNumber(first, field);
  if (last !== undefined) return [start, readNumber(last, field)];
  return [start, hasStep ? field.to : start];
}

function readNumber(text: string, field: Field): number {
  const word = field.words?.indexOf(text.toUpperCase()) ?? -1;
  const number = word === -1 ? Number(text) : word + field.from;
  if (text === '' || !Number.isInteger(number) || number < field.from || number > field.to) throw refused(text, field);
  return number;
}

const refused = (text: string, { name, from, to }: Field): Error =>
  new Error(`cron: ${name} ${text} is not supported; it may hold ${from} to ${to}, lists, ranges and steps`);
