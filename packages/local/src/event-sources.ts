import { join } from 'node:path';
import type { System } from './assembly/system.ts';
import type { Database } from './dynamodb/start-database.ts';
import type { Functions } from './functions/functions.ts';
import { startQueueMapping } from './queues/queue-mapping.ts';
import type { Movement } from './quiet.ts';
import type { Queues } from './queues/queues.ts';
import { openCheckpoints } from './streams/checkpoints.ts';
import { type StreamMapping, startStreamMapping } from './streams/stream-mapping.ts';
import { connectToStreams, streamsApi, type StreamsConnection } from './streams/streams-api.ts';

/** Everything that brings queue messages and table changes to functions. */
export type EventSources = {
  readonly work: () => readonly string[];
  readonly isDrained: () => Promise<boolean>;
  /** Messages of queues that a function reads: those that came in or left so far, and those that are there. */
  readonly movement: () => Omit<Movement, 'isRunning'>;
  /** Reads the streams at once, because something may have been written, unless the database itself reports new records. */
  readonly wake: () => void;
  /** Takes nothing new; what is under way ends with its function. */
  readonly stop: () => Promise<void>;
};

type Parts = {
  readonly system: System;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly database: Database;
  /** ARN of each table's stream, by table name. */
  readonly streams: ReadonlyMap<string, string>;
  readonly checkpointsFolder: string | undefined;
  readonly log: (line: string) => void;
};

type Mapping = System['mappings'][number];

const kindOf = ({ properties }: Mapping): string | undefined => properties.EventSourceArn.split(':')[2];

export function startEventSources(parts: Parts): EventSources {
  const enabled = parts.system.mappings.filter(({ properties }) => properties.Enabled);
  const unknown = enabled.find((mapping) => kindOf(mapping) !== 'sqs' && kindOf(mapping) !== 'dynamodb');
  if (unknown !== undefined) throw new Error(`${unknown.path}: event source ${unknown.properties.EventSourceArn} is not supported`);
  const queued = enabled
    .filter((mapping) => kindOf(mapping) === 'sqs')
    .map(({ properties }) => {
      const queue = parts.queues.named(properties.EventSourceArn);
      return { queue, mapping: startQueueMapping(properties, queue, parts.functions.named(properties.FunctionName)) };
    });
  const connection = connectToStreams(parts.database.endpoint);
  const streamed = enabled
    .filter((mapping) => kindOf(mapping) === 'dynamodb')
    .map((mapping) => ({ path: mapping.path, table: tableOf(mapping), stream: startStream(mapping, connection, parts) }));
  const { onRecords } = parts.database;
  onRecords?.((names) => {
    for (const { table, stream } of streamed) if (names.includes(table)) stream.wake();
  });
  const streamWork = () => streamed.filter(({ stream }) => stream.underWay()).map(({ path }) => `${path} delivers stream records`);
  return {
    work: () => [
      ...streamWork(),
      // A queue that no function reads, such as a dead-letter queue, is never empty by itself.
      ...queued.flatMap(({ queue }) => {
        const { visible, inFlight, delayed } = queue.counts();
        return visible + inFlight + delayed === 0
          ? []
          : [`${queue.name} holds ${visible} messages, ${inFlight} in flight, ${delayed} waiting`];
      }),
    ],
    isDrained: async () => (await Promise.all(streamed.map(({ stream }) => stream.isDrained()))).every(Boolean),
    movement: () => ({
      moved: queued.reduce((sum, { queue }) => sum + queue.moved(), 0),
      left: queued.reduce((sum, { queue }) => sum + Object.values(queue.counts()).reduce((a, b) => a + b, 0), 0),
    }),
    wake: () => {
      if (onRecords !== undefined) return;
      for (const { stream } of streamed) stream.wake();
    },
    stop: async () => {
      for (const { mapping } of queued) mapping.stop();
      await Promise.all(streamed.map(({ stream }) => stream.stop()));
      connection.close();
    },
  };
}

const tableOf = ({ properties }: Mapping): string => /:table\/([^/]+)\/stream\//.exec(properties.EventSourceArn)?.[1] ?? '';

function startStream(
  mapping: Mapping,
  connection: StreamsConnection,
  { functions, streams, checkpointsFolder, database, log }: Parts,
): StreamMapping {
  const { properties, path } = mapping;
  const table = tableOf(mapping);
  const streamArn = streams.get(table);
  if (streamArn === undefined) throw new Error(`${path}: the table ${table} has no stream`);
  if (properties.DestinationConfig !== undefined && properties.MaximumRetryAttempts >= 0) {
    throw new Error(`${path}: a failure destination of a stream is not supported`);
  }
  const pool = functions.named(properties.FunctionName);
  const file = checkpointsFolder === undefined ? undefined : join(checkpointsFolder, `${table}-${pool.name}.json`);
  return startStreamMapping({
    mapping,
    stream: streamsApi(connection, streamArn),
    checkpoints: openCheckpoints(file),
    pool,
    isWoken: database.onRecords !== undefined,
    log,
  });
}
