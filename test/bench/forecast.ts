// npm run bench:forecast measures how long a forecast takes and how that grows. Exits with 1 if a limit is broken.
import { asItIs } from '@meilenstein/forecasting/input/forecast-input';
import { forecast } from '@meilenstein/forecasting/forecast';
import { firstDayOf, monthOf } from '@meilenstein/forecasting/input/months';
import { addTo, endedHistories, inventedInput, today, type Size } from './invented-input.ts';

const usual: Size = { open: 100_000, ended: 100_000, segments: 12, milestones: 6, owners: 100 };
const limits = { forecastMs: 1000, updatesMs: 1000, megabytes: 512 };

const month = monthOf(today);
const windowOf = (kind: string, months: number) => ({ kind, from: firstDayOf(month), until: firstDayOf(month + months) });
const usualWindows = [windowOf('month', 1), windowOf('quarter', 3)];

/** The shortest of several runs; the others waited for something else. */
const shortest = (runs: number, work: () => unknown): number => {
  const times = Array.from({ length: runs }, () => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  });
  return Math.min(...times);
};

const forecastMs = (size: Size, windows = usualWindows): number => {
  const input = inventedInput(size);
  return shortest(5, () => forecast(input, { today, startMonth: 1, windows, teams: [] }, asItIs));
};

const line = (cells: readonly string[]): string => cells.map((cell, n) => (n === 0 ? cell.padEnd(44) : cell.padStart(10))).join('');
const ms = (time: number): string => `${time.toFixed(0)} ms`;

console.log(line(['all levels, month + quarter', 'time']));
const whole = forecastMs(usual);
console.log(line(['100,000 open, 12 segments, 6 milestones', ms(whole)]));
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(line(['memory at most', `${megabytes} MB`]));

// one update is what one event adds: a dwell that ends, an arrival, an order
const events = [...endedHistories({ ...usual, ended: 25_000 })];
const counted = events.reduce((sum, { dwells, orders }) => sum + dwells.length + orders.length + 1, 0);
const updates =
  (shortest(3, () => {
    const add = addTo(new Map());
    for (const history of events) add(history, 1);
  }) *
    100_000) /
  counted;
console.log(line(['100,000 counter updates', ms(updates)]));

console.log(`\n${line(['growth', 'time', '× first'])}`);
const growth = (name: string, times: readonly (readonly [string, number])[]): void => {
  const [first] = times;
  for (const [at, time] of times) console.log(line([`${name} ${at}`, ms(time), (time / (first?.[1] ?? 1)).toFixed(1)]));
};
growth(
  'open opportunities',
  [12_500, 25_000, 50_000, 100_000].map((open) => [open.toLocaleString('en'), forecastMs({ ...usual, open })]),
);
growth(
  'segments',
  [3, 6, 12, 24].map((segments) => [`${segments}`, forecastMs({ ...usual, segments })]),
);
growth(
  'months ahead',
  [1, 3, 6, 12].map((months) => [`${months}`, forecastMs(usual, [windowOf(`${months}m`, months)])]),
);

const broken = [
  [whole > limits.forecastMs, `a forecast takes ${ms(whole)}, more than ${limits.forecastMs}`],
  [updates > limits.updatesMs, `updates take ${ms(updates)}, more than ${limits.updatesMs}`],
  [megabytes > limits.megabytes, `memory is ${megabytes} MB, more than ${limits.megabytes}`],
].flatMap(([isBroken, text]) => (isBroken === true ? [text] : []));
for (const text of broken) console.error(text);
process.exitCode = broken.length === 0 ? 0 : 1;
