import { refused, type Refusal } from '@meilenstein/kernel';

/** Refuses a region without published holidays. */
export const checkRegion = (region: string | null, known: readonly string[], field: string): Refusal<'region-not-found'> | undefined =>
  region === null || known.includes(region)
    ? undefined
    : refused(
        'region-not-found',
        `${field}: holidays are published for ${known.join(', ') || 'no region'}; publish others with PUT /settings`,
        {
          field,
          value: region,
        },
      ).refused;
