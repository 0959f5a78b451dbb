import type { Engine } from '../engine.ts';
import { apply } from '../operations/item-writes.ts';

const maxAtOnce = 500;
/** Streams keep their records for a day. */
const keptMillis = 24 * 3_600_000;

/** Deletes the items whose time is over, as DynamoDB does a while later, and the stream records that are older than a day. */
export function sweep(engine: Engine): void {
  const now = engine.now();
  for (const table of engine.tables.all()) {
    const keys = table.store.expired(Math.floor(now / 1000), maxAtOnce);
    apply(
      engine,
      keys.map((key) => ({ write: { table, key }, before: table.store.find(key), after: undefined, isExpiry: true })),
    );
    table.stream?.trim(now - keptMillis);
  }
}
