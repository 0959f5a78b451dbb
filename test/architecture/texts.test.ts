import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages, type Language } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const files = globSync('services/*/src/**/texts.ts', { cwd: root }).toSorted();

type Entry = readonly [path: string, text: string];

// None of them is a word of the glossary.
const samples = ['7', 'interest', 'intent', '1'];

/** Every text below a value, with functions called with sample values. */
const textsIn = (value: unknown, path: string): readonly Entry[] => {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return samples.flatMap((sample) => {
      const made: unknown = Reflect.apply(value, undefined, [sample, sample, sample, sample]);
      return textsIn(made, `${path}(${sample})`);
    });
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, `${path}.${key}`));
};

const hasAllLanguages = (value: object): value is Record<Language, unknown> =>
  languages.every((language) => Object.hasOwn(value, language));

const catalogueOf = async (file: string): Promise<readonly Record<Language, unknown>[]> => {
  const module: Record<string, unknown> = await import(join(root, file));
  return Object.values(module).flatMap((one) => {
    if (typeof one !== 'object' || one === null || !hasAllLanguages(one)) throw new Error(`${file} exports what is no catalogue`);
    return [one];
  });
};

const entriesOf = async (file: string, language: Language): Promise<readonly Entry[]> =>
  (await catalogueOf(file)).flatMap((one, index) => textsIn(one[language], `${file} ${index}`));

const glossary = readFileSync(join(root, 'docs', 'glossary.md'), 'utf8');

/** English words of the glossary for which German has another one. */
const translated = glossary
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim().toLowerCase()))
  .flatMap(([, english = '', german = '']) => english.split(', ').filter((word) => /^[a-z -]+$/.test(word) && !german.includes(word)))
  .filter((word) => word !== 'english');

const functionWords = ['the', 'and', 'of', 'is', 'was', 'to', 'by', 'with', 'for', 'it', 'no', 'not', 'you', 'your', 'since', 'because'];

const englishIn = (text: string): readonly string[] => {
  const lower = text.toLowerCase();
  return [...translated, ...functionWords].filter((word) => new RegExp(`(?<![\\p{L}-])${word}(?![\\p{L}-])`, 'u').test(lower));
};

describe('the texts that people who sell read', () => {
  it('are found, and so are the words of the glossary', () => {
    expect(files).toContain('services/leads/src/assignment/domain/texts.ts');
    expect(translated).toEqual(expect.arrayContaining(['opportunity', 'queue', 'service level', 'consent']));
    expect(englishIn('Der Lead wartet in der queue')).toEqual(['queue']);
  });

  it.each(files)('exist in both languages: %s', async (file) => {
    // Field names that are the same as their keys have no entry in English.
    const withoutFields = (entries: readonly Entry[]) => entries.filter(([path]) => !path.includes('.fields.'));
    const [english, german] = [withoutFields(await entriesOf(file, 'en')), withoutFields(await entriesOf(file, 'de'))];
    expect(english.length).toBeGreaterThan(0);
    expect(german.map(([path]) => path)).toEqual(english.map(([path]) => path));
    expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(files)('have no English word in German: %s', async (file) => {
    const found = (await entriesOf(file, 'de')).map(([path, text]) => [path, englishIn(text)] as const);
    expect(found.filter(([, words]) => words.length > 0)).toEqual([]);
  });
});
