// npm run backtest:calendar [-- FILE …]: how much forecasts of a history change when it is moved by 1 to 52 weeks. Without a file: the development files.
import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { changesOf, meansWhenMoved } from './calendar-moves.ts';
import { readFlowFile } from './flow-file.ts';
import { dayText } from './origins.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const movedWeeks = Array.from({ length: 52 }, (_, n) => n + 1);
// every four weeks, as long files would take hours; the last three origins lie at different places in their months
const compared = { weeksBetweenOrigins: 4, origins: 3, windows: [1, 4, 13] };

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);

const typed = process.argv.slice(2).map((file) => resolve(process.env['INIT_CWD'] ?? '.', file));
const absent = typed.find((file) => !existsSync(file));
// flow files only: the other development files hold leads
const files = typed.length > 0 ? typed : globSync(join(folder, '{bpi,crm,road}*.csv.gz')).toSorted();

if (absent !== undefined) {
  console.error(`${absent}: there is no such file`);
  process.exitCode = 1;
} else if (files.length === 0) console.log(`Skipped: no file was named and ${folder} has no development files.`);
else
  for (const file of files) {
    console.log(`${file}\norigin      window   median  largest   change of the total's mean when moved by 1 to 52 weeks`);
    for (const { origin, weeks, means } of meansWhenMoved(await readFlowFile(file), movedWeeks, compared)) {
      const { median, largest } = changesOf({ means });
      console.log(`${dayText(origin)}  ${`${weeks}w`.padStart(6)} ${percent(median)} ${percent(largest)}`);
    }
  }
