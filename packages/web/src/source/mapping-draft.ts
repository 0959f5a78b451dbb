import type { Trial } from '../sources/trial.ts';
import type { Mapping, MappingTarget } from './source-settings.ts';

type Line = Pick<Trial['explanation'][number], 'path' | 'target'>;

const isCustom = (target: string): target is `custom.${string}` => target.startsWith('custom.');
const fields: readonly MappingTarget[] = ['email', 'name', 'phone', 'company', 'country', 'employees', 'message'];

/** A target as the API takes it; undefined for none. */
export const targetIn = (text: string): MappingTarget | undefined => (isCustom(text) ? text : fields.find((field) => field === text));

/** The name that a field of the company's own gets from its path in the form: small letters, digits and dashes, after a letter. */
export const customTarget = (path: string): MappingTarget | undefined => {
  const name = (path.split('.').at(-1) ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  return name === '' ? undefined : `custom.${name}`;
};

/**
 * The mapping with another target for a path; undefined takes it away. A single entry switches off the search for usual names, so the first
 * one takes along what that search had found.
 */
export const withTarget = (mapping: Mapping, lines: readonly Line[], path: string, target: MappingTarget | undefined): Mapping => {
  const found = lines.flatMap((line): [string, MappingTarget][] => {
    const known = line.target === null ? undefined : targetIn(line.target);
    return known === undefined ? [] : [[line.path, known]];
  });
  const before = Object.keys(mapping).length === 0 ? Object.fromEntries(found) : mapping;
  const { [path]: _, ...others } = before;
  return target === undefined ? others : { ...others, [path]: target };
};

/** What a new mapping changes, path by path; null: nothing. */
export const mappingChanges = (
  before: Mapping,
  now: Mapping,
): readonly { readonly path: string; readonly before: string | null; readonly now: string | null }[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((path) => before[path] !== now[path])
    .map((path) => ({ path, before: before[path] ?? null, now: now[path] ?? null }));
