import { foldCase, sourceId, type Predicate } from '@meilenstein/kernel';
import { namesIn, nameNotFound, type ComparedName, type LocatedPredicate } from '../domain/names-in-predicates.ts';
import type { Stores } from '../../stores.ts';

type NameStores = Pick<Stores, 'sources' | 'segments' | 'company'>;

const folded = (text: string): string => foldCase(text.trim());

const isSource = async ({ sources }: NameStores, { value }: ComparedName): Promise<boolean> => {
  // An import names the other system, so its source exists once rows are imported.
  if (value.startsWith('import-')) return true;
  const id = sourceId.safeParse(value);
  return id.success && (await sources.registered(id.data)) !== undefined;
};

const isSegment = async ({ segments }: NameStores, { value }: ComparedName): Promise<boolean> =>
  (await segments.current()).segments.some((one) => folded(one.segmentId) === folded(value));

const isTeam = async ({ company }: NameStores, { value }: ComparedName): Promise<boolean> =>
  (await company.read()).teams.some((one) => folded(one.teamId) === folded(value));

const lookUps: Readonly<Record<string, (stores: NameStores, named: ComparedName) => Promise<boolean>>> = {
  source: isSource,
  'touches.sources': isSource,
  segments: isSegment,
  team: isTeam,
  teams: isTeam,
};

/** The predicates of a list, each with its path in the document. */
export const predicatesIn = (list: string, rules: readonly { readonly when: Predicate }[]): readonly LocatedPredicate[] =>
  rules.map(({ when }, index) => ({ path: `${list}[${index}].when`, when }));

const namesOf = (predicates: readonly LocatedPredicate[]): readonly ComparedName[] =>
  predicates.flatMap((one) => namesIn(one, Object.keys(lookUps)));
const nameText = ({ field, value }: ComparedName): string => `${field} ${folded(value)}`;

/**
 * Refuses the first source, segment or team that a document names and that does not exist. A name in the document in force may stay after
 * its target is gone, so that other changes of the document are not refused.
 */
export const checkNames = async (stores: NameStores, predicates: readonly LocatedPredicate[], inForce: readonly LocatedPredicate[]) => {
  const kept = new Set(namesOf(inForce).map(nameText));
  const names = namesOf(predicates).filter((named) => !kept.has(nameText(named)));
  const found = await Promise.all(names.map((named) => lookUps[named.field]?.(stores, named) ?? true));
  const missing = names.find((_, index) => found[index] === false);
  return missing === undefined ? undefined : nameNotFound(missing);
};
