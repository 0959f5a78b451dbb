import { type Item, numberOf, parseItem } from '../values/attribute-value.ts';
import { indexKeyOf, type ItemKey, keyInItem } from '../values/item-key.ts';
import { numberIn, type Sqlite, textIn } from './sqlite.ts';
import { type IndexDefinition, type KeyNames, namesOf, type TableDefinition } from '../values/table-definition.ts';

/** An item as it lies in the table: its JSON and its size by AWS's formula. */
export type StoredItem = ItemKey & { readonly body: string; readonly size: number };

/** Sort keys between two bounds in one partition, or a whole table where there is no partition. */
export type Walk = {
  readonly index?: IndexDefinition | undefined;
  readonly partition?: string;
  readonly from?: string | undefined;
  /** included */
  readonly until?: string | undefined;
  /** excluded */
  readonly before?: string | undefined;
  readonly backwards?: boolean;
  /** the position to go on behind: the table's key, on an index with the index's sort key before it */
  readonly behind?: readonly string[] | undefined;
};

/** The items of one table and the rows of its indexes, which SQLite keeps itself as indexes of key columns. */
export type TableStore = {
  readonly definition: TableDefinition;
  readonly find: (key: ItemKey) => StoredItem | undefined;
  /** @param body the item's JSON */
  readonly put: (key: ItemKey, item: Item, stored: { readonly body: string; readonly size: number }) => void;
  readonly remove: (key: ItemKey) => void;
  /** In the order of the keys' UTF-8 bytes, read while it is asked for. */
  readonly walk: (walk: Walk) => Iterable<StoredItem & { readonly indexSk: string }>;
  /** Keys of at most `most` items whose time is over at `epochSeconds`. */
  readonly expired: (epochSeconds: number, most: number) => readonly ItemKey[];
  /** Finds the time of each item again, because another attribute says it now. */
  readonly expireBy: (definition: TableDefinition) => void;
};

// An item whose time lies further back was never meant to expire: DynamoDB leaves it alone.
const oldestExpirySeconds = 5 * 365 * 86_400;

const itemTable = (id: number): string => `items_${id}`;

/** Creates the SQLite tables of a new table. */
export function createItemTable(sqlite: Sqlite, id: number, { indexes }: TableDefinition): void {
  const name = itemTable(id);
  const keyColumns = indexes.flatMap((_, position) => [`pk${position} TEXT`, `sk${position} TEXT`]);
  const columns = ['pk TEXT NOT NULL', 'sk TEXT NOT NULL', 'size INTEGER NOT NULL', 'expires INTEGER', ...keyColumns, 'body TEXT NOT NULL'];
  sqlite.execute(`CREATE TABLE ${name} (${columns.join(', ')}, PRIMARY KEY (pk, sk)) WITHOUT ROWID`);
  for (const position of indexes.keys()) {
    sqlite.execute(
      `CREATE INDEX ${name}_index_${position} ON ${name} (pk${position}, sk${position}, pk, sk) WHERE pk${position} IS NOT NULL`,
    );
  }
  sqlite.execute(`CREATE INDEX ${name}_expiry ON ${name} (expires) WHERE expires IS NOT NULL`);
}

export function openTable(sqlite: Sqlite, id: number, created: TableDefinition): TableStore {
  const name = itemTable(id);
  const { indexes } = created;
  let definition = created;
  const changing = ['size', 'expires', ...indexes.flatMap((_, position) => [`pk${position}`, `sk${position}`]), 'body'];
  const upsert = sqlite.statement(
    `INSERT INTO ${name} (pk, sk, ${changing.join(', ')}) VALUES (?, ?, ${changing.map(() => '?').join(', ')})
     ON CONFLICT (pk, sk) DO UPDATE SET ${changing.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  );
  const select = sqlite.statement(`SELECT size, body FROM ${name} WHERE pk = ? AND sk = ?`);
  const remove = sqlite.statement(`DELETE FROM ${name} WHERE pk = ? AND sk = ?`);
  const due = sqlite.statement(`SELECT pk, sk FROM ${name} WHERE expires <= ? AND expires > ? ORDER BY expires LIMIT ?`);
  return {
    get definition() {
      return definition;
    },
    find: ({ pk, sk }) => {
      const row = select.get(pk, sk);
      return row === undefined ? undefined : { pk, sk, body: textIn(row, 'body'), size: numberIn(row, 'size') };
    },
    put: ({ pk, sk }, item, { body, size }) => {
      const keys = indexes.flatMap((index) => {
        const key = indexKeyOf(item, index);
        return key === undefined ? [null, null] : [key.pk, key.sk];
      });
      upsert.run(pk, sk, size, expiryOf(item, definition), ...keys, body);
    },
    remove: ({ pk, sk }) => void remove.run(pk, sk),
    walk: (walk) => rowsOf(sqlite, name, definition, walk),
    expired: (epochSeconds, most) =>
      due.all(epochSeconds, epochSeconds - oldestExpirySeconds, most).map((row) => ({ pk: textIn(row, 'pk'), sk: textIn(row, 'sk') })),
    expireBy: (next) => {
      definition = next;
      const update = sqlite.statement(`UPDATE ${name} SET expires = ? WHERE pk = ? AND sk = ?`);
      const items = [...rowsOf(sqlite, name, definition, {})].map(({ body }) => parseItem(body));
      for (const item of items) {
        const { pk, sk } = keyInItem(item, definition);
        update.run(expiryOf(item, definition), pk, sk);
      }
    },
  };
}

function expiryOf(item: Item, { expiryAttribute }: TableDefinition): number | null {
  const text = expiryAttribute === undefined ? undefined : numberOf(item[expiryAttribute]);
  const seconds = Math.floor(Number(text ?? Number.NaN));
  return Number.isSafeInteger(seconds) ? seconds : null;
}

function* rowsOf(
  sqlite: Sqlite,
  name: string,
  definition: TableDefinition,
  { index, partition, from, until, before, backwards = false, behind }: Walk,
): Generator<StoredItem & { readonly indexSk: string }> {
  const position = index === undefined ? '' : String(definition.indexes.indexOf(index));
  const [pk, sk] = [`pk${position}`, `sk${position}`];
  const order = index !== undefined ? [sk, 'pk', 'sk'] : partition !== undefined ? ['sk'] : ['pk', 'sk'];
  const conditions = [
    ...(partition === undefined ? [] : [{ sql: `${pk} = ?`, values: [partition] }]),
    ...(from === undefined ? [] : [{ sql: `${sk} >= ?`, values: [from] }]),
    ...(until === undefined ? [] : [{ sql: `${sk} <= ?`, values: [until] }]),
    ...(before === undefined ? [] : [{ sql: `${sk} < ?`, values: [before] }]),
    ...(behind === undefined
      ? []
      : [{ sql: `(${order.join(', ')}) ${backwards ? '<' : '>'} (${order.map(() => '?').join(', ')})`, values: behind }]),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
  const by = order.map((column) => (backwards ? `${column} DESC` : column)).join(', ');
  const statement = sqlite.statement(`SELECT pk, sk, ${sk} AS indexSk, size, body FROM ${name} ${where} ORDER BY ${by}`);
  for (const row of statement.iterate(...conditions.flatMap(({ values }) => values))) {
    yield {
      pk: textIn(row, 'pk'),
      sk: textIn(row, 'sk'),
      indexSk: textIn(row, 'indexSk'),
      body: textIn(row, 'body'),
      size: numberIn(row, 'size'),
    };
  }
}

/** The part of an item that an index holds, as JSON. */
export function projected(body: string, index: IndexDefinition, table: KeyNames): string {
  if (index.projection === 'ALL') return body;
  const kept = new Set([...namesOf(table), ...namesOf(index), ...index.nonKeyAttributes]);
  return JSON.stringify(Object.fromEntries(Object.entries(parseItem(body)).filter(([attribute]) => kept.has(attribute))));
}
