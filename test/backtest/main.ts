// npm run backtest -- FILE [--step week|month] [--horizon 1w,4w,13w|1m,3m] [--levels total,team,owner,segment] [--from DATE]
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dayNumberOf } from '@meilenstein/forecasting/input/months';
import { readFlow } from './flow-file.ts';
import { horizonOf, usualHorizons, type Horizon, type Step } from './origins.ts';
import { runBacktest, type Settings } from './run.ts';
import { scoreTable } from './score-table.ts';

const usage =
  'npm run backtest -- FILE [--step week|month] [--horizon 1w,4w,13w|1m,3m] [--levels total,team,owner,segment] [--from 2017-06-01]';

const refuse = (line: string): never => {
  throw new RangeError(`${line}\n${usage}`);
};

const levels = ['total', 'team', 'owner', 'segment'];

const stepOf = (text: string): Step => (text === 'week' || text === 'month' ? text : refuse(`--step ${text}: must be week or month`));

const dayIn = (text: string): number => {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  return year === undefined || month === undefined || day === undefined
    ? refuse(`--from ${text}: must be a date such as 2017-06-01`)
    : dayNumberOf(year, month, day);
};

const settingsOf = (given: Readonly<Record<string, string | undefined>>): Settings => {
  const step = stepOf(given['step'] ?? 'week');
  const horizons = (given['horizon'] ?? usualHorizons[step])
    .split(',')
    .map((text): Horizon => horizonOf(text) ?? refuse(`--horizon ${text}: must be such as 4w or 3m`));
  const wanted = (given['levels'] ?? levels.join(',')).split(',');
  const unknown = wanted.find((level) => !levels.includes(level));
  if (unknown !== undefined) refuse(`--levels ${unknown}: must be of ${levels.join(', ')}`);
  return { step, horizons, levels: wanted, from: given['from'] === undefined ? null : dayIn(given['from']) };
};

const pathOf = (file: string): string => {
  // npm runs in the project's root, but a path is relative to the directory in which it was typed
  const typed = resolve(process.env['INIT_CWD'] ?? '.', file);
  const path = existsSync(typed) ? typed : resolve(file);
  return existsSync(path) ? path : refuse(`${file}: there is no such file`);
};

const writer = () => {
  let waiting: string[] = [];
  const flush = (): void => {
    if (waiting.length > 0) process.stdout.write(`${waiting.join('\n')}\n`);
    waiting = [];
  };
  return {
    say: (line: string): void => {
      waiting.push(line);
      if (waiting.length >= 1000) flush();
    },
    flush,
  };
};

const main = async (): Promise<void> => {
  const options = { step: { type: 'string' }, horizon: { type: 'string' }, levels: { type: 'string' }, from: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) return refuse('Name one file.');
  const settings = settingsOf(values);
  const { say, flush } = writer();
  const { events, estimates } = await readFlow(pathOf(file));
  const groups = runBacktest(events, { ...settings, estimates }, say);
  flush();
  console.log(
    `\n${scoreTable(groups)}\n\nWAPE, bias, CRPS and floor in percent of what came; cov80: share within P10 to P90; no claim below 8 windows.`,
  );
};

try {
  await main();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const isRefusal = error instanceof RangeError || ('code' in error && `${error.code}`.startsWith('ERR_PARSE_ARGS'));
  if (!isRefusal) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
