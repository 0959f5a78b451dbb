import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '@meilenstein/infra';
import { stages } from '@meilenstein/infra/stages';

const root = join(import.meta.dirname, '..', '..');

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
  synthesize(stages.dev, folder);
  writeFileSync(marker, wanted);
  return folder;
};
