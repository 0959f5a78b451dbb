import { DatabaseError, unsupported } from './database-error.ts';
import type { Engine } from './engine.ts';
import { sweep } from './storage/expiry.ts';
import { type Faults, noFaults, seededRandom, troubleOf } from './faults.ts';
import { createIndexLag } from './storage/index-lag.ts';
import type { Operation } from './operations/operation.ts';
import { queryOperations } from './operations/query-operations.ts';
import { readOperations } from './operations/read-operations.ts';
import { openSqlite } from './storage/sqlite.ts';
import { streamOperations } from './operations/stream-operations.ts';
import { tableOperations } from './operations/table-operations.ts';
import { openTables } from './storage/tables.ts';
import { writeOperations } from './operations/write-operations.ts';

/** DynamoDB's operations over one SQLite file. All of it is synchronous: a request is done before the next begins. */
export type Database = {
  /** @param target operation as the protocol's header names it, such as `DynamoDB_20120810.GetItem` @returns HTTP status and JSON text */
  readonly answer: (target: string, body: string) => Answer;
  /** Deletes what has expired; due every now and then. */
  readonly sweep: () => void;
  readonly setFaults: (faults: Faults) => void;
  readonly close: () => void;
};

type Answer = { readonly status: number; readonly text: string };

export type DatabaseOptions = {
  /** SQLite file; tables are kept in memory without one */
  readonly file?: string | undefined;
  /** epoch milliseconds */
  readonly now: () => number;
  readonly onRecords?: (tableName: string) => void;
};

export function openDatabase({ file, now, onRecords = () => undefined }: DatabaseOptions): Database {
  const sqlite = openSqlite(file);
  const lag = createIndexLag();
  let trouble = troubleOf(noFaults, () => 1);
  const engine: Engine = { sqlite, tables: openTables(sqlite), now, lag, onRecords, trouble: () => trouble };
  const items = { ...readOperations(engine), ...queryOperations(engine), ...writeOperations(engine), ...tableOperations(engine) };
  const operations = new Map<string, Operation>([
    ...Object.entries(items).map(([name, run]) => [`DynamoDB_20120810.${name}`, run] as const),
    ...Object.entries(streamOperations(engine)).map(([name, run]) => [`DynamoDBStreams_20120810.${name}`, run] as const),
  ]);
  return {
    answer: (target, body) => {
      try {
        const run = operations.get(target);
        if (run === undefined) throw unsupported(`the operation ${target}`);
        return { status: 200, text: run(JSON.parse(body)) };
      } catch (error) {
        return refusal(error);
      }
    },
    sweep: () => sweep(engine),
    setFaults: (faults) => {
      trouble = troubleOf(faults, seededRandom(faults.seed));
      lag.set(faults.indexesLag);
    },
    close: sqlite.close,
  };
}

function refusal(error: unknown): Answer {
  if (error instanceof DatabaseError) {
    // A cancelled transaction alone writes its message with a capital letter.
    const message = error.code === 'TransactionCanceledException' ? { Message: error.message } : { message: error.message };
    return { status: 400, text: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${error.code}`, ...message, ...error.detail }) };
  }
  if (error instanceof SyntaxError)
    return { status: 400, text: JSON.stringify({ __type: 'com.amazon.coral.service#SerializationException', message: error.message }) };
  const message = `the embedded database failed: ${error instanceof Error ? error.stack : String(error)}`;
  return { status: 500, text: JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message }) };
}
