import { addMillis, type Instant, type LeadId } from '@meilenstein/kernel';
import { writeAll, writeTogether, type Item, type Machinery, type Write } from '@meilenstein/runtime';
import * as z from 'zod';
import { learned, initialLearning, type Learned } from '../domain/learn-outcomes.ts';
import { mergeOutcome, learnableFrom, outcome, type ReceivedOutcome, type LeadOutcome } from '../domain/lead-outcome.ts';
import { byTime, dueOutcomes, learnedKey, learnedOutcomes, outcomeKey } from '../../keys.ts';

const modelItem = z.looseObject({ version: z.int(), learned });
const outcomeItem = z.looseObject({ version: z.int(), outcome });

export type StoredOutcome = { readonly outcome: LeadOutcome; readonly version: number };
export type StoredModel = { readonly learned: Learned; readonly version: number };

const maxTries = 20;
const pageSize = 500;
/** An index key may not be empty. */
const earliest = '0';

const whenever = (version: number) => (version === 0 ? ('absent' as const) : { versionIs: version });

const indexOf = (one: LeadOutcome): Record<string, string> =>
  one.learned === null
    ? { gsi1pk: dueOutcomes, gsi1sk: byTime(learnableFrom(one), one.leadId) }
    : { gsi2pk: learnedOutcomes, gsi2sk: byTime(one.learned.at, one.leadId) };

const put = (one: LeadOutcome, version: number): Write => ({
  put: { ...outcomeKey(one.leadId), version: version + 1, outcome: one, ...indexOf(one) },
  when: whenever(version),
});

const found = (item: Item): StoredOutcome => {
  const { version, outcome: kept } = outcomeItem.parse(item);
  return { outcome: kept, version };
};

/** The outcomes of leads, one row each, and the learned model. */
export const learnedScoreStore = (machinery: Machinery) => {
  const { table, delay, random } = machinery;
  const latest = async (most: number): Promise<readonly LeadOutcome[]> => {
    const all: LeadOutcome[] = [];
    let after: string | undefined;
    do {
      const page = await table.query({
        index: 'gsi2',
        partition: learnedOutcomes,
        limit: Math.min(pageSize, most - all.length),
        descending: true,
        ...(after === undefined ? {} : { after }),
      });
      all.push(...page.items.map((item) => found(item).outcome));
      after = page.next ?? undefined;
    } while (after !== undefined && all.length < most);
    return all;
  };

  return {
    model: async (): Promise<StoredModel> => {
      const item = await table.get(learnedKey);
      return item === undefined ? { learned: initialLearning, version: 0 } : modelItem.parse(item);
    },
    /** any order, any repetition */
    recordOutcome: async (received: ReceivedOutcome): Promise<void> => {
      for (let tries = 0; tries < maxTries; tries += 1) {
        if (tries > 0) await delay(random() * 25 * 2 ** Math.min(tries, 6));
        const item = await table.get(outcomeKey(received.leadId));
        const before = item === undefined ? undefined : found(item);
        const after = mergeOutcome(before?.outcome, received);
        if (JSON.stringify(after) === JSON.stringify(before?.outcome)) return;
        if ((await table.transact([put(after, before?.version ?? 0)])).done) return;
      }
      throw new Error(`lead ${received.leadId}: too many concurrent changes of its outcome`);
    },
    /** outcomes that may be learned by a time, the earliest first */
    due: async (by: Instant, most: number): Promise<readonly StoredOutcome[]> => {
      const page = await table.query({
        index: 'gsi1',
        partition: dueOutcomes,
        between: [earliest, byTime(addMillis(by, 1), '')],
        limit: most,
      });
      return page.items.map(found);
    },
    /** stores model and rows in one transaction; false if another process changed one of them */
    keep: async (before: StoredModel, after: Learned, rows: readonly StoredOutcome[]): Promise<boolean> =>
      (
        await writeTogether(machinery, [
          { put: { ...learnedKey, version: before.version + 1, learned: after }, when: whenever(before.version) },
          ...rows.map(({ outcome: one, version }) => put(one, version)),
        ])
      ).done,
    /** removes what turned out not to be an outcome */
    drop: async (leads: readonly LeadId[]): Promise<void> => {
      await writeAll(
        machinery,
        leads.map((id) => ({ remove: outcomeKey(id) })),
      );
    },
    /** the outcomes that were learned last */
    latest,
  };
};
export type LearnedScoreStore = ReturnType<typeof learnedScoreStore>;
