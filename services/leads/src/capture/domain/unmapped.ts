import { normalisedEmail } from '../../identity/domain/person.ts';
import { normalisedPhone } from '../../identity/domain/phone-number.ts';
import { trialTexts, type TrialTexts } from './texts.ts';
import { fieldNamed, isRecord, textOf, type Explained } from './map-fields.ts';

/** A form has a few dozen fields; nobody would read a list of thousands. */
export const maxLeaves = 100;
const maxDepth = 6;

type Leaf = { readonly path: string; readonly name: string; readonly value: string };

/** Every value of a payload, with the path to it. */
export const leavesOf = (value: unknown, path: readonly string[] = []): readonly Leaf[] => {
  const text = Array.isArray(value) && value.some(isRecord) ? undefined : textOf(value);
  if (text !== undefined) return [{ path: path.join('.'), name: path.at(-1) ?? '', value: text }];
  if (!isRecord(value) || path.length >= maxDepth) return [];
  return Object.entries(value)
    .filter(([name]) => name !== '__proto__')
    .slice(0, maxLeaves)
    .flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
};

const adviceFor = ({ path, name, value }: Leaf, words: TrialTexts): string => {
  const target =
    fieldNamed(name) ??
    (normalisedEmail(value) !== undefined
      ? 'email'
      : /^[\d\s+()/.-]+$/.test(value) && (normalisedPhone(value)?.length ?? 0) > 7
        ? 'phone'
        : undefined);
  return target === undefined ? words.notMapped : words.couldBeMapped(path, target);
};

/** The values of a payload that are not mapped, each with the mapping that would use it. */
export const unmappedOf = (
  answers: unknown,
  explained: readonly Pick<Explained, 'path'>[],
  words: TrialTexts = trialTexts.en,
): readonly (Omit<Explained, 'target'> & { readonly target: null })[] => {
  const paths = new Set(explained.map(({ path }) => path));
  return leavesOf(answers)
    .filter((leaf) => leaf.path !== '' && !paths.has(leaf.path))
    .slice(0, maxLeaves)
    .map((leaf) => ({ path: leaf.path, target: null, value: leaf.value.slice(0, 200), result: adviceFor(leaf, words) }));
};
