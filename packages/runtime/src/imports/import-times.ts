import { earliestFact } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import type { RowOutcome } from './import-job.ts';

type Times = { readonly occurredAt: Instant; readonly recordedAt?: Instant | undefined };

/**
 * The rules of time that every row of every import keeps: what happened has happened, it was known afterwards, and by now.
 * Answers the rejection with field and value; undefined where the times are in order. `within`: where in the row they stand.
 */
export const rejectedTimes = (row: number, { occurredAt, recordedAt }: Times, now: Instant, within = ''): RowOutcome | undefined => {
  const reject = (field: string, value: Instant, rule: string): RowOutcome => ({
    row,
    state: 'rejected',
    field: `${within}${field}`,
    value,
    rule,
  });
  if (occurredAt < earliestFact) return reject('occurredAt', occurredAt, `time-too-old: it is of ${earliestFact.slice(0, 10)} or later`);
  if (occurredAt > now) return reject('occurredAt', occurredAt, 'time-in-future: history is of what has happened');
  if (recordedAt === undefined) return undefined;
  if (recordedAt > now) return reject('recordedAt', recordedAt, 'time-in-future: nobody knows yet what is recorded later than now');
  if (recordedAt < occurredAt) return reject('recordedAt', recordedAt, `recorded-before-occurred: occurredAt is ${occurredAt}`);
  return undefined;
};
