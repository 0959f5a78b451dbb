import { DatabaseError } from './database-error.ts';

/** Trouble that DynamoDB can make and that this database makes on demand. Probabilities lie between 0 and 1. */
export type Faults = {
  /** of a write being refused because another transaction has the item in hand */
  readonly conflicts: number;
  /** of any request on items being refused because there are too many */
  readonly throttling: number;
  /** while true, indexes answer as they were when it began */
  readonly indexesLag: boolean;
  readonly seed: number;
};

export const noFaults: Faults = { conflicts: 0, throttling: 0, indexesLag: false, seed: 0 };

/** Says at each request what goes wrong. */
export type Trouble = {
  /** Which of `count` writes meets another transaction; undefined where none does. */
  readonly conflict: (count: number) => number | undefined;
  readonly isThrottled: () => boolean;
};

/** @param random numbers from 0 to below 1 */
export const troubleOf = ({ conflicts, throttling }: Faults, random: () => number): Trouble => ({
  conflict: (count) => (conflicts > 0 && random() < conflicts ? Math.floor(random() * count) : undefined),
  isThrottled: () => throttling > 0 && random() < throttling,
});

/** Numbers from 0 to below 1 that the seed decides. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

export const throttled = (): DatabaseError =>
  new DatabaseError(
    'ThrottlingException',
    'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.',
  );
