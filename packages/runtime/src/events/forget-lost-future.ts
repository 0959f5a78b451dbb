import type { SetBack } from '../aggregate/generation.ts';
import type { Table } from '../table/table.ts';
import type { StoredEvent, Withdraw } from './withdraw.ts';

/** Whether an event belongs to the future that was lost when the service that emits these events was set back. */
export const isLost =
  ({ generation, until }: SetBack, names: readonly string[]) =>
  (event: StoredEvent): boolean =>
    names.includes(event.name) && (event.generation ?? 0) < generation && event.storedAt > until;

/**
 * Takes the lost future of another service out of a watcher's views: also of subjects that never have another event, about which no later
 * event could tell. The watcher's functions must not run, and its queues be empty. Rows that keep no events are
 * emptied: the service that was set back has to be republished wholly. Returns how many items changed.
 */
export const forgetLostFuture = async (
  table: Table,
  views: readonly { readonly withdraw: Withdraw }[],
  isWithdrawn: ReturnType<typeof isLost>,
): Promise<number> => {
  let changed = 0;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Table['scan']>> = await table.scan(after);
    for (const view of views) changed += await view.withdraw(page.items, isWithdrawn);
    after = page.next;
  } while (after !== null);
  return changed;
};
