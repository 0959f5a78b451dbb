import type { BooksView } from '@meilenstein/contracts';
import type { Day, SourceId } from '@meilenstein/kernel';
import type { KeptSubmission } from './submission.ts';

/** received = created + attached + quarantined + rejected (+ waiting): computed from the submissions, never counted along the way. */
export const booksOf = (of: SourceId, on: Day, submissions: readonly Pick<KeptSubmission, 'status' | 'reason'>[]): BooksView => {
  const those = (status: KeptSubmission['status']): number => submissions.filter((one) => one.status === status).length;
  const rejected = Object.fromEntries(
    [
      ...Map.groupBy(
        submissions.filter((one) => one.status === 'rejected'),
        (one) => one.reason ?? 'unknown',
      ),
    ]
      .map(([reason, list]) => [reason, list.length] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  const [created, attached, quarantined, waiting] = [those('created'), those('attached'), those('quarantined'), those('stored')];
  const sum = created + attached + quarantined + waiting + Object.values(rejected).reduce((a, b) => a + b, 0);
  const received = submissions.length;
  return { sourceId: of, day: on, received, created, attached, quarantined, rejected, waiting, balanced: received === sum };
};
