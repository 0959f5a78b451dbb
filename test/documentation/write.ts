import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documents } from './documents.ts';

/** Writes the generated documents, or with `--check` says which are not up to date. */
const root = join(import.meta.dirname, '..', '..');
const wanted = documents();
const there = ['docs/api', 'docs/api/events'].flatMap((folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((name) => /\.(json|html)$/.test(name))
        .map((name) => `${folder}/${name}`)
    : [],
);
const outdated = [...wanted]
  .filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text)
  .map(([path]) => path);
const superfluous = there.filter((path) => !wanted.has(path));

if (process.argv.includes('--check')) {
  for (const path of [...outdated, ...superfluous])
    console.error(`${path} is not what the contracts say: run \`npm run docs\` and commit it`);
  if (outdated.length + superfluous.length > 0) process.exitCode = 1;
  else console.log(`${wanted.size} documents are up to date`);
} else {
  for (const path of outdated) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), wanted.get(path) ?? '');
  }
  for (const path of superfluous) rmSync(join(root, path));
  console.log(`${outdated.length} documents written, ${superfluous.length} removed`);
}
