import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const files = ['run-handler', 'in-process', 'in-thread'] as const;

/**
 * Lays the programs that run inside instances down as JavaScript: a thread that has to strip types first starts in twice the time and
 * keeps eleven megabytes more.
 * @returns the file of each program
 */
export function writePrograms(folder: string): { readonly process: string; readonly thread: string } {
  mkdirSync(folder, { recursive: true });
  for (const name of files) {
    const source = readFileSync(join(import.meta.dirname, 'inside', `${name}.ts`), 'utf8');
    writeFileSync(join(folder, `${name}.mjs`), withoutTypes(source).replaceAll(/(from '\.\/[^']+)\.ts'/g, "$1.mjs'"));
  }
  return { process: join(folder, 'in-process.mjs'), thread: join(folder, 'in-thread.mjs') };
}

/** Node calls this experimental, on every terminal, although it runs our own files by the same means. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
