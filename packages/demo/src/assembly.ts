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

/**
 * The synthesized templates of `dev`; made again only when a source, infra or the lockfile has changed.
 * @returns the folder @throws where a template cannot be made; what was said is in `.local/synthesis.log`
 */
export const cachedAssembly = (): string => {
  const folder = join(root, '.local', 'cdk.out');
  const marker = join(root, '.local', 'cdk.out.fingerprint');
  const wanted = fingerprint();
  if (existsSync(folder) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(root, '.local'), { recursive: true });
  const env = { ...process.env, STAGE: 'dev', CDK_OUTDIR: folder };
  const program = join(root, 'infra', 'app.ts');
  const { status, stderr } = spawnSync(process.execPath, [program], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) {
    const log = join(root, '.local', 'synthesis.log');
    writeFileSync(log, stderr);
    const reason = stderr.split('\n').find((line) => /Error/.test(line)) ?? `it ended with status ${status}`;
    throw new Error(`infra/app.ts could not make the templates: ${reason.trim()} (all of it in ${log})`);
  }
  writeFileSync(marker, wanted);
  return folder;
};
