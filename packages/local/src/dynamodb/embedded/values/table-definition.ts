import * as z from 'zod';

const keyNames = { hash: z.string(), range: z.string().optional() };

const indexDefinition = z.object({
  name: z.string(),
  ...keyNames,
  projection: z.literal(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  nonKeyAttributes: z.array(z.string()),
});

/** A table as it was created; kept as JSON in the database. */
export const tableDefinition = z.object({
  name: z.string(),
  ...keyNames,
  indexes: z.array(indexDefinition),
  streamView: z.literal(['NEW_IMAGE', 'NEW_AND_OLD_IMAGES', 'OLD_IMAGE', 'KEYS_ONLY']).optional(),
  /** attribute with the time, in epoch seconds, after which an item is deleted */
  expiryAttribute: z.string().optional(),
  /** epoch milliseconds */
  createdAt: z.number(),
});

export type TableDefinition = z.infer<typeof tableDefinition>;
export type IndexDefinition = z.infer<typeof indexDefinition>;
export type KeyNames = { readonly hash: string; readonly range?: string | undefined };

export const namesOf = ({ hash, range }: KeyNames): readonly string[] => (range === undefined ? [hash] : [hash, range]);
