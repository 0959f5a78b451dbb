import type { Envelope } from '@meilenstein/contracts';
import * as z from 'zod';
import type { Item } from '../table/table.ts';
import { stateProjection, type StateProjectionDefinition } from './state-projection.ts';
import type { Withdraw } from './withdraw.ts';

export type ReceivedEvents<E extends Envelope> = {
  /** takes events in any order, any number of times */
  readonly fold: (events: readonly E[]) => Promise<void>;
  /** the events of a row of the older form, which kept all of them */
  readonly older: (row: Item) => readonly E[];
  readonly withdraw: Withdraw;
};

const nothing = z.object({});

/** A view of which each event makes an item of its own, or none: the row of a subject says only which events were received. */
export const receivedEvents = <E extends Envelope>(
  definition: Pick<StateProjectionDefinition<E, object>, 'names' | 'rowKey' | 'event' | 'itemOf'>,
  deps: Parameters<typeof stateProjection<E, object>>[1],
): ReceivedEvents<E> => {
  const rows = stateProjection<E, object>({ ...definition, schema: nothing, initial: {}, merge: () => ({}) }, deps);
  return { fold: rows.fold, older: (row) => rows.read(row).older, withdraw: rows.withdraw };
};
