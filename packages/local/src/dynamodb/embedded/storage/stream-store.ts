import { numberIn, type Sqlite, textIn } from './sqlite.ts';

export type ChangeKind = 'INSERT' | 'MODIFY' | 'REMOVE';

/** A change of an item; keys and images are JSON. */
type Change = {
  readonly kind: ChangeKind;
  readonly keys: string;
  readonly newImage: string | undefined;
  readonly oldImage: string | undefined;
  /** bytes of keys and images */
  readonly size: number;
  readonly isExpiry: boolean;
};

/** A change with its place in the stream. */
export type StreamRow = Change & { readonly position: number; /** epoch milliseconds */ readonly at: number };

/** The changes of one table in the order in which they happened. */
export type StreamStore = {
  readonly append: (change: Change, at: number) => void;
  /** At most `most` changes behind a position. */
  readonly after: (position: number, most: number) => Iterable<StreamRow>;
  readonly newest: () => number;
  /** The last position that is gone because of its age; 0 while nothing is. */
  readonly trimmed: () => number;
  /** Forgets what is older. */
  readonly trim: (epochMillis: number) => void;
};

const streamTable = (id: number): string => `stream_${id}`;

export function createStreamTable(sqlite: Sqlite, id: number): void {
  sqlite.execute(
    `CREATE TABLE ${streamTable(id)} (position INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, keys TEXT NOT NULL,
     size INTEGER NOT NULL, expiry INTEGER NOT NULL, new_image TEXT, old_image TEXT)`,
  );
}

export function openStream(sqlite: Sqlite, id: number): StreamStore {
  const name = streamTable(id);
  const insert = sqlite.statement(`INSERT INTO ${name} (at, kind, keys, size, expiry, new_image, old_image) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const select = sqlite.statement(`SELECT * FROM ${name} WHERE position > ? ORDER BY position LIMIT ?`);
  const newest = sqlite.statement(`SELECT coalesce(max(seq), 0) AS position FROM sqlite_sequence WHERE name = ?`);
  const oldest = sqlite.statement(`SELECT min(position) AS position FROM ${name}`);
  const firstKept = sqlite.statement(`SELECT coalesce(min(position), ?) AS position FROM ${name} WHERE at >= ?`);
  const remove = sqlite.statement(`DELETE FROM ${name} WHERE position < ?`);
  const newestPosition = (): number => numberIn(newest.get(name) ?? {}, 'position');
  return {
    append: ({ kind, keys, newImage, oldImage, size, isExpiry }, at) =>
      void insert.run(at, kind, keys, size, isExpiry ? 1 : 0, newImage ?? null, oldImage ?? null),
    after: function* (position, most) {
      for (const row of select.iterate(position, most)) yield toRow(row);
    },
    newest: newestPosition,
    trimmed: () => {
      const first = oldest.get()?.['position'];
      return typeof first === 'number' ? first - 1 : newestPosition();
    },
    trim: (epochMillis) => void remove.run(numberIn(firstKept.get(newestPosition() + 1, epochMillis) ?? {}, 'position')),
  };
}

function toRow(row: Readonly<Record<string, unknown>>): StreamRow {
  const optional = (column: string): string | undefined => (row[column] === null ? undefined : textIn(row, column));
  return {
    position: numberIn(row, 'position'),
    at: numberIn(row, 'at'),
    kind: toKind(textIn(row, 'kind')),
    keys: textIn(row, 'keys'),
    newImage: optional('new_image'),
    oldImage: optional('old_image'),
    size: numberIn(row, 'size'),
    isExpiry: numberIn(row, 'expiry') === 1,
  };
}

const toKind = (text: string): ChangeKind => (text === 'INSERT' || text === 'REMOVE' ? text : 'MODIFY');
