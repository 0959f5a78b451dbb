import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** An import: the file that has it, what it names, and for a relative path the file that is meant. Paths begin at the root. */
export type Import = { readonly file: string; readonly from: string; readonly target: string | undefined };

const statement =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|(?:^|\n)\s*import\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

const targetOf = (file: string, from: string): string | undefined =>
  from.startsWith('.') ? normalize(join(dirname(file), from)) : undefined;

/** Every import of the source files below a pattern; tests excluded, because they may import anything. */
export const importsOf = (pattern: string): readonly Import[] =>
  globSync(pattern, { cwd: root })
    .filter((file) => !file.includes('node_modules') && !file.endsWith('.test.ts'))
    .toSorted()
    .flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(statement)].map((match) => {
        const from = match[1] ?? match[2] ?? match[3] ?? '';
        return { file, from, target: targetOf(file, from) };
      }),
    );

/** The imports that a rule does not allow, as lines a person can act on. */
export const violations = (imports: readonly Import[], isAllowed: (found: Import) => boolean): readonly string[] =>
  imports.filter((found) => !isAllowed(found)).map((found) => `${found.file} imports ${found.from}`);
