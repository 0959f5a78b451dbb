import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPage, pageSources } from './built-page.ts';
import { fingerprintOf, keptFolder, root } from './kept-folder.ts';

const sources = [
  'infra/**/*.ts',
  'packages/{kernel,contracts,runtime}/src/**/*.ts',
  'services/*/src/**/*.ts',
  'pnpm-lock.yaml',
  ...pageSources,
];

/**
 * How the functions of an assembly are bundled: in one pass with what they share, which takes seconds and is for this machine only; or
 * each for itself and minified, byte for byte as they are deployed.
 */
export type Bundling = 'shared' | 'separate';

/**
 * The synthesized templates of `dev`, with the bundles and the page that they name; made again only when a source, infra or the lockfile
 * has changed.
 * @returns the folder of the cloud assembly
 * @throws where a template cannot be made
 */
export const cachedAssembly = (bundling: Bundling): string => {
  // Built before, and by a process of its own: what fails there is the page and not a template.
  builtPage();
  const name = `${fingerprintOf(sources)}-${bundling}`;
  return join(
    keptFolder(join(root, '.local', 'assemblies'), name, (unfinished, final) => assemble(bundling, unfinished, final)),
    'cdk.out',
  );
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
