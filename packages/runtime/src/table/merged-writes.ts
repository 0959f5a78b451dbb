import { keyText, type Item, type Key, type Write } from './table.ts';

const exclusive = (writes: readonly Write[]): readonly string[] =>
  writes.flatMap((write) => ('add' in write ? [] : [keyText('put' in write ? write.put : write.remove)]));

/** Two plans may ask for the same claim, or one for what another releases: then they cannot share a transaction. */
export const touchSameItem = (some: readonly Write[], others: readonly Write[]): boolean => {
  const touched = new Set(exclusive(some));
  return exclusive(others).some((key) => touched.has(key));
};

const numberAt = (item: Item, name: string): number => {
  const there = item[name];
  return typeof there === 'number' ? there : 0;
};

const plus = (item: Item, by: Readonly<Record<string, number>>): Item => ({
  ...item,
  ...Object.fromEntries(Object.entries(by).map(([name, more]) => [name, numberAt(item, name) + more])),
});

/**
 * A transaction may touch an item once. So what several plans add to the same sums is added up first, and what is added to an item that
 * is put is put with it. All others stay in their order; sums come last.
 */
export const mergeAdditions = (writes: readonly Write[]): readonly Write[] => {
  const sums = new Map<string, Extract<Write, { add: Key }>>();
  const others = writes.filter((write) => {
    if (!('add' in write)) return true;
    const key = keyText(write.add);
    const before = sums.get(key)?.by ?? {};
    const names = new Set([...Object.keys(before), ...Object.keys(write.by)]);
    sums.set(key, {
      add: write.add,
      by: Object.fromEntries([...names].map((name) => [name, (before[name] ?? 0) + (write.by[name] ?? 0)])),
    });
    return false;
  });
  const whole = others.map((write): Write => {
    if (!('put' in write)) return write;
    const added = sums.get(keyText(write.put));
    if (added === undefined) return write;
    sums.delete(keyText(write.put));
    return { ...write, put: plus(write.put, added.by) };
  });
  return [...whole, ...sums.values()];
};
