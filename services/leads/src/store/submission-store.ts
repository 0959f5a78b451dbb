import { gunzipSync, gzipSync } from 'node:zlib';
import {
  factReader, leadTouched, submissionCreatedLead, submissionQuarantined, submissionRejected, submissionReleased, submissionStored,
  type SubmissionFact,
} from '@meilenstein/contracts'; // prettier-ignore
import { addMillis, dayOf, epochMillis, timeZone, type Day, type LeadId, type SourceId, type SubmissionId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Item, type Machinery, type Write } from '@meilenstein/runtime';
import * as z from 'zod';
import {
  evolveSubmission, noSubmission, quarantineSubmission, storeSubmission, submission, type KeptSubmission, type Submission,
} from '../domain/submission.ts'; // prettier-ignore
import { byTime, prefixes, quarantinePartition, rawKey, sourceDayPartition, touchpointsPartition } from './keys.ts';
import type { PageOf, PageRequest } from './source-store.ts';

/** A body as it came. */
export type Raw = { readonly bytes: Uint8Array; readonly contentType: string };

const rawItem = z.looseObject({ body: z.instanceof(Uint8Array), contentType: z.string() });

/** A raw body in quarantine is kept this long: time enough to correct the source and to release. */
const quarantineMillis = 30 * 24 * 3600_000;

const utc = timeZone.parse('UTC');

const indexOf = (state: Submission): Record<string, string> => {
  if (state.status === 'none') return {};
  const at = byTime(state.storedAt, state.submissionId);
  const bySourceAndDay = { gsi1pk: sourceDayPartition(state.sourceId, dayOf(state.storedAt, utc)), gsi1sk: at };
  if (state.status === 'quarantined') return { ...bySourceAndDay, gsi2pk: quarantinePartition, gsi2sk: at };
  return state.leadId === null ? bySourceAndDay : { ...bySourceAndDay, gsi2pk: touchpointsPartition(state.leadId), gsi2sk: at };
};

export const submissionStore = (machinery: Machinery) => {
  const { table, clock } = machinery;
  const store = aggregateStore<Submission, SubmissionFact>(
    {
      prefix: prefixes.submission,
      owner: 'leads',
      schemaNumber: 1,
      schema: submission,
      initial: noSubmission,
      fact: factReader([
        submissionStored,
        submissionQuarantined,
        submissionRejected,
        submissionReleased,
        submissionCreatedLead,
        leadTouched,
      ]),
      evolve: evolveSubmission,
      index: indexOf,
    },
    machinery,
  );
  const kept = (items: readonly Item[]): readonly KeptSubmission[] =>
    items.flatMap((item) => {
      const { state } = store.read(item);
      return state.status === 'none' ? [] : [state];
    });
  const raw = async (id: SubmissionId): Promise<Raw | undefined> => {
    const item = await table.get(rawKey(id));
    if (item === undefined) return undefined;
    const { body, contentType } = rawItem.parse(item);
    return { bytes: gunzipSync(body), contentType };
  };
  return {
    ...store,
    raw,
    /** one transaction: the submission and its raw body; the same delivery again writes nothing */
    keep: async (ids: Pick<KeptSubmission, 'submissionId' | 'sourceId'>, { bytes, contentType }: Raw): Promise<void> => {
      const put = { ...rawKey(ids.submissionId), body: gzipSync(bytes), contentType };
      await store.change(ids.submissionId, (state) => storeSubmission(state, ids), { alongside: [{ put, when: 'absent' }] });
    },
    /** the raw body expires with the quarantine */
    quarantine: async (id: SubmissionId, reason: string): Promise<void> => {
      const body = await table.get(rawKey(id));
      const expiresAt = Math.floor(epochMillis(addMillis(clock.now(), quarantineMillis)) / 1000);
      const alongside: readonly Write[] = body === undefined ? [] : [{ put: { ...body, expiresAt } }];
      await store.change(id, quarantineSubmission(reason), { alongside });
    },
    inQuarantine: async ({ limit, cursor }: PageRequest): Promise<PageOf<KeptSubmission>> => {
      const after = cursor === undefined ? {} : { after: cursor };
      const page = await table.query({ index: 'gsi2', partition: quarantinePartition, limit, ...after });
      return { items: kept(page.items), next: page.next };
    },
    /** of one day in UTC, for the books */
    ofSourceOn: async (source: SourceId, day: Day): Promise<readonly KeptSubmission[]> =>
      kept(await queryAll(table, { index: 'gsi1', partition: sourceDayPartition(source, day) })),
    /** the newest first */
    touchpointsOf: async (lead: LeadId, limit: number): Promise<readonly KeptSubmission[]> =>
      kept((await table.query({ index: 'gsi2', partition: touchpointsPartition(lead), limit, descending: true })).items),
  };
};
export type SubmissionStore = ReturnType<typeof submissionStore>;
