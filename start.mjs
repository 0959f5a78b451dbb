// Plain Node 20 without a dependency: it installs what the project needs, then hands over to the project's own Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, fstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const [command = 'start', ...rest] = process.argv.slice(2);
const begin = Date.now();
const seconds = () => `${((Date.now() - begin) / 1000).toFixed(0)} s`;
// These run in memory, without a cloud. They answer on the standard output, so what is said beside it goes to the other one.
const isPlain = /^(backtest|bench)\b/.test(command);
const tell = isPlain ? console.error : console.log;
const say = (what, detail) => tell(`  ${what.padEnd(14)} ${detail}`);
const fail = (line) => {
  console.error(`\n${line}`);
  process.exit(1);
};

const major = (version) => Number(/(\d+)/.exec(version)?.[1] ?? 0);
const pnpm = 'pnpm@12.21.0';
const node = join(root, 'node_modules', '.bin', 'node');

const checkNode = () => {
  if (major(process.version) < 20)
    fail(`Node ${process.version} is too old: install Node 20 or newer from https://nodejs.org and try again.`);
  say('Node', process.version);
};

/** Installs again only when the lockfile is another one than last time. */
const install = () => {
  const marker = join(root, 'node_modules', '.installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(marker) && existsSync(node) && readFileSync(marker, 'utf8') === wanted) return say('Packages', 'installed already');
  say('Packages', `installing with ${pnpm}, about half a minute …`);
  const env = { ...process.env, npm_config_update_notifier: 'false', CI: 'true' };
  const done = spawnSync('npx', ['--yes', pnpm, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 1e8,
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    const log = join(root, '.local', 'install.log');
    mkdirSync(dirname(log), { recursive: true });
    writeFileSync(log, `${done.error?.stack ?? ''}${done.stdout ?? ''}${done.stderr ?? ''}`);
    fail(
      `Failed: the packages could not be installed. See that the npm registry can be reached, and try again. Log: ${relative(process.cwd(), log)}`,
    );
  }
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, wanted);
  say('Packages', `installed after ${seconds()}`);
};

const ownNode = () => say('Own Node', spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim());

/** Parent, process group and name of a process; undefined where the machine does not tell. */
const about = (pid) => {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,pgid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  const [, parent, group, name] = /^\s*(\d+)\s+(\d+)\s+(.*)$/m.exec(stdout ?? '') ?? [];
  return parent === undefined ? undefined : { parent: Number(parent), group, name };
};

/**
 * Who started us and waits for it: npm with its shell, and in the foreground all above of the same process group, such as the script that
 * says `npm start`. A shell that put us into the background may end and leave us running.
 */
const starters = () => {
  const isNpm = process.env.npm_lifecycle_event !== undefined;
  const isBackground = fstatSync(0).isCharacterDevice() && !isatty(0);
  if (process.platform === 'win32' || (isBackground && !isNpm)) return [];
  const group = about(process.pid)?.group;
  const found = [];
  for (let pid = process.ppid; pid > 1;) {
    const one = about(pid);
    if (one === undefined || one.group !== group) break;
    found.push(pid);
    if (isBackground && !one.name.endsWith('sh')) break;
    pid = one.parent;
  }
  return found;
};

const isThere = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Calls back when one of those who started us was killed: nobody could stop us any more. */
const whenLeftAlone = (act) => {
  const [parent, all] = [process.ppid, starters()];
  if (all.length === 0) return;
  const look = setInterval(() => {
    if (process.ppid === parent && all.every(isThere)) return;
    clearInterval(look);
    act();
  }, 500);
  look.unref();
};

/** Runs a program of the project to its end; its exit code becomes ours. Ctrl-C reaches it by itself. */
const run = (...args) => runWith('inherit', ...args);

/** The channel tells the program when this process is gone, so that it does not stay behind alone. */
const runWatched = (...args) => runWith(['inherit', 'inherit', 'inherit', 'ipc'], ...args);

// On Linux each of many threads would keep free memory of its own: two places for it save a tenth of all that is resident.
const env = { MALLOC_ARENA_MAX: '2', ...process.env };

const runWith = (stdio, ...args) =>
  new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, stdio, env });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    whenLeftAlone(() => child.kill('SIGTERM'));
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });

const bin = (name, ...args) => run(join(root, 'node_modules', name), ...args);

const checks = [
  ['format', () => bin('oxfmt/bin/oxfmt', '--check')],
  ['lint', () => bin('oxlint/bin/oxlint', '--deny-warnings')],
  ['types', () => bin('typescript/bin/tsc', '-p', 'tsconfig.base.json')],
  ['types of the page', () => bin('typescript/bin/tsc', '-p', 'packages/web')],
  ['unused code', () => bin('knip/bin/knip.js', '--no-progress')],
  ['documents', () => run('test/documentation/write.ts', '--check')],
  ['architecture', () => bin('vitest/vitest.mjs', 'run', 'test/architecture', '--reporter=dot')],
];

const check = async () => {
  for (const [name, work] of checks) {
    console.log(`\n— ${name}`);
    const code = await work();
    if (code !== 0) fail(`The check "${name}" failed: see the lines above.`);
  }
  console.log(`\nAll ${checks.length} checks passed after ${seconds()}.`);
  return 0;
};

const commands = {
  start: () => runWatched('packages/demo/src/main.ts', ...rest),
  demo: () => runWatched('test/demo/main.ts', ...rest),
  'demo:crowded': () => runWatched('packages/demo/src/crowded.ts', ...rest),
  test: () => bin('vitest/vitest.mjs', 'run', ...rest),
  burst: () => run('test/load/burst.ts', ...rest),
  'bench:intake': () => run('test/load/bench-intake.ts', ...rest),
  'bench:table': () => run('test/bench/table.ts', ...rest),
  'bench:growth': () => run('test/load/growth-bench.ts', ...rest),
  conformance: () => run('test/conformance/main.ts', ...rest),
  check,
  // a small heap is collected more often: large files stay below a gigabyte
  backtest: () => run('--max-old-space-size=700', 'test/backtest/main.ts', ...rest),
  'backtest:calendar': () => run('--max-old-space-size=700', 'test/backtest/calendar-moves-main.ts', ...rest),
  'bench:forecast': () => run('--max-old-space-size=400', 'test/bench/forecast.ts', ...rest),
  web: () => run('packages/web/node_modules/vite/bin/vite.js', 'packages/web', '--port', '5173', '--strictPort', ...rest),
  pictures: () => run('test/browser/pictures.ts', ...rest),
  'bench:page': () => run('test/bench/page.ts', ...rest),
  'backtest:leads': () => run('services/leads/src/scoring/backtest/main.ts', ...rest),
};

const work = commands[command];
if (!work) fail(`"${command}" is none of: ${Object.keys(commands).join(', ')}`);
tell(`Meilenstein: ${command}`);
checkNode();
install();
ownNode();
process.exitCode = await work();
