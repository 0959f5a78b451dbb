import type { Company } from '@meilenstein/contracts';
import type { AccountId } from '@meilenstein/kernel';
import { fromCursor, recordersOf, toCursor, writeAll, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { byOccurrence, prefixes, timelinePartition } from '../../keys.ts';
import { storedEntry } from './stored-account.ts';

const timelineItem = z.looseObject({ sk: z.string(), entry: storedEntry });

/** Before every sort key of ours. */
const firstKey = '0';
const lastKey = '~';

/** Stores timelines of accounts: every entry is an item of its own. */
export const timelineStore = (machinery: Machinery) => ({
  record: (entries: readonly TimelineEntry[]): Promise<void> =>
    writeAll(
      machinery,
      entries.map((entry) => ({
        put: { pk: timelinePartition(entry.accountId), sk: byOccurrence(entry.occurredAt, entry.entryId), entry },
      })),
    ),
  /** who recorded each entry, in their order; undefined for what another service emitted */
  recordersOf: async (company: Company, entries: readonly TimelineEntry[]) => {
    const positions = entries.flatMap(({ event }) =>
      event === null ? [] : [{ partition: `${prefixes[event.aggregate]}#${event.id}`, sequence: event.sequence }],
    );
    const recorders = (await recordersOf(machinery.table, company, positions)).values();
    return entries.map(({ event }) => (event === null ? undefined : recorders.next().value));
  },
  /** the newest first, over all parts of an account */
  page: async (
    parts: readonly AccountId[],
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<{ readonly entries: readonly TimelineEntry[]; readonly next: string | null }> => {
    const below = cursor === undefined ? lastKey : fromCursor(cursor, ['below']).below;
    const pages = await Promise.all(
      parts.map((part) =>
        machinery.table.query({
          partition: timelinePartition(part),
          between: [firstKey, below],
          descending: true,
          // one more than the page, and the entry at the cursor itself
          limit: limit + 2,
        }),
      ),
    );
    const sorted = pages
      .flatMap(({ items }) => items.map((item) => timelineItem.parse(item)))
      .filter(({ sk }) => sk < below)
      .toSorted((a, b) => (a.sk < b.sk ? 1 : -1));
    const shown = sorted.slice(0, limit);
    const last = shown.at(-1);
    return {
      entries: shown.map(({ entry }) => entry),
      next: last === undefined || sorted.length <= limit ? null : toCursor({ below: last.sk }),
    };
  },
});
