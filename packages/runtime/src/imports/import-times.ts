import { earliestFact } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import type { RowOutcome } from './import-job.ts';

type Times = { readonly occurredAt: Instant; readonly recordedAt?: Instant | undefined };

/**
 * The rules for times of every import: no time is in the future, and nothing was recorded before it happened. Answers the rejection with
 * field and value; undefined if the times are in order. `within`: the path of the times in the row.
 */
export const checkTimes = (row: number, { occurredAt, recordedAt }: Times, now: Instant, within = ''): RowOutcome | undefined => {
  const reject = (field: string, value: Instant, rule: string): RowOutcome => ({
    row,
    state: 'rejected',
    field: `${within}${field}`,
    value,
    rule,
  });
  if (occurredAt < earliestFact) return reject('occurredAt', occurredAt, `time-too-old: must be ${earliestFact.slice(0, 10)} or later`);
  if (occurredAt > now) return reject('occurredAt', occurredAt, 'time-in-future: must not be later than now');
  if (recordedAt === undefined) return undefined;
  if (recordedAt > now) return reject('recordedAt', recordedAt, 'time-in-future: must not be later than now');
  if (recordedAt < occurredAt) return reject('recordedAt', recordedAt, `recorded-before-occurred: occurredAt is ${occurredAt}`);
  return undefined;
};
