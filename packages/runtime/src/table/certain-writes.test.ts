import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { cancelFirst, cancelTransactions } from '../testing/cancelled-transactions.ts';
import { memoryTable } from '../testing/memory-table.ts';
import { deleteAll, putIfAbsent, writeAll, writeTogether } from './certain-writes.ts';

const clock = { now: () => toInstant('2026-03-01T10:00:00Z') };
const item = (sk: string, version = 1) => ({ pk: 'P', sk, version });

/** A table, and the delays that writing to it took. */
const onTable = () => {
  const table = memoryTable(clock);
  const delays: number[] = [];
  return { table, delays, delay: async (millis: number) => void delays.push(millis), random: () => 1 };
};
const filled = async (count: number) => {
  const machinery = onTable();
  const items = Array.from({ length: count }, (_, n) => ({ put: item(String(n)) }));
  await writeAll(machinery, items);
  return machinery;
};

describe('a transaction that others are in the way of', () => {
  it('is repeated with growing delays until it is done', async () => {
    const machinery = onTable();
    cancelFirst(machinery.table, 3);
    expect(await writeTogether(machinery, [{ put: item('a') }])).toEqual({ done: true });
    expect(machinery.delays).toEqual([50, 100, 200]);
  });

  it('throws after eight tries, so that whoever asked tries again', async () => {
    const machinery = onTable();
    cancelTransactions(machinery.table, () => true);
    await expect(writeTogether(machinery, [{ put: item('a') }])).rejects.toThrow('8 times');
    expect(machinery.delays).toHaveLength(7);
  });

  it('is not repeated where its own condition did not hold', async () => {
    const machinery = await filled(1);
    expect(await writeTogether(machinery, [{ put: item('0'), when: 'absent' }])).toEqual({ done: false, failed: [0] });
    expect(machinery.delays).toEqual([]);
  });
});

describe('an item that is put if it is absent', () => {
  it('is new once, however many transactions are in the way', async () => {
    const machinery = onTable();
    cancelFirst(machinery.table, 1);
    expect([await putIfAbsent(machinery, item('a')), await putIfAbsent(machinery, item('a', 2))]).toEqual([true, false]);
    expect(machinery.table.dump()).toEqual([item('a')]);
  });
});

describe('deleting all items of a query', () => {
  it('deletes more than a transaction takes while others are in the way, and says how many there were', async () => {
    const machinery = await filled(230);
    cancelFirst(machinery.table, 2);
    expect(await deleteAll(machinery, { partition: 'P' })).toBe(230);
    expect(machinery.table.dump()).toEqual([]);
    expect(await deleteAll(machinery, { partition: 'P' })).toBe(0);
  });

  it('looks again and throws where an item came meanwhile', async () => {
    const machinery = await filled(1);
    const { transact } = machinery.table;
    Object.assign(machinery.table, {
      transact: async () => transact([{ remove: item('0') }, { put: item('late') }]),
    });
    await expect(deleteAll(machinery, { partition: 'P' })).rejects.toThrow('1 items are left');
  });
});
