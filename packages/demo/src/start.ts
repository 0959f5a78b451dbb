import { existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { bootCloud, isPortInUse, type Cloud } from '@meilenstein/local';
import { cachedAssembly, root } from './assembly.ts';
import { runProgram } from './run/run-program.ts';
import { openNotes } from './run/notes.ts';
import { findPersonas } from './steps/find-personas.ts';
import { company, playCompany } from './play-company.ts';
import { printDirections } from './print/print-directions.ts';
import { narrator } from './print/narrator.ts';

const defaultPort = 8787;

const endWith = (line: string): never => {
  console.error(`\n${line}`);
  process.exit(1);
};

/** The port of the API: `--port`, or the usual one. No file is touched before the port is known to be free. */
const freePort = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' } }, strict: false });
  const port = Number(values['port'] ?? defaultPort);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return endWith(`--port ${values['port']} is not a port: choose one from 1 to 65535.`);
  if (await isPortInUse(port))
    return endWith(
      `Port ${port} is taken: stop the program that listens there, or choose another port with npm start -- --port ${port + 1}`,
    );
  return port;
};

/** The folder of a company of its own for each port: two may run at once, and never on the same files. */
export const companyFolder = (port: number): string => join(root, '.local', port === defaultPort ? 'company' : `company-${port}`);

/** Lets people sign in, and loads the page once, so that whoever opens it does not wait and a page that cannot be served is known. */
const openPage = async (cloud: Cloud, wonBy: string): Promise<void> => {
  cloud.offerPersonas(await findPersonas(cloud, wonBy));
  const answer = await fetch(cloud.pageUrl);
  if (!answer.ok) throw new Error(`${cloud.pageUrl} answered ${answer.status}: ${await answer.text()}`);
};

/** Boots the local cloud, loads the demo company where that is not done, prints where to look, and runs until it is stopped. */
export const start = async (args: readonly string[]): Promise<void> => {
  const apiPort = await freePort(args);
  const folder = companyFolder(apiPort);
  const file = join(folder, 'company.json');
  const notes = openNotes(file);
  const again = `npm start${apiPort === defaultPort ? '' : ` -- --port ${apiPort}`}`;
  const running: { cloud?: Cloud; stopping?: Promise<void> } = {};
  const stop = (): Promise<void> => (running.stopping ??= running.cloud?.stop() ?? Promise.resolve());
  const stopWith = async (): Promise<void> => {
    console.log(`\nStopping; the data stays, and ${again} goes on from here.`);
    await stop();
    process.exit(0);
  };
  const program = async (): Promise<undefined> => {
    const { step, detail } = narrator();
    // Without its notes it is unknown what was loaded: the company starts over.
    if (notes.isEmpty() && existsSync(folder)) rmSync(folder, { recursive: true });
    const assembly = await step('Templates are synthesized', async () => cachedAssembly());
    const cloud = await step('The cloud boots from the templates', () => bootCloud({ assembly, dataFolder: folder, apiPort }));
    running.cloud = cloud;
    if (notes.isFinished('company'))
      detail('company', `as the last start left it; remove ${relative(process.cwd(), folder)} to start over`);
    else if (!notes.isEmpty()) detail('company', 'was loaded in part; goes on from there');
    const played = await notes.once('company', company, () => playCompany({ cloud, notes, narrator: { step, detail } }));
    await step('The page is made ready', () => openPage(cloud, played.wonBy));
    await printDirections(cloud, played, folder);
    console.log('\nStop with Ctrl-C.');
  };
  const ending = { logFile: join(folder, 'start.log'), advice: `Run ${again} again: it goes on where it stopped.` };
  let isStopping = false;
  const stopOnce = (): void => {
    if (isStopping) return;
    isStopping = true;
    stopWith().catch(() => process.exit(1));
  };
  process.on('SIGINT', stopOnce);
  process.on('SIGTERM', stopOnce);
  // start.mjs has ended without a signal: then nobody could stop this process any more.
  process.once('disconnect', stopOnce);
  await runProgram(ending, program, stop, () => isStopping);
};
