import type { Trouble } from './faults.ts';
import type { IndexLag } from './storage/index-lag.ts';
import type { Sqlite } from './storage/sqlite.ts';
import type { Tables } from './storage/tables.ts';

/** What the operations work on. */
export type Engine = {
  readonly sqlite: Sqlite;
  readonly tables: Tables;
  /** epoch milliseconds */
  readonly now: () => number;
  readonly trouble: () => Trouble;
  readonly lag: IndexLag;
  /** Called after each change of a table that has a stream. */
  readonly onRecords: (tableName: string) => void;
};
