import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './imports.ts';

/** Calls whose answer says whether something was written. */
const telling = ['transact', 'writeTogether', 'putIfAbsent'] as const;

/** Where the answer of `putIfAbsent` may be dropped: what is there already is what would have been put. */
const repeatable = [
  'services/leads/src/capture/store/submission-store.ts',
  'services/forecast/src/snapshots/store/earlier-forecast-store.ts',
];

/** Places where an answer is used: it is given a name, asked for `done`, or it is the answer of the same call in another form. */
const used = [/\bconst \w+(?:: \w+)? = (?:(?!=>)[^;])*$/, /\(\s*await [\w.]*$/];

/** The calls in a source whose answer nobody looks at, each as the text around it. */
const ignoredIn = (source: string, names: readonly string[]): readonly string[] => {
  const text = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replaceAll(/\s+/g, ' ');
  return [...text.matchAll(new RegExp(`\\b(?:${names.join('|')})\\(`, 'g'))]
    .filter(({ index }) => !used.some((place) => place.test(text.slice(0, index))))
    .map(({ index }) => text.slice(Math.max(0, index - 60), index + 60));
};

describe('the answer of a write', () => {
  it.each([
    'await table.transact([{ put: item }]);',
    'const forget = () => table.transact([{ remove: at }]);',
    'const done = true; await (isNew ? table.transact(writes) : forget());',
    'for (const some of parts) await table.transact(some);',
    'items.map((one) => table.transact([one]))',
    'void table.transact(writes);',
  ])('is ignored in: %s', (source) => {
    expect(ignoredIn(source, telling)).toHaveLength(1);
  });

  it.each([
    'const outcome = await table.transact(writes);',
    'const outcome = writes.length === 0 ? ({ done: true } as const) : await table.transact(writes);',
    'if ((await table.transact(writes)).done) return;',
    'keep: async () => ( await machinery.table.transact([ { put } ]) ).done,',
    '/** never await table.transact(writes) */',
  ])('is used in: %s', (source) => {
    expect(ignoredIn(source, telling)).toEqual([]);
  });
});

describe('every store', () => {
  const files = ['packages/*/src/**/*.ts', 'services/*/src/**/*.ts']
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.endsWith('.test.ts') && !file.includes('/testing/') && !file.startsWith('packages/local/'))
    .toSorted();

  it('looks whether what it wrote is written', () => {
    const ignored = files.flatMap((file) => {
      const names = repeatable.includes(file) ? telling.filter((name) => name !== 'putIfAbsent') : telling;
      return ignoredIn(readFileSync(join(root, file), 'utf8'), names).map((text) => `${file}: …${text}…`);
    });
    expect(files.length).toBeGreaterThan(500);
    expect(ignored).toEqual([]);
  });
});
