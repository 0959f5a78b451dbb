import { serviceLevels, serviceLevelsPublished, type Happened, type ServiceLevels, type ServiceLevelsFact } from '@meilenstein/contracts';
import { decided, type Decision, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import { checkRegion } from '../../qualification/domain/check-region.ts';
import { checkServiceLevels, type ServiceLevelRefusal } from './service-level.ts';

/** The levels that hold; version 0: nothing is promised. */
export const levelsInForce = z.object({ version: z.int().nonnegative(), ...serviceLevels.shape });
export type LevelsInForce = z.output<typeof levelsInForce>;

export const noLevels: LevelsInForce = { version: 0, levels: [] };

export type LevelsRefusal = ServiceLevelRefusal | Refusal<'region-not-found'>;

export const evolveLevels = (_before: LevelsInForce, { data }: Happened<ServiceLevelsFact>): LevelsInForce => data;

/**
 * A new version, for clocks that start from now on. `regions` are those whose holidays the company published; one that the levels in force
 * name may stay when its holidays were taken away: then it has none.
 */
export const publishLevels = (
  before: LevelsInForce,
  given: ServiceLevels,
  regions: readonly string[],
): Decision<ServiceLevelsFact, LevelsRefusal> => {
  const wrong = checkServiceLevels(given);
  if (wrong !== undefined) return { refused: wrong };
  const known = [...new Set([...regions, ...before.levels.flatMap(({ region }) => region ?? [])])].toSorted();
  for (const [index, { region }] of given.levels.entries()) {
    const unknown = checkRegion(region, known, `levels[${index}].region`);
    if (unknown !== undefined) return { refused: unknown };
  }
  return decided(serviceLevelsPublished.of({ version: before.version + 1, ...given }));
};
