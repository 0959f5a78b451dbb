import { gunzipSync, gzipSync } from 'node:zlib';
import { factReader, submissionEvents, type SubmissionFact } from '@meilenstein/contracts';
import {
  addMillis,
  epochMillis,
  submissionId,
  utcDayOf,
  type Day,
  type LeadId,
  type SourceId,
  type SubmissionId,
} from '@meilenstein/kernel';
import {
  journalStore,
  putIfAbsent,
  queryAll,
  writeAll,
  type Item,
  type Key,
  type Machinery,
  type UnconditionalWrite,
  type Write,
} from '@meilenstein/runtime';
import * as z from 'zod';
import { rateMillis, type Received } from '../domain/rate.ts';
import {
  evolveSubmission,
  noSubmission,
  purgeSubmission,
  quarantineSubmission,
  rejectSubmission,
  releaseSubmission,
  submission,
  storeSubmission,
  markFetched,
  type KeptSubmission,
  type Submission,
} from '../domain/submission.ts';
import {
  byTime,
  fetchedKey,
  mentionKey,
  mentionsPartition,
  prefixes,
  quarantinePartition,
  rawKey,
  sourceDayPartition,
  touchpointsPartition,
} from '../../keys.ts';
import type { PageOf, PageRequest } from './source-store.ts';

/** A body as it was received. */
export type Raw = { readonly bytes: Uint8Array; readonly contentType: string };

type Ids = Pick<KeptSubmission, 'submissionId' | 'sourceId'>;

const rawItem = z.looseObject({ body: z.instanceof(Uint8Array), contentType: z.string() });
/** A marker in place of a deleted body, so that a repeated delivery does not bring it back. */
const forgottenItem = z.looseObject({ forgotten: z.literal(true) });
const isForgotten = (item: Item): boolean => forgottenItem.safeParse(item).success;
const receivedItem = z.looseObject({ network: z.string().optional() });

/** A compression window of the size of a form takes a third less time to set up, and compresses as well. */
const compress = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, bytes.length > 4096 ? {} : { windowBits: 12, memLevel: 4 });

/** How long a quarantined submission is kept: enough time to correct the source and release it. */
const quarantineMillis = 30 * 24 * 3600_000;

/**
 * The first commit is indexed by source and day; a later one that created or touched a lead is indexed as its touchpoint. What was received
 * and what became of it are counted from different items, so the reconciliation can really fail.
 */
const indexOf = (state: Submission, _id: string, version: number): Record<string, string> => {
  if (state.status === 'none') return {};
  const at = byTime(state.storedAt, state.submissionId);
  if (version === 1) return { gsi1pk: sourceDayPartition(state.sourceId, utcDayOf(state.storedAt)), gsi1sk: at };
  return state.leadId === null ? {} : { gsi2pk: touchpointsPartition(state.leadId), gsi2sk: at };
};

export const submissionStore = (machinery: Machinery) => {
  const { table, clock } = machinery;
  const store = journalStore<Submission, SubmissionFact>(
    {
      prefix: prefixes.submission,
      owner: 'leads',
      schemaNumber: 1,
      schema: submission,
      initial: noSubmission,
      fact: factReader(submissionEvents),
      evolve: evolveSubmission,
      index: indexOf,
    },
    machinery,
  );

  const isKept = (state: Submission | undefined): state is KeptSubmission => state !== undefined && state.status !== 'none';
  const kept = (items: readonly Item[]): readonly KeptSubmission[] => items.map((item) => store.read(item).state).filter(isKept);

  // DynamoDB deletes expired items within days; until then they count as deleted.
  const hasExpired = ({ expiresAt }: Item): boolean => typeof expiresAt === 'number' && expiresAt * 1000 <= epochMillis(clock.now());

  const bodyAt = async (key: Key): Promise<Raw | undefined> => {
    const item = await table.get(key);
    if (item === undefined || isForgotten(item) || hasExpired(item)) return undefined;
    const { body, contentType } = rawItem.parse(item);
    return { bytes: gunzipSync(body), contentType };
  };
  const item = (key: Key, { bytes, contentType }: Raw): Item => ({ ...key, body: compress(bytes), contentType });

  /** Writes the content of a submission again with other attributes: the raw body is what lists show. */
  const contentWith = async (
    id: SubmissionId,
    { expiry, index }: { readonly expiry: Readonly<Record<string, number>>; readonly index: Readonly<Record<string, string>> },
  ): Promise<readonly Write[]> => {
    const again = async (key: Key, attributes: Readonly<Record<string, unknown>>): Promise<readonly Write[]> => {
      const body = await table.get(key);
      if (body === undefined || isForgotten(body)) return [];
      const { expiresAt: _expiry, gsi2pk: _partition, gsi2sk: _sort, ...content } = body;
      return [{ put: { ...key, ...content, ...attributes } }];
    };
    return [...(await again(rawKey(id), { ...expiry, ...index })), ...(await again(fetchedKey(id), expiry))];
  };
  const expiry = () => ({ expiresAt: Math.floor(epochMillis(addMillis(clock.now(), quarantineMillis)) / 1000) });
  const forget = (id: SubmissionId): readonly UnconditionalWrite[] => [
    { put: { ...rawKey(id), forgotten: true } },
    { remove: fetchedKey(id) },
  ];

  /** Submissions whose body is not marked as deleted, even where it never came, or whose fetched document is there. */
  const withContent = async (ids: readonly SubmissionId[]): Promise<readonly SubmissionId[]> => {
    const found = await table.getMany(ids.flatMap((id) => [rawKey(id), fetchedKey(id)]));
    return ids.filter((_, index) => {
      const [raw, fetched] = [found[2 * index], found[2 * index + 1]];
      return raw === undefined || !isForgotten(raw) || fetched !== undefined;
    });
  };

  /** The current states; only those that may have a third commit are read again. */
  const latest = async (states: readonly (KeptSubmission | undefined)[]): Promise<readonly KeptSubmission[]> => {
    const final = new Set<KeptSubmission['status']>(['created', 'attached', 'rejected', 'stored']);
    const found = await Promise.all(
      states.map(async (state) => (state === undefined || final.has(state.status) ? state : (await store.find(state.submissionId))?.state)),
    );
    return found.filter(isKept);
  };

  return {
    audited: store.audited,
    find: store.find,
    refold: store.refold,
    change: store.change,
    raw: (id: SubmissionId) => bodyAt(rawKey(id)),
    /** the document behind a thin notification */
    fetched: (id: SubmissionId) => bodyAt(fetchedKey(id)),
    /**
     * Stores the body first and then the submission: an announced submission can always be read, and a crash in between acknowledged
     * nothing. A repeated delivery writes nothing. `network` is a keyed digest of the sender's network.
     */
    keep: async (ids: Ids, raw: Raw, network: string | null): Promise<void> => {
      await putIfAbsent(machinery, item(rawKey(ids.submissionId), raw));
      await store.begin(ids.submissionId, [storeSubmission(ids)], network === null ? {} : { network });
    },
    keepFetched: async (id: SubmissionId, document: Raw): Promise<void> => {
      await writeAll(machinery, [{ put: item(fetchedKey(id), document) }]);
      await store.change(id, markFetched);
    },
    /**
     * puts the raw body into the quarantine list, where it expires. Whom it mentions is indexed first: a crash in between leaves entries
     * that lead to nothing
     */
    quarantine: async ({ submissionId: id, storedAt }: KeptSubmission, reason: string, mentions: readonly string[]): Promise<void> => {
      const expires = expiry();
      const entries = [...new Set(mentions)].map((digest) => ({ put: { ...mentionKey(digest, id), ...expires } }));
      await writeAll(machinery, entries);
      const index = { gsi2pk: quarantinePartition, gsi2sk: byTime(storedAt, id) };
      await store.change(id, quarantineSubmission(reason), await contentWith(id, { expiry: expires, index }));
    },
    /** purges the quarantined submissions that mention one of these contacts */
    purgeMentions: async (digests: readonly string[]): Promise<void> => {
      for (const digest of digests) {
        const entries = await queryAll(table, { partition: mentionsPartition(digest) });
        for (const { sk } of entries) await store.change(submissionId.parse(sk), purgeSubmission, forget(submissionId.parse(sk)));
        await writeAll(
          machinery,
          entries.map(({ pk, sk }) => ({ remove: { pk, sk } })),
        );
      }
    },
    /** also deletes its content */
    reject: (id: SubmissionId, reason: string) => store.change(id, rejectSubmission(reason), forget(id)),
    release: async (id: SubmissionId) => store.change(id, releaseSubmission, await contentWith(id, { expiry: {}, index: {} })),
    purge: (id: SubmissionId) => store.change(id, purgeSubmission, forget(id)),
    /**
     * Deletes the content of submissions, which still count as received, and looks again: throws where some is left. Returns of how many
     * there was content.
     */
    forget: async (ids: readonly SubmissionId[]): Promise<number> => {
      const before = await withContent(ids);
      await writeAll(machinery, before.flatMap(forget));
      const left = before.length === 0 ? [] : await withContent(before);
      if (left.length > 0) throw new Error(`${left.length} submissions still have their content after its deletion: ${left[0]} and others`);
      return before.length;
    },
    inQuarantine: async ({ limit, cursor }: PageRequest): Promise<PageOf<KeptSubmission>> => {
      const after = cursor === undefined ? {} : { after: cursor };
      const page = await table.query({ index: 'gsi2', partition: quarantinePartition, limit, ...after });
      const states = await Promise.all(page.items.map((one) => store.find(one.pk.slice(one.pk.indexOf('#') + 1))));
      return { items: states.map((one) => one?.state).filter(isKept), next: page.next };
    },
    /** for the reconciliation of a day in UTC: how many were received, and the status of each */
    ofSourceOn: async (
      source: SourceId,
      day: Day,
    ): Promise<{ readonly received: number; readonly outcomes: readonly KeptSubmission[] }> => {
      const received = kept(await queryAll(table, { index: 'gsi1', partition: sourceDayPartition(source, day) }));
      const states = await store.states(received.map((one) => one.submissionId));
      return { received: received.length, outcomes: await latest(states.map((one) => (isKept(one?.state) ? one.state : undefined))) };
    },
    /** a submission and those that its source received in the minute before: the latest `limit` of them */
    receivedBefore: async (
      current: Pick<KeptSubmission, 'submissionId' | 'sourceId' | 'storedAt'>,
      limit: number,
    ): Promise<readonly Received[]> => {
      const from = addMillis(current.storedAt, -rateMillis);
      const days = [...new Set([utcDayOf(from), utcDayOf(current.storedAt)])];
      const pages = await Promise.all(
        days.map((day) =>
          table.query({
            index: 'gsi1',
            partition: sourceDayPartition(current.sourceId, day),
            between: [from, byTime(current.storedAt, current.submissionId)],
            limit,
            descending: true,
          }),
        ),
      );
      return pages.flatMap(({ items }) =>
        items.flatMap((one) => {
          const { state } = store.read(one);
          return isKept(state)
            ? [{ submissionId: state.submissionId, at: state.storedAt, network: receivedItem.parse(one).network ?? null }]
            : [];
        }),
      );
    },
    /** of several leads, the newest first */
    touchpointsOf: async (leads: readonly LeadId[], limit: number): Promise<readonly KeptSubmission[]> => {
      const pages = await Promise.all(
        leads.map((lead) => table.query({ index: 'gsi2', partition: touchpointsPartition(lead), limit, descending: true })),
      );
      const found = pages.flatMap((page) => kept(page.items));
      return found.toSorted((a, b) => (a.storedAt > b.storedAt ? -1 : 1)).slice(0, limit);
    },
    allTouchpointsOf: async (lead: LeadId): Promise<readonly KeptSubmission[]> =>
      kept(await queryAll(table, { index: 'gsi2', partition: touchpointsPartition(lead) })),
  };
};
export type SubmissionStore = ReturnType<typeof submissionStore>;
