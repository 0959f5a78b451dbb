/** The key of an item in a service's single table. */
export type Key = { readonly pk: string; readonly sk: string };
/** An item; `expiresAt` (epoch seconds) makes it invisible and later deleted, `gsi1pk`, `gsi1sk`, `gsi2pk`, `gsi2sk` put it on an index. */
export type Item = Key & { readonly [attribute: string]: unknown };

/** The only two conditions there are. */
export type Condition = 'absent' | { readonly versionIs: number };

export type Write =
  | { readonly put: Item; readonly when?: Condition }
  /** adds integers to attributes; an absent item or attribute counts as 0, so additions commute */
  | { readonly add: Key; readonly by: Readonly<Record<string, number>> }
  | { readonly remove: Key };

export type IndexName = 'gsi1' | 'gsi2';

export type Query = {
  readonly index?: IndexName;
  readonly partition: string;
  /** sort keys that begin so */
  readonly prefix?: string;
  /** sort keys within both bounds, both included */
  readonly between?: readonly [string, string];
  readonly limit?: number;
  readonly after?: string;
  readonly descending?: boolean;
};

type Page = { readonly items: readonly Item[]; readonly next: string | null };

/**
 * `failed`: positions of the writes whose condition did not hold; empty where another transaction or too much traffic was in the way. Nobody
 * may ignore it: a test of the architecture insists. What must be written goes through `writeAll` and its siblings.
 */
export type Outcome = { readonly done: true } | { readonly done: false; readonly failed: readonly number[] };

/** At most this many writes go into one transaction (a limit of DynamoDB). */
export const largestTransaction = 100;

/** And at most this many bytes: DynamoDB takes 4 MB, and counts items a little otherwise than their JSON. */
export const largestTransactionBytes = 3_500_000;

/**
 * A service's table. Two implementations, one suite of tests: `dynamoTable` and `memoryTable`.
 * Expired items are never returned. Reads of the base table are consistent, reads of an index may lag.
 */
export type Table = {
  readonly get: (key: Key) => Promise<Item | undefined>;
  /** in the order of the keys; undefined where nothing is */
  readonly getMany: (keys: readonly Key[]) => Promise<readonly (Item | undefined)[]>;
  readonly query: (query: Query) => Promise<Page>;
  /** all or nothing; no two writes may touch the same item, at most `largestTransaction` of them */
  readonly transact: (writes: readonly Write[]) => Promise<Outcome>;
  /** every item of the table, page by page, in no order: for republishing and rebuilding only */
  readonly scan: (after: string | null) => Promise<Page>;
};

/** Reads a query to its end; for small collections only. */
export const queryAll = async (table: Table, query: Omit<Query, 'after'>): Promise<readonly Item[]> => {
  const found: Item[] = [];
  let after: string | undefined;
  do {
    const page = await table.query(after === undefined ? query : { ...query, after });
    found.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
};

/** The text of a key in cursors and maps. */
export const keyText = (key: Key): string => `${key.pk}\n${key.sk}`;
