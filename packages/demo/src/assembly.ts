import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the repository. */
export const root = join(import.meta.dirname, '..', '..', '..');

const sources = ['infra/**/*.ts', 'packages/{kernel,contracts,runtime}/src/**/*.ts', 'services/*/src/**/*.ts', 'pnpm-lock.yaml'];

const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: root })
    .filter((name) => !name.endsWith('.test.ts'))
    .toSorted())
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
};

/** The synthesized templates of `dev`; made again only when a source, infra or the lockfile has changed. Returns the folder. */
export const cachedAssembly = (): string => {
  const folder = join(root, '.local', 'cdk.out');
  const marker = join(root, '.local', 'cdk.out.fingerprint');
  const wanted = fingerprint();
  if (existsSync(folder) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(root, '.local'), { recursive: true });
  const env = { ...process.env, STAGE: 'dev', CDK_OUTDIR: folder };
  const { status } = spawnSync(process.execPath, [join(root, 'infra', 'app.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('infra/app.ts could not synthesize the templates: see the lines above');
  writeFileSync(marker, wanted);
  return folder;
};
