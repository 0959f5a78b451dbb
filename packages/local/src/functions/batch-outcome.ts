import * as z from 'zod';
import type { Outcome } from './outcome.ts';

const answerSchema = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() }).nullish();

/**
 * Which items of a batch failed, by what its function answered.
 * @param reportsItems whether the mapping asks for a result per item
 * @returns all of them when the invocation failed, or when the answer names an item that is not in the batch
 */
export function failedItems(outcome: Outcome, items: readonly string[], reportsItems: boolean): ReadonlySet<string> {
  if (outcome.failed) return new Set(items);
  if (!reportsItems) return new Set();
  const answer = answerSchema.safeParse(readJson(outcome.payload));
  if (!answer.success) return new Set(items);
  const failed = new Set(answer.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((item) => items.includes(item)) ? failed : new Set(items);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return 'not JSON';
  }
}
