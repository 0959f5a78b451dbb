import { DatabaseError, unknownTable } from '../database-error.ts';
import { numberIn, type Sqlite, textIn } from './sqlite.ts';
import { createStreamTable, openStream, type StreamStore } from './stream-store.ts';
import { type TableDefinition, tableDefinition } from '../values/table-definition.ts';
import { createItemTable, openTable, type TableStore } from './table-store.ts';

/** A table with its stream, where it has one. */
export type OpenTable = { readonly store: TableStore; readonly stream: StreamStore | undefined };

/** All tables of a database. */
export type Tables = {
  readonly all: () => readonly OpenTable[];
  /** @throws ResourceNotFoundException */
  readonly named: (name: string) => OpenTable;
  readonly find: (name: string) => OpenTable | undefined;
  /** @throws ResourceInUseException where it exists */
  readonly create: (definition: TableDefinition) => OpenTable;
  readonly expireBy: (name: string, attribute: string | undefined) => void;
};

export function openTables(sqlite: Sqlite): Tables {
  sqlite.execute('CREATE TABLE IF NOT EXISTS tables (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL)');
  const open = (id: number, definition: TableDefinition): OpenTable => ({
    store: openTable(sqlite, id, definition),
    stream: definition.streamView === undefined ? undefined : openStream(sqlite, id),
  });
  const tables = new Map(
    sqlite
      .statement('SELECT id, name, definition FROM tables')
      .all()
      .map((row) => [textIn(row, 'name'), open(numberIn(row, 'id'), tableDefinition.parse(JSON.parse(textIn(row, 'definition'))))]),
  );
  const named = (name: string): OpenTable => {
    const found = tables.get(name);
    if (found === undefined) throw unknownTable();
    return found;
  };
  return {
    all: () => [...tables.values()],
    named,
    find: (name) => tables.get(name),
    create: (definition) => {
      if (tables.has(definition.name)) throw new DatabaseError('ResourceInUseException', 'Cannot create preexisting table');
      const insert = sqlite.statement('INSERT INTO tables (name, definition) VALUES (?, ?)');
      const ids: number[] = [];
      sqlite.transaction(() => {
        const id = Number(insert.run(definition.name, JSON.stringify(definition)).lastInsertRowid);
        createItemTable(sqlite, id, definition);
        if (definition.streamView !== undefined) createStreamTable(sqlite, id);
        ids.push(id);
      });
      const [id = 0] = ids;
      const table = open(id, definition);
      tables.set(definition.name, table);
      return table;
    },
    expireBy: (name, attribute) => {
      const { store } = named(name);
      const { expiryAttribute: _, ...rest } = store.definition;
      const definition = attribute === undefined ? rest : { ...rest, expiryAttribute: attribute };
      const update = sqlite.statement('UPDATE tables SET definition = ? WHERE name = ?');
      sqlite.transaction(() => {
        update.run(JSON.stringify(definition), name);
        store.expireBy(definition);
      });
    },
  };
}
