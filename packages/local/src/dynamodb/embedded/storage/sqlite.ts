import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** A file of SQLite that belongs to this process alone. */
export type Sqlite = {
  /** The statement for an SQL text, prepared once. */
  readonly statement: (sql: string) => StatementSync;
  readonly execute: (sql: string) => void;
  /** Runs work whose changes become visible together, or not at all where it throws. */
  readonly transaction: (work: () => void) => void;
  readonly close: () => void;
};

// A commit reaches the operating system before it is answered, so that it outlives the process; the disk gets it at the next checkpoint.
const settings = `
  PRAGMA page_size = 8192;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 2000;
  PRAGMA cache_size = -32000;
  PRAGMA temp_store = MEMORY;`;

/** @param file where it is kept; in memory without one @throws where another program has the file open */
export function openSqlite(file: string | undefined): Sqlite {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file ?? ':memory:');
  try {
    database.exec(settings);
    // The lock is taken with the first write.
    database.exec('BEGIN IMMEDIATE; COMMIT');
  } catch (error) {
    database.close();
    throw new Error(`${file}: cannot be opened; stop the other program that keeps its tables there, or choose another data folder`, {
      cause: error,
    });
  }
  const statements = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const found = statements.get(sql);
    if (found !== undefined) return found;
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map(statement);
  return {
    statement,
    execute: (sql) => database.exec(sql),
    transaction: (work) => {
      begin?.run();
      try {
        work();
        commit?.run();
      } catch (error) {
        if (database.isTransaction) rollback?.run();
        throw error;
      }
    },
    close: () => database.close(),
  };
}

/** Columns of a row, which SQLite gives without types. */
export const textIn = (row: Readonly<Record<string, unknown>>, column: string): string => {
  const value = row[column];
  if (typeof value !== 'string')
    throw new Error(`the column ${column} does not hold text: the database comes from another version or is damaged`);
  return value;
};

export const numberIn = (row: Readonly<Record<string, unknown>>, column: string): number => {
  const value = row[column];
  if (typeof value !== 'number')
    throw new Error(`the column ${column} does not hold a number: the database comes from another version or is damaged`);
  return value;
};
