import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

export type Import = { readonly file: string; readonly from: string };

const statement =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|(?:^|\n)\s*import\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of the source files below a pattern; tests excluded, because they may import anything. */
export const importsOf = (pattern: string): readonly Import[] =>
  globSync(pattern, { cwd: root })
    .filter((file) => !file.includes('node_modules') && !file.endsWith('.test.ts'))
    .toSorted()
    .flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(statement)].map((match) => ({
        file,
        from: match[1] ?? match[2] ?? match[3] ?? '',
      })),
    );

/** The imports that a predicate does not like, as lines a person can act on. */
export const complaints = (imports: readonly Import[], isAllowed: (one: Import) => boolean): readonly string[] =>
  imports.filter((one) => !isAllowed(one)).map((one) => `${one.file} imports ${one.from}`);
