import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf, keptFolder, root } from './kept-folder.ts';

/** Everything that the build of the page depends on. */
export const pageSources = [
  'packages/web/{src,public}/**/*',
  'packages/web/{index.html,package.json,vite.config.ts}',
  'packages/{kernel,contracts}/src/**/*.ts',
  'pnpm-lock.yaml',
];

/**
 * The page as Vite builds it, with Vite's manifest; built again only when something has changed that it depends on.
 * @returns the folder with `index.html`
 * @throws where it cannot be built
 */
export const builtPage = (): string => keptFolder(join(root, '.local', 'pages'), fingerprintOf(pageSources), build);

/** Runs Vite as a program: what it takes of memory is given back when it ends. */
function build(outdir: string): void {
  const web = join(root, 'packages', 'web');
  const vite = join(web, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--bypass-lock', '--outDir', outdir, '--emptyOutDir'], {
    cwd: web,
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  if (status === 0) return;
  const log = join(root, '.local', 'page-build.log');
  mkdirSync(join(root, '.local'), { recursive: true });
  writeFileSync(log, `${stdout}${stderr}`);
  const reason =
    stderr.split('\n').find((line) => /error/i.test(line) && !line.includes('error during build')) ?? `it ended with status ${status}`;
  throw new Error(`Vite could not build the page: ${reason.trim()} (all of it in ${log})`);
}
