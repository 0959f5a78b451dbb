import { serviceLevels, serviceLevelsPublished, type Happened, type ServiceLevels, type ServiceLevelsFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import { checkServiceLevels, type ServiceLevelRefusal } from './service-level.ts';

/** The levels that hold; version 0: nothing is promised. */
export const levelsInForce = z.object({ version: z.int().nonnegative(), ...serviceLevels.shape });
export type LevelsInForce = z.output<typeof levelsInForce>;

export const noLevels: LevelsInForce = { version: 0, levels: [] };

export type LevelsRefusal = ServiceLevelRefusal | Refusal<'region-is-unknown'>;

export const evolveLevels = (_before: LevelsInForce, { data }: Happened<ServiceLevelsFact>): LevelsInForce => data;

/** A new version, for clocks that start from now on. `regions` are those whose holidays the company published. */
export const publishLevels = (
  before: LevelsInForce,
  given: ServiceLevels,
  regions: readonly string[],
): Decision<ServiceLevelsFact, LevelsRefusal> => {
  const wrong = checkServiceLevels(given);
  if (wrong !== undefined) return { refused: wrong };
  const index = given.levels.findIndex(({ region }) => region !== null && !regions.includes(region));
  const region = given.levels[index]?.region ?? null;
  if (region !== null) {
    const field = `levels[${index}].region`;
    return refused('region-is-unknown', `${field}: holidays are known of ${regions.join(', ') || 'no region'}; publish them at PUT /settings`, { field, value: region }); // prettier-ignore
  }
  return decided(serviceLevelsPublished.of({ version: before.version + 1, ...given }));
};
