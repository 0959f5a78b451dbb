import { epochMillis, instant, type Clock, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';
import { writeTogether, type WritableTable } from '../table/certain-writes.ts';
import type { Item, Key, Table, Write } from '../table/table.ts';
import { commit, commitPrefix } from './commit.ts';

/** How often a service's history was set back to an earlier point; no item: never. It is part of the identity of every later event. */
const generationKey: Key = { pk: 'GENERATION', sk: 'GENERATION' };

const generationItem = z.looseObject({ version: z.int(), generation: z.int().nonnegative(), until: instant });

/** A function knows a raised generation after this many milliseconds. */
const knownMillis = 60_000;

const putsCommit = (write: Write): write is { readonly put: Item; readonly when?: 'absent' } =>
  'put' in write && write.put.sk.startsWith(commitPrefix);

/** A table whose commits carry the generation of its history. The first generation is written nowhere. */
export const withGeneration = (table: Table, clock: Clock): Table => {
  let known: { readonly generation: number; readonly until: number } | undefined;
  const current = async (): Promise<number> => {
    const now = epochMillis(clock.now());
    if (known === undefined || known.until <= now) {
      const item = await table.get(generationKey);
      known = { generation: item === undefined ? 0 : generationItem.parse(item).generation, until: now + knownMillis };
    }
    return known.generation;
  };
  return {
    ...table,
    transact: async (writes) => {
      const generation = writes.some(putsCommit) ? await current() : 0;
      const stamped =
        generation === 0 ? writes : writes.map((write) => (putsCommit(write) ? { ...write, put: { ...write.put, generation } } : write));
      const outcome = await table.transact(stamped);
      return outcome;
    },
  };
};

/** A history that was set back: what was stored after `until` in an earlier generation is lost, and watchers have to forget it. */
export type SetBack = { readonly generation: number; readonly until: Instant };

/**
 * Begins the next generation of a table that was set back to an earlier point. It has to be done before the table is written again, and
 * while no function of the service runs. `until` is when its last commit was stored.
 * @param above the generation of the history that was lost, where the restored table may be older than its last raise
 */
export const raiseGeneration = async (machinery: WritableTable, above = 0): Promise<SetBack> => {
  const { table } = machinery;
  let until: Instant | undefined;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Table['scan']>> = await table.scan(after);
    for (const item of page.items) {
      const storedAt = item.sk.startsWith(commitPrefix) ? commit.parse(item).storedAt : undefined;
      if (storedAt !== undefined && (until === undefined || storedAt > until)) until = storedAt;
    }
    after = page.next;
  } while (after !== null);
  if (until === undefined) throw new Error('the table has no commits: is it the one that was restored?');
  const item = await table.get(generationKey);
  const before = item === undefined ? undefined : generationItem.parse(item);
  const generation = Math.max(before?.generation ?? 0, above) + 1;
  const put = { ...generationKey, version: (before?.version ?? 0) + 1, generation, until };
  const outcome = await writeTogether(machinery, [{ put, when: before === undefined ? 'absent' : { versionIs: before.version } }]);
  if (!outcome.done) throw new Error('another run has raised the generation meanwhile');
  return { generation, until };
};
