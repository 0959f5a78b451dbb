import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../../architecture/imports.ts';
import { copyTree, linkDependencies } from './copied-tree.ts';
import { applyBlock, blocksOf, type RecipeBlock } from './recipe-blocks.ts';

/** Blocks that are no part of the tree: commands and what they print. */
const unapplied = ['sh', 'text'];

/** A recipe that builds on another one comes after it; all others in the order of their names. */
const first = ['docs/recipes/add-an-event.md', 'docs/recipes/add-a-route.md'];
const recipes = [
  ...first,
  ...globSync('docs/recipes/*.md', { cwd: root })
    .toSorted()
    .filter((file) => !first.includes(file)),
];
const blocks = recipes.flatMap((recipe) => blocksOf(recipe, readFileSync(join(root, recipe), 'utf8')));

const block = (edit: RecipeBlock['edit'], text = 'new\n'): RecipeBlock => ({ recipe: 'recipe.md', line: 1, language: 'ts', edit, text });

describe('applyBlock', () => {
  const file = 'a.ts';

  it.each([
    ['before', 'one\nnew\ntwo\n'],
    ['after', 'one\ntwo\nnew\n'],
    ['instead-of', 'one\nnew\n'],
  ] as const)('puts a block %s the line of its anchor', (at, expected) => {
    expect(applyBlock('one\ntwo\n', block({ file, at, anchor: 'tw' }))).toBe(expected);
  });

  it('puts a block instead of all lines from one to another', () => {
    const edit = { file, at: 'instead-of', anchor: 'tw', until: 'thr' } as const;
    expect(applyBlock('one\ntwo\nand\nthree\nfour\n', block(edit))).toBe('one\nnew\nfour\n');
    expect(() => applyBlock('one\ntwo\n', block(edit))).toThrow('no line of a.ts below tw holds thr');
  });

  it('refuses an anchor that matches no line or two lines', () => {
    expect(() => applyBlock('one\ntwo\n', block({ file, at: 'after', anchor: 'three' }))).toThrow('0 lines of a.ts');
    expect(() => applyBlock('one\none\n', block({ file, at: 'after', anchor: 'one' }))).toThrow('2 lines of a.ts');
  });

  it('refuses a new file that exists already, and a block without a file', () => {
    expect(() => applyBlock('one\n', block({ file, at: 'new', anchor: '' }))).toThrow('exists already');
    expect(() => applyBlock(undefined, block(undefined))).toThrow('names no file');
  });
});

describe('the recipes', () => {
  it('name the file of each block that is neither a command nor its output', () => {
    const without = blocks.filter(({ language, edit }) => !unapplied.includes(language) && edit === undefined);
    expect(without.map(({ recipe, line }) => `${recipe}, line ${line}`)).toEqual([]);
    expect(blocks.length).toBeGreaterThan(30);
  });

  it('compile when all of them are applied to a copy of the tree', () => {
    const tree = copyTree();
    onTestFinished(tree.remove);
    for (const one of blocks) {
      const { language, edit } = one;
      if (unapplied.includes(language) || edit === undefined) continue;
      if (language === 'json') JSON.parse(one.text);
      tree.write(edit.file, applyBlock(tree.read(edit.file), one));
      const [, service] = /^services\/([^/]+)\//.exec(edit.file) ?? [];
      if (service !== undefined) linkDependencies(tree, service);
    }
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.base.json'], { cwd: tree.folder, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  }, 240_000);
});
