import type { Machinery, Write } from '@meilenstein/runtime';
import * as z from 'zod';
import { emptyPool, pool, type Pool } from '../domain/pool.ts';
import { poolKey } from './keys.ts';

const item = z.looseObject({ version: z.int(), pool });

export type FoundPool = { readonly pool: Pool; readonly version: number };

/** The pool of reps that leads are given to: one item, because all leads compete for the same reps. */
export const poolStore = ({ table }: Pick<Machinery, 'table'>) => ({
  load: async (): Promise<FoundPool> => {
    const found = await table.get(poolKey);
    return found === undefined ? { pool: emptyPool, version: 0 } : item.parse(found);
  },
  /** the write that moves the pool on; it holds only where nobody else moved it since `before` was loaded */
  moved: (before: FoundPool, after: Pool): Write => ({
    put: { ...poolKey, version: before.version + 1, pool: after },
    when: before.version === 0 ? 'absent' : { versionIs: before.version },
  }),
});
export type PoolStore = ReturnType<typeof poolStore>;
