import type { Envelope } from '@meilenstein/contracts';
import type { Item } from '../table/table.ts';

/** What tells whether an event belongs to a future that was lost. */
export type StoredEvent = Pick<Envelope, 'name' | 'generation' | 'storedAt'>;

/**
 * Takes events out of a view's rows among these items of the table, and what they contributed out of its other items; items of others it
 * leaves alone. Returns how many items changed. While it runs, nothing may be folded.
 * @param isWithdrawn of two events of one name and generation, it has to withdraw the one that was stored later if it withdraws the other
 */
export type Withdraw = (items: readonly Item[], isWithdrawn: (event: StoredEvent) => boolean) => Promise<number>;
