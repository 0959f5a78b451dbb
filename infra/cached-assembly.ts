import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.local', 'assemblies');
const sources = ['infra/**/*.ts', 'packages/{kernel,contracts,runtime}/src/**/*.ts', 'services/*/src/**/*.ts', 'pnpm-lock.yaml'];

/**
 * How the functions of an assembly are bundled: in one pass with what they share, which takes seconds and is for this machine only; or
 * each for itself and minified, byte for byte as they are deployed.
 */
export type Bundling = 'shared' | 'separate';

/** As many are kept, the latest used: a cloud that runs since before a change still loads from its own. */
const kept = 6;

const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: root })
    .filter((name) => !name.endsWith('.test.ts'))
    .toSorted())
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 20);
};

/**
 * The synthesized templates of `dev`, with the bundles that they name; made again only when a source, infra or the lockfile has changed.
 * @returns the folder of the cloud assembly
 * @throws where a template cannot be made
 */
export const cachedAssembly = (bundling: Bundling): string => {
  const folder = join(cache, `${fingerprint()}-${bundling}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, 'unfinished-'));
    try {
      assemble(bundling, unfinished, folder);
      // Whole or not at all, also for others who make the same one at the same time.
      if (!existsSync(folder)) renameSync(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const now = new Date();
  utimesSync(folder, now, now);
  forgetOld();
  return join(folder, 'cdk.out');
};

/** Runs the synthesis as a program. @throws with its first error; all that it said is in `.local/synthesis.log` */
function assemble(bundling: Bundling, unfinished: string, folder: string): void {
  const program = join(root, 'infra', 'assemble.ts');
  const { status, stderr } = spawnSync(process.execPath, [program, bundling, unfinished, folder], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return;
  const log = join(root, '.local', 'synthesis.log');
  writeFileSync(log, stderr);
  const reason = stderr.split('\n').find((line) => line.includes('Error')) ?? `it ended with status ${status}`;
  throw new Error(`infra/assemble.ts could not make the templates: ${reason.trim()} (all of it in ${log})`);
}

const hourMillis = 3_600_000;

function forgetOld(): void {
  const usedAt = (name: string): number => statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const [whole, unfinished] = [false, true].map((isUnfinished) =>
    readdirSync(cache).filter((name) => name.startsWith('unfinished-') === isUnfinished),
  );
  const old = (whole ?? []).toSorted((a, b) => usedAt(b) - usedAt(a)).slice(kept);
  const abandoned = (unfinished ?? []).filter((name) => Date.now() - usedAt(name) > hourMillis);
  for (const name of [...old, ...abandoned]) rmSync(join(cache, name), { recursive: true, force: true });
}
