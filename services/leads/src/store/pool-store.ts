import type { Instant, RepId } from '@meilenstein/kernel';
import { queryAll, type Machinery, type Write } from '@meilenstein/runtime';
import * as z from 'zod';
import { assigned, member, withMembers, type Eligible, type Member, type Pool } from '../domain/pool.ts';
import { poolMembersKey, poolPartition, poolRepKey } from './keys.ts';

const membersItem = z.looseObject({ version: z.int(), members: z.array(z.string()) });
const repItem = z.looseObject({ version: z.int(), member });

export type FoundPool = { readonly pool: Pool; readonly versions: ReadonlyMap<string, number>; readonly membersVersion: number };

const mostTries = 20;
const mostAtOnce = 90;

const whenever = (version: number | undefined) => (version === undefined || version === 0 ? ('absent' as const) : { versionIs: version });

/**
 * The reps that leads are given to: one item for each, so that no item is written for every lead, and one that says who was eligible
 * when somebody looked last, written only when that changes.
 */
export const poolStore = ({ table }: Pick<Machinery, 'table'>) => {
  const load = async (): Promise<FoundPool> => {
    const items = await queryAll(table, { partition: poolPartition });
    const found = items.flatMap((item) => repItem.safeParse(item).data ?? []);
    const of = items.flatMap((item) => membersItem.safeParse(item).data ?? [])[0];
    const members = found.map((one) => one.member).filter((one) => of?.members.includes(one.repId) === true);
    return { pool: { members }, versions: new Map(found.map((one) => [one.member.repId, one.version])), membersVersion: of?.version ?? 0 };
  };

  const put = (one: Member, { versions }: FoundPool): Write => {
    const version = versions.get(one.repId);
    return { put: { ...poolRepKey(one.repId), version: (version ?? 0) + 1, member: one }, when: whenever(version) };
  };

  /** Those who entered get their first count before they are members; false where somebody else was at it. */
  const changeMembers = async (before: FoundPool, after: Pool): Promise<boolean> => {
    const entered = after.members.filter((one) => !before.pool.members.some((other) => other.repId === one.repId));
    for (let from = 0; from < entered.length; from += mostAtOnce) {
      const writes = entered.slice(from, from + mostAtOnce).map((one) => put(one, before));
      if (!(await table.transact(writes)).done) return false;
    }
    const members = after.members.map((one) => one.repId);
    const version = before.membersVersion;
    return (await table.transact([{ put: { ...poolMembersKey, version: version + 1, members }, when: whenever(version) }])).done;
  };

  return {
    /** the pool with just these reps in it */
    of: async (eligible: readonly Eligible[]): Promise<FoundPool> => {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const found = await load();
        const same =
          found.pool.members.length === eligible.length &&
          eligible.every((one) => found.pool.members.some((other) => other.repId === one.repId));
        if (same) return found;
        await changeMembers(found, withMembers(found.pool, eligible));
      }
      throw new Error('pool: others changed its members all the time');
    },
    /** the write that counts an assignment; it holds only where nobody else gave that rep a lead meanwhile. Nobody outside is counted */
    counted: (found: FoundPool, to: RepId, at: Instant): readonly Write[] =>
      found.pool.members.filter((one) => one.repId === to).map((one) => put(assigned(one, at), found)),
  };
};
export type PoolStore = ReturnType<typeof poolStore>;
