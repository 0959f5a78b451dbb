import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import type { Bus, Published } from './bus.ts';
import { describe, logger } from '../function/middleware.ts';
import { commit, eventsOf, type Commit } from '../aggregate/commit.ts';
import { unpacked } from '../table/packed-item.ts';
import type { Queues } from './queue.ts';

export type RelayDeps = { readonly bus: Bus; readonly queues: Queues; readonly deadLetterQueueUrl: string };

const temporary = new Set(['ThrottlingException', 'InternalFailure', 'InternalException', 'ServiceUnavailable']);

type Read = { readonly record: DynamoDBRecord; readonly commit: Commit | undefined };

// Only DynamoDB knows all forms of an attribute value; `unmarshall` refuses what it does not know.
const image = z.record(
  z.string(),
  z.custom<AttributeValue>((value) => typeof value === 'object' && value !== null),
);

const keyed = z.looseObject({ pk: z.string(), sk: z.string() });

/** An item that cannot be read must not hold up the others: it counts as a commit that cannot be published. */
const readRecord = (record: DynamoDBRecord): Read => {
  try {
    return { record, commit: commit.parse(unpacked(keyed.parse(unmarshall(image.parse(record.dynamodb?.NewImage ?? {}))))) };
  } catch {
    return { record, commit: undefined };
  }
};

/**
 * Publishes every commit of a stream batch. Twice is allowed, losing is not: the answer names the first record that was not
 * published, and the stream delivers from there again for as long as the bus is away. A commit that can never be published goes whole
 * to the dead-letter queue, so that it holds up nobody.
 */
export const relay =
  (deps: RelayDeps) =>
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const reads = event.Records.map(readRecord);
    const entries = reads.flatMap((read, index) =>
      read.commit === undefined ? [] : eventsOf(read.commit).map((published) => ({ index, published })),
    );
    const answers = await publish(
      deps.bus,
      entries.map((entry) => entry.published),
    );
    const failures = new Map<number, string>();
    answers.forEach((failure, position) => {
      const index = entries[position]?.index;
      if (failure !== undefined && index !== undefined && !failures.has(index)) failures.set(index, failure);
    });
    for (const [index, read] of reads.entries()) {
      const failure = read.commit === undefined ? 'the commit item cannot be read' : failures.get(index);
      if (failure === undefined) continue;
      const again = { batchItemFailures: [{ itemIdentifier: read.record.dynamodb?.SequenceNumber ?? '' }] };
      if (temporary.has(failure)) return again;
      logger.error('commit cannot be published', { reason: failure, key: read.commit?.pk ?? 'unknown' });
      await deps.queues.send(deps.deadLetterQueueUrl, letterOf(read), failure);
    }
    return { batchItemFailures: [] };
  };

/** A queue takes 256 KB: of a larger commit only the key, under which it lies in the table. */
const largestLetter = 200_000;
const letterOf = ({ record, commit: found }: Read): string => {
  const whole = JSON.stringify(found ?? record.dynamodb?.Keys ?? {});
  return found === undefined || Buffer.byteLength(whole) <= largestLetter ? whole : JSON.stringify({ pk: found.pk, sk: found.sk });
};

/** A call that failed as a whole is a temporary failure of every entry. */
const publish = async (bus: Bus, events: readonly Published[]): Promise<readonly (string | undefined)[]> => {
  try {
    return await bus.publish(events);
  } catch (error) {
    logger.warn('the bus is away', describe(error));
    return events.map(() => 'ServiceUnavailable');
  }
};
