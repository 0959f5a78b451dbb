import { writeTogether, type WritableTable } from './certain-writes.ts';
import { mergeAdditions } from './merged-writes.ts';
import { largestTransaction, largestTransactionBytes, type Write } from './table.ts';

/** Writes that are done together or not at all, such as a `PreparedChange`; at most as many as a transaction takes. */
export type Parcel = { readonly writes: readonly Write[] };

/** A parcel that was not written, and the position of the first of its writes whose condition did not hold. */
export type Blocked<P extends Parcel> = { readonly parcel: P; readonly position: number };

/** How many transactions are under way at once: more would only wait for each other, or for the partition of an index. */
const atOnce = 16;

const bytesOf = (writes: readonly Write[]): number => Buffer.byteLength(JSON.stringify(writes));

type Pack<P extends Parcel> = { readonly parcels: readonly P[]; readonly writes: readonly Write[]; readonly bytes: number };
const empty = { parcels: [], writes: [], bytes: 0 };

const withParcel = <P extends Parcel>(pack: Pack<P>, parcel: P): Pack<P> => ({
  parcels: [...pack.parcels, parcel],
  writes: [...pack.writes, ...parcel.writes],
  bytes: pack.bytes + bytesOf(parcel.writes),
});

const fits = ({ writes, bytes }: Pack<Parcel>): boolean => writes.length <= largestTransaction && bytes <= largestTransactionBytes;

/** Packs parcels, in their order, into as few transactions as the limits of DynamoDB allow: 100 writes and 4 MB. */
export const packsOf = <P extends Parcel>(parcels: readonly P[]): readonly (readonly P[])[] => {
  const packs: Pack<P>[] = [];
  let open: Pack<P> = empty;
  for (const parcel of parcels) {
    const next = withParcel(open, parcel);
    if (open.parcels.length === 0 || fits(next)) open = next;
    else {
      packs.push(open);
      open = withParcel<P>(empty, parcel);
    }
  }
  return [...packs, open].map((pack) => pack.parcels).filter((pack) => pack.length > 0);
};

/** Where the writes of the parcels stand in the transaction that `mergeAdditions` made of them: sums come last and have no condition. */
const ownersOf = <P extends Parcel>(parcels: readonly P[]): readonly Blocked<P>[] =>
  parcels.flatMap((parcel) => parcel.writes.flatMap((write, position) => ('add' in write ? [] : [{ parcel, position }])));

/** One transaction of parcels; answers which of them a condition blocked. */
const writePack = async <P extends Parcel>(machinery: WritableTable, parcels: readonly P[]): Promise<readonly Blocked<P>[]> => {
  const outcome = await writeTogether(machinery, mergeAdditions(parcels.flatMap((parcel) => parcel.writes)));
  if (outcome.done) return [];
  const owners = ownersOf(parcels);
  return outcome.failed.flatMap((index) => owners[index] ?? []);
};

/**
 * Writes parcels with as few transactions as possible, up to 16 of them at once and in no order; each parcel touches items of its own.
 * The answer names what was blocked by a condition: empty where all is written. After the first such parcel, and after an error, no
 * further transaction begins; those under way end before this answers or throws, so nothing is written later.
 */
export const writePacked = async <P extends Parcel>(machinery: WritableTable, parcels: readonly P[]): Promise<readonly Blocked<P>[]> => {
  const waiting = packsOf(parcels).values();
  const blocked: Blocked<P>[] = [];
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const pack of waiting) {
      try {
        blocked.push(...(await writePack(machinery, pack)));
      } catch (error) {
        errors.push(error);
      }
      if (blocked.length + errors.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (errors.length > 0) throw errors[0];
  return blocked;
};
