import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { backtest } from './backtest.ts';
import { InvalidQuestion } from './rows.ts';

const usage = `usage: npm run backtest:leads -- FILE --id COL --order COL --outcome COL --positive VALUE [--exclude COL,…]
  FILE      csv, plain or gzipped; the first line names the columns
  --exclude columns to leave out, such as those filled after the outcome; "Name *" matches all that begin with "Name "
Prints one JSON line for each row to the standard output, in order, and the measures last.`;

const run = (): void => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      order: { type: 'string' },
      outcome: { type: 'string' },
      positive: { type: 'string' },
      exclude: { type: 'string', multiple: true, default: [] },
    },
  });
  const [file] = positionals;
  const { id, order, outcome, positive } = values;
  if (file === undefined || id === undefined || order === undefined || outcome === undefined || positive === undefined)
    throw new InvalidQuestion('FILE, --id, --order, --outcome and --positive are needed');
  const exclude = values.exclude
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const { lines, ...measures } = backtest(readFileSync(file), { id, order, outcome, positive, exclude });
  process.stdout.write(`${[...lines, JSON.stringify(measures)].join('\n')}\n`);
};

try {
  run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exitCode = 1;
}
