import { serviceLevels, serviceLevelsPublished, type Happened, type ServiceLevels, type ServiceLevelsFact } from '@meilenstein/contracts';
import { decided, type Decision, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import { unknownRegion } from '../known-region.ts';
import { namedIn, unknownName, type KnownToLevels } from './named-in-levels.ts';
import { checkServiceLevels, type ServiceLevelRefusal } from './service-level.ts';

/** The levels that hold; version 0: nothing is promised. */
export const levelsInForce = z.object({ version: z.int().nonnegative(), ...serviceLevels.shape });
export type LevelsInForce = z.output<typeof levelsInForce>;

export const noLevels: LevelsInForce = { version: 0, levels: [] };

export type LevelsRefusal = ServiceLevelRefusal | Refusal<'region-is-unknown' | 'team-is-unknown' | 'segment-is-unknown'>;

export const evolveLevels = (_before: LevelsInForce, { data }: Happened<ServiceLevelsFact>): LevelsInForce => data;

const both = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])].toSorted();

/**
 * A new version, for clocks that start from now on. `known` is what the company has: regions with published holidays, teams, segments. What
 * the levels in force name may stay when it is gone: a region without holidays has none, and nobody is in a team that is no more.
 */
export const publishLevels = (
  before: LevelsInForce,
  given: ServiceLevels,
  known: KnownToLevels,
): Decision<ServiceLevelsFact, LevelsRefusal> => {
  const wrong = checkServiceLevels(given);
  if (wrong !== undefined) return { refused: wrong };
  const named = namedIn(before.levels);
  const regions = both(known.regions, named.regions);
  const names = { regions, teams: both(known.teams, named.teams), segments: both(known.segments, named.segments) };
  for (const [index, level] of given.levels.entries()) {
    const field = `levels[${index}]`;
    const unknown = unknownRegion(level.region, regions, `${field}.region`) ?? unknownName(level, names, field);
    if (unknown !== undefined) return { refused: unknown };
  }
  return decided(serviceLevelsPublished.of({ version: before.version + 1, ...given }));
};
