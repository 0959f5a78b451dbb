import { refused, type Refusal } from '@meilenstein/kernel';

/** Why a document may not name a region: nobody published its holidays. Undefined where it may. */
export const checkRegion = (region: string | null, known: readonly string[], field: string): Refusal<'region-not-found'> | undefined =>
  region === null || known.includes(region)
    ? undefined
    : refused('region-not-found', `${field}: holidays are known of ${known.join(', ') || 'no region'}; publish them at PUT /settings`, {
        field,
        value: region,
      }).refused;
