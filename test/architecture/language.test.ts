import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { complaintAbout, wordsOf } from './banned-words.ts';
import { root } from './imports.ts';

/** Names that keep a word of the list, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  rotationTurnReturned: 'a turn of a round robin is the trade’s word',
  returnTurn: 'a turn of a round robin is the trade’s word',
  returnTurnOf: 'a turn of a round robin is the trade’s word',
};

const files = ['packages/*/src/**/*.ts', 'services/*/src/**/*.ts', 'infra/**/*.ts', 'test/**/*.ts']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .filter((file) => !file.includes('node_modules'))
  .toSorted();

const exportedBy = (file: string): readonly string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^export (?:async )?(?:const|function\*?|type|class) (\w+)/gm)].map(
    ([, name = '']) => name,
  );

const complaints = (names: (file: string) => readonly string[]): readonly string[] =>
  files.flatMap((file) =>
    names(file).flatMap((name) => {
      const complaint = name in exceptions ? undefined : complaintAbout(name);
      return complaint === undefined ? [] : [`${file}: ${complaint}`];
    }),
  );

describe('wordsOf', () => {
  it.each([
    ['leadPlaced', ['lead', 'placed']],
    ['event-door', ['event', 'door']],
    ['HTTPDoor2', ['http', 'door']],
    ['ParameterNotFound', ['parameter', 'not', 'found']],
    ['returnedDoors', ['returned', 'doors']],
  ])('splits %s into %j', (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });
});

describe('complaintAbout', () => {
  it('names the banned word and the trade’s word', () => {
    expect(complaintAbout('eventDoor')).toBe('eventDoor: “door” is not the trade’s word; say handler');
  });

  it('accepts a word that only contains a banned one', () => {
    expect(complaintAbout('returnOutlook')).toBeUndefined();
  });
});

describe('the names of the project', () => {
  it('have no banned word in a file name', () => {
    expect(files.length).toBeGreaterThan(700);
    expect(complaints((file) => [basename(file).replace(/(\.test)?\.ts$/, '')])).toEqual([]);
  });

  it('have no banned word in an exported name', () => {
    expect(complaints(exportedBy)).toEqual([]);
  });
});
