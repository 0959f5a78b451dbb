import { addMillis, epochMillis, type Clock } from '@meilenstein/kernel';
import { writeTogether, type WritableTable } from '@meilenstein/runtime';
import * as z from 'zod';
import { askedMailbox, type AskedMailbox } from '../domain/asked-mailbox.ts';
import { askedMailboxKey } from '../../keys.ts';

const item = z.looseObject({ version: z.int(), asked: askedMailbox });

/** A withdrawal is remembered for so long after the last e-mail to the mailbox. */
const keptMillis = 730 * 24 * 3600_000;

export type RememberedMailbox = { readonly version: number; readonly asked: AskedMailbox };

/** What mailboxes were asked, by a keyed digest: neither an address nor a name is stored, and nobody finds one by it. */
export const askedMailboxes = (machinery: WritableTable, clock: Clock) => ({
  find: async (digest: string): Promise<RememberedMailbox> => {
    const found = item.safeParse(await machinery.table.get(askedMailboxKey(digest))).data;
    return found === undefined ? { version: 0, asked: {} } : { version: found.version, asked: found.asked };
  },
  /** false: somebody else asked meanwhile */
  keep: async (digest: string, before: RememberedMailbox, asked: AskedMailbox): Promise<boolean> => {
    const expiresAt = Math.floor(epochMillis(addMillis(clock.now(), keptMillis)) / 1000);
    const put = { ...askedMailboxKey(digest), version: before.version + 1, asked, expiresAt };
    const when = before.version === 0 ? ('absent' as const) : { versionIs: before.version };
    return (await writeTogether(machinery, [{ put, when }])).done;
  },
});
export type AskedMailboxes = ReturnType<typeof askedMailboxes>;
