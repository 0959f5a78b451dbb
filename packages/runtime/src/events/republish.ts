import { instant } from '@meilenstein/kernel';
import * as z from 'zod';
import { commit, eventsOf } from '../aggregate/commit.ts';
import { isCommit } from '../aggregate/fold-decision.ts';
import type { Queues } from './queue.ts';
import type { Table } from '../table/table.ts';

const order = z.strictObject({
  /** commits stored at or after this instant */
  since: instant,
  /** URL of the one subscription's queue that gets them */
  queueUrl: z.url(),
  /** the events that the subscription receives; others would end in its dead-letter queue */
  names: z.array(z.string().min(1)).min(1),
  /** where an earlier call stopped */
  after: z.string().nullable().default(null),
});

/**
 * Sends history to one subscription: reads the commits of the table and puts their events into that queue as the bus would.
 * Returns how many were sent and, where time was running out (`hasTimeLeft` says so after each page), where to go on.
 */
export const republish =
  (deps: { readonly table: Table; readonly queues: Queues; readonly hasTimeLeft: () => boolean }) =>
  async (event: unknown): Promise<{ readonly sent: number; readonly after: string | null }> => {
    const { since, queueUrl, names, after } = order.parse(event);
    let position = after;
    let sent = 0;
    do {
      const page = await deps.table.scan(position);
      const messages = page.items
        .filter(isCommit)
        .flatMap((item) => eventsOf(commit.parse(item)))
        .filter(({ envelope }) => envelope.storedAt >= since && names.includes(envelope.name))
        .map(({ owner, envelope }) =>
          JSON.stringify({ source: owner, 'detail-type': envelope.name, time: envelope.storedAt, detail: envelope }),
        );
      await deps.queues.sendMany(queueUrl, messages);
      sent += messages.length;
      position = page.next;
    } while (position !== null && deps.hasTimeLeft());
    return { sent, after: position };
  };
