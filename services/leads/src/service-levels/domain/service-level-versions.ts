import { serviceLevels, serviceLevelsPublished, type Happened, type ServiceLevels, type ServiceLevelsFact } from '@meilenstein/contracts';
import { decided, type Decision, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import { checkRegion } from '../../qualification/domain/check-region.ts';
import { checkServiceLevels, type ServiceLevelRefusal } from './service-level.ts';

/** The service levels in force; version 0: none. */
export const levelsInForce = z.object({ version: z.int().nonnegative(), ...serviceLevels.shape });
export type LevelsInForce = z.output<typeof levelsInForce>;

export const noLevels: LevelsInForce = { version: 0, levels: [] };

export type LevelsRefusal = ServiceLevelRefusal | Refusal<'region-not-found'>;

export const evolveLevels = (_before: LevelsInForce, { data }: Happened<ServiceLevelsFact>): LevelsInForce => data;

/**
 * Publishes a new version, for service levels that start from now on. `regions` are those with published holidays; a region that the
 * levels in force already name may stay after its holidays were withdrawn, and then has none.
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
