// What `npm run demo:crowded` runs: the demo, or a start, beside sixteen busy loops. `--runs 3` repeats it, `start` takes a start.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './assembly.ts';
import { companyFolder } from './start.ts';

const loops = 16;
/** Far more than a run takes; what hangs is ended after it. */
const longestRunMillis = 45 * 60_000;

const program = join(import.meta.dirname, 'busy-loop.ts');

/** Starts the busy loops. @returns what ends them; without it they end with this process, or when a run could not take longer */
const startLoops = (): (() => Promise<void>) => {
  const children = Array.from({ length: loops }, () =>
    spawn(process.execPath, ['--max-old-space-size=16', program, String(process.pid), String(longestRunMillis)], { stdio: 'ignore' }),
  );
  const end = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', end);
  return async () => {
    const ended = children.map((child) => (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined));
    end();
    await Promise.all(ended);
  };
};

/** The status of a program of the project, which is killed where it hangs. */
const statusOf = async (child: ChildProcess): Promise<number> => {
  const timer = setTimeout(() => {
    console.error(`\nNot at its end after ${longestRunMillis / 60_000} minutes: killed.`);
    child.kill('SIGKILL');
  }, longestRunMillis);
  const end = (): void => void child.kill('SIGTERM');
  process.once('exit', end);
  const [code]: unknown[] = await once(child, 'exit');
  process.off('exit', end);
  clearTimeout(timer);
  return typeof code === 'number' ? code : 1;
};

const runDemo = (): Promise<number> =>
  statusOf(spawn('node', ['start.mjs', 'demo'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }));

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** A start of a new company that must say that it waits for Ctrl-C, and end with status 0 when it comes. */
const runStart = async (): Promise<number> => {
  const port = await freePort();
  const child = spawn('node', ['start.mjs', 'start', '--port', String(port)], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    process.stdout.write(part);
    const isWaiting = said.includes('Stop with Ctrl-C');
    said = `${said}${part.toString('utf8')}`;
    if (!isWaiting && said.includes('Stop with Ctrl-C')) child.kill('SIGINT');
  });
  const status = await statusOf(child);
  rmSync(companyFolder(port), { recursive: true, force: true });
  return said.includes('Stop with Ctrl-C') ? status : 1;
};

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '1' }, start: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--runs ${values.runs}: must be a whole number from 1 on.`);
  process.exit(1);
}
const isStart = values.start || positionals.includes('start');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.once('disconnect', () => process.exit(1));

const results: string[] = [];
for (let run = 1; run <= runs; run += 1) {
  console.log(`\nRun ${run} of ${runs}: ${isStart ? 'npm start' : 'npm run demo'} beside ${loops} busy loops`);
  const begin = performance.now();
  const end = startLoops();
  const status = await (isStart ? runStart() : runDemo());
  await end();
  results.push(
    `run ${run}: ${status === 0 ? 'ended well' : `FAILED with status ${status}`} after ${((performance.now() - begin) / 1000).toFixed(0)} s`,
  );
}
console.log(`\n${results.join('\n')}`);
process.exit(results.every((line) => line.includes('ended well')) ? 0 : 1);
