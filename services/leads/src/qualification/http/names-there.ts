import { sourceId, type Predicate } from '@meilenstein/kernel';
import { namesIn, unknownName, type Named, type Placed } from '../domain/names-in-predicates.ts';
import type { Stores } from '../../stores.ts';

type Where = Pick<Stores, 'sources' | 'segments' | 'company'>;

const folded = (text: string): string => text.trim().toLowerCase();

const isSource = async ({ sources }: Where, { value }: Named): Promise<boolean> => {
  // Whoever imports names the other system, so its sources are known once rows come.
  if (value.startsWith('import-')) return true;
  const id = sourceId.safeParse(value);
  return id.success && (await sources.registered(id.data)) !== undefined;
};

const isSegment = async ({ segments }: Where, { value }: Named): Promise<boolean> =>
  (await segments.current()).segments.some((one) => folded(one.segmentId) === folded(value));

const isTeam = async ({ company }: Where, { value }: Named): Promise<boolean> =>
  (await company.read()).teams.some((one) => folded(one.teamId) === folded(value));

const lookUps: Readonly<Record<string, (where: Where, named: Named) => Promise<boolean>>> = {
  source: isSource,
  'touches.sources': isSource,
  segments: isSegment,
  team: isTeam,
  teams: isTeam,
};

/** Predicates of a list, with where each stands in the document. */
export const whensOf = (list: string, rules: readonly { readonly when: Predicate }[]): readonly Placed[] =>
  rules.map(({ when }, index) => ({ path: `${list}[${index}].when`, when }));

const namesOf = (placed: readonly Placed[]): readonly Named[] => placed.flatMap((one) => namesIn(one, Object.keys(lookUps)));
const nameText = ({ field, value }: Named): string => `${field} ${folded(value)}`;

/**
 * The refusal of the first source, segment or team that a document names and that there is not; undefined where all are there. What the
 * document in force names already may stay when it is gone, so that another change of it is not refused.
 */
export const unknownNameIn = async (where: Where, placed: readonly Placed[], inForce: readonly Placed[]) => {
  const kept = new Set(namesOf(inForce).map(nameText));
  const names = namesOf(placed).filter((named) => !kept.has(nameText(named)));
  const found = await Promise.all(names.map((named) => lookUps[named.field]?.(where, named) ?? true));
  const missing = names.find((_, index) => found[index] === false);
  return missing === undefined ? undefined : unknownName(missing);
};
