import type { Territory } from '@meilenstein/contracts';
import {
  checkPredicate,
  judge,
  refused,
  type Day,
  type Facts,
  type Instant,
  type PredicateRefusal,
  type Refusal,
} from '@meilenstein/kernel';
import { leadFieldTypes } from '../../scoring/domain/lead-facts.ts';

export type TerritoryRefusal = PredicateRefusal | Refusal<'duplicate-territory' | 'parent-territory-not-found' | 'territory-cycle'>;

/** The territory and those that contain it, the innermost first; ends at a missing parent or a cycle. */
export const pathOf = (territories: readonly Territory[], id: string): readonly Territory[] => {
  const path: Territory[] = [];
  let next: string | null = id;
  while (next !== null) {
    const sought: string = next;
    const found = territories.find((one) => one.territoryId === sought);
    if (found === undefined || path.includes(found)) return path;
    path.push(found);
    next = found.parentId;
  }
  return path;
};

/** Whether a territory is another one or lies in it. */
export const liesIn = (territories: readonly Territory[], id: string, outer: string): boolean =>
  pathOf(territories, id).some((one) => one.territoryId === outer);

const isCircle = (territories: readonly Territory[], { territoryId: id }: Territory): boolean =>
  pathOf(territories, id).at(-1)?.parentId !== null;

/** The first fault of a territory tree; undefined if it can be published. */
export const checkTerritories = (territories: readonly Territory[]): TerritoryRefusal | undefined => {
  const ids = territories.map((one) => one.territoryId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    return refused('duplicate-territory', `territories: ${twice} appears more than once`, { field: 'territories', value: twice }).refused;
  const orphan = territories.find((one) => one.parentId !== null && !ids.includes(one.parentId));
  if (orphan !== undefined)
    return refused(
      'parent-territory-not-found',
      `territories: ${orphan.territoryId} lies in ${orphan.parentId}, which is not in the list`,
      {
        field: 'parentId',
        value: String(orphan.parentId),
      },
    ).refused;
  const circle = territories.find((one) => isCircle(territories, one));
  if (circle !== undefined)
    return refused('territory-cycle', `territories: ${circle.territoryId} lies in itself`, {
      field: 'parentId',
      value: circle.territoryId,
    }).refused;
  return territories
    .map((one, index) => checkPredicate(one.when, leadFieldTypes, `territories[${index}].when`))
    .find((wrong) => wrong !== undefined);
};

/** Whether a territory is effective on a day. */
export const isEffective = ({ from, until }: Territory, today: Day): boolean =>
  (from === null || from <= today) && (until === null || today < until);

export type TerritoryDate = { readonly now: Instant; readonly today: Day };

/**
 * The territory of a lead: the deepest one that is effective and matches together with all that contain it; of equal depth the
 * highest priority, then the first by id. Undefined if none matches.
 */
export const territoryOf = (territories: readonly Territory[], facts: Facts, { now, today }: TerritoryDate): Territory | undefined => {
  const holds = new Set(
    territories.filter((one) => isEffective(one, today) && judge(one.when, facts, now).answer === 'yes').map((one) => one.territoryId),
  );
  const found = territories.flatMap((one) => {
    const path = pathOf(territories, one.territoryId);
    return path.every((outer) => holds.has(outer.territoryId)) ? [{ one, depth: path.length }] : [];
  });
  const best = found.toSorted(
    (a, b) => b.depth - a.depth || b.one.priority - a.one.priority || (a.one.territoryId < b.one.territoryId ? -1 : 1),
  );
  return best[0]?.one;
};
