import './silence.ts';
import { busy, limitsOf, monthOf, perMillion, quiet, totalOf } from './dollars.ts';
import { handlerBench } from './handler-bench.ts';
import { printed } from './printed.ts';
import { startBench } from './start-bench.ts';
import { templates } from './templates.ts';
import { writeBench, type Units, type WriteBench } from './write-bench.ts';

const rounds = 15;
const load = { count: 500, bytes: 2000 } as const;

const units = ({ writes, indexes }: Units): number => writes + indexes;
const leadsOnly = (bench: WriteBench): number => units(bench.intake) + units(bench.reader);
const everybody = (bench: WriteBench): number => leadsOnly(bench) + [...bench.consumers.values()].reduce((sum, one) => sum + units(one), 0);

const known = templates();
console.error('counting writes …');
const form = await writeBench(known, { ...load, shape: 'form' });
const letter = await writeBench(known, { ...load, shape: 'letter' });
console.error('starting processes …');
const start = await startBench(rounds);
console.error('calling the handler …');
const handler = await handlerBench(rounds, 3000);

const verdict = (value: number, target: number): string => (value <= target ? 'met' : 'missed');
const two = (value: number): string => value.toFixed(2);
const one = (value: number): string => value.toFixed(1);
const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const startRatio = start.ours.total / start.plain.total;
const cpuRatio = start.ours.cpu / start.plain.cpu;
const handlerRatio = handler.ours / handler.plain;
console.log(
  [
    row('what', 'here', 'compared with', 'target (stretch)', ''),
    '| --- | --- | --- | --- | --- |',
    row(
      'intake bundle, minified',
      `${Math.round(start.ours.bytes / 1024)} KB`,
      `plain build ${Math.round(start.plain.bytes / 1024)} KB`,
      '≤ 450 KB',
      verdict(start.ours.bytes / 1024, 450),
    ),
    row(
      'load + first call, wall',
      `${two(startRatio)} of it`,
      `${Math.round(start.ours.total)} : ${Math.round(start.plain.total)} ms`,
      '≤ 0.7 (0.5)',
      verdict(startRatio, 0.7),
    ),
    row('load + first call, CPU', `${two(cpuRatio)} of it`, `${Math.round(start.ours.cpu)} : ${Math.round(start.plain.cpu)} ms`, '', ''),
    row(
      'handler CPU for a submission',
      `${one(handlerRatio)} times`,
      `${Math.round(handler.ours)} : ${Math.round(handler.plain)} µs`,
      '≤ 2',
      verdict(handlerRatio, 2),
    ),
    row(
      'write units of a new lead, a form of 2 KB',
      one(leadsOnly(form)),
      `intake ${one(units(form.intake))}, reader ${one(units(form.reader))}`,
      '≤ 16 (8)',
      verdict(leadsOnly(form), 16),
    ),
    row(
      'the same, 2 KB of the person’s own text',
      one(leadsOnly(letter)),
      `intake ${one(units(letter.intake))}, reader ${one(units(letter.reader))}`,
      '≤ 16 (8)',
      verdict(leadsOnly(letter), 16),
    ),
    row(
      'with all consumers, a form',
      one(everybody(form)),
      [...form.messages.keys()].join(', '),
      '≤ 40 (20)',
      verdict(everybody(form), 40),
    ),
    row('with all consumers, own text', one(everybody(letter)), '', '≤ 40 (20)', verdict(everybody(letter), 40)),
    row('reader with ten at once, a form', one(units(form.readerAtOnce)), 'lost races for a rep are paid too', '', ''),
    row(
      'items that more than a tenth of all leads write',
      String(form.hotItems.length),
      'twelve reps share the leads',
      'none',
      verdict(form.hotItems.length, 0),
    ),
  ].join('\n'),
);
for (const name of form.unmeasured) console.log(`\nNot measured: ${name} hears of new leads, and the bench does not know its handler.`);

const [alone, together] = [perMillion(form, known, quiet), perMillion(form, known, busy)];
const dollars = (value: number): string => value.toFixed(2);
console.log(
  `\n${printed([['a million new leads', 'each', '$ one by one', '$ in batches'], ...alone.map((line, index) => [line.what, line.count.toPrecision(3), Number(dollars(line.dollars)), Number(dollars(together[index]?.dollars ?? 0))]), ['all', '', Number(dollars(totalOf(alone))), Number(dollars(totalOf(together)))]])}`,
);

console.log(
  `\n${printed([['leads a day', '$ a month'], ...[10, 10_000, 1_000_000, 10_000_000].map((count) => [count, Math.round(monthOf(count, totalOf(count < 100_000 ? alone : together), known))])])}`,
);
console.log(
  `\n${printed([['limit, the first one first', 'leads a second'], ...limitsOf(form, known).map((limit) => [limit.what, Math.round(limit.leadsPerSecond)])])}`,
);
