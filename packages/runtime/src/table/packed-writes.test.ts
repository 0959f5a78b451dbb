import { toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryTable } from '../testing/memory-table.ts';
import { packsOf, writePacked, type Parcel } from './packed-writes.ts';
import { largestTransaction, largestTransactionBytes, type Table, type Write } from './table.ts';

const put = (pk: string, size = 0): Write => ({ put: { pk, sk: 'ITEM', text: 'x'.repeat(size) }, when: 'absent' });
const parcelsOf = (sizes: readonly number[]): readonly Parcel[] =>
  sizes.map((size, index) => ({ writes: Array.from({ length: size }, (_, n) => put(`P${index}-${n}`)) }));
const clock = { now: () => toInstant('2026-03-01T10:00:00Z') };
const on = (table: Table) => ({ table, clock, ids: { next: () => 'id' }, delay: async () => {}, random: () => 0.5 });

describe('parcels of writes', () => {
  it('are packed in their order into transactions of at most 100 writes, none of which could take the next parcel', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 60 }), (sizes) => {
        const parcels = parcelsOf(sizes);
        const packs = packsOf(parcels);
        const writes = packs.map((pack) => pack.reduce((sum, parcel) => sum + parcel.writes.length, 0));
        expect(packs.flat()).toEqual(parcels);
        expect(writes.every((count) => count <= largestTransaction)).toBe(true);
        expect(packs.slice(1).every(([next], index) => (writes[index] ?? 0) + (next?.writes.length ?? 0) > largestTransaction)).toBe(true);
      }),
    );
  });

  it('are packed into transactions below 4 MB', () => {
    const large = Array.from({ length: 20 }, (_, n) => ({ writes: [put(`P${n}`, 300_000)] }));
    const packs = packsOf(large);
    expect(packs.map((pack) => pack.length)).toEqual([11, 9]);
    expect(packs.every((pack) => JSON.stringify(pack).length < largestTransactionBytes + 1000)).toBe(true);
  });

  it('are all written, even if other transactions conflict with them at first', async () => {
    const memory = memoryTable(clock);
    let calls = 0;
    const busy: Table = {
      ...memory,
      transact: async (writes) => ((calls += 1) % 3 === 0 ? memory.transact(writes) : { done: false, failed: [] }),
    };
    expect(await writePacked(on(busy), parcelsOf(Array.from({ length: 90 }, () => 7)))).toEqual([]);
    expect(memory.size()).toBe(630);
  });

  it('name the parcel and the write whose condition failed, not counting sums, and leave the parcels packed with it unwritten', async () => {
    const memory = memoryTable(clock);
    await memory.transact([put('P1-2')]);
    const sum: Write = { add: { pk: 'SUM', sk: 'ALL' }, by: { count: 1 } };
    const parcels = parcelsOf([3, 3, 3]).map(({ writes }) => ({ writes: [sum, ...writes] }));
    const [blocked, ...others] = await writePacked(on(memory), parcels);
    expect(others).toEqual([]);
    expect(blocked?.parcel).toBe(parcels[1]);
    expect(blocked?.position).toBe(3);
    expect(memory.size()).toBe(1);
  });

  it('start no transaction after one has failed, and throw only after the running ones have ended', async () => {
    const memory = memoryTable(clock);
    let [calls, ended] = [0, 0];
    const failing: Table = {
      ...memory,
      transact: async (writes) => {
        calls += 1;
        if (calls === 1) throw new Error('the table is away');
        const outcome = await memory.transact(writes);
        ended += 1;
        return outcome;
      },
    };
    await expect(writePacked(on(failing), parcelsOf(Array.from({ length: 60 }, () => 100)))).rejects.toThrow('the table is away');
    expect(calls).toBe(16);
    expect(ended).toBe(15);
  });

  it('throw after eight tries if another transaction always conflicts', async () => {
    const stuck: Table = { ...memoryTable(clock), transact: async () => ({ done: false, failed: [] }) };
    await expect(writePacked(on(stuck), parcelsOf([2]))).rejects.toThrow('conflicted with other transactions 8 times');
  });
});
