import type { ReconciliationView } from '@meilenstein/contracts';
import type { Day, Instant, SourceId, SubmissionId } from '@meilenstein/kernel';
import type { KeptSubmission } from './submission.ts';

/**
 * received = created + attached + quarantined + rejected (+ waiting): computed from the submissions, never counted along the way.
 * `received` counts what came in; the rest is what became of it, read from other items.
 */
export const reconcile = (
  sourceId: SourceId,
  day: Day,
  { received, outcomes }: { readonly received: number; readonly outcomes: readonly Pick<KeptSubmission, 'status' | 'reason'>[] },
): ReconciliationView => {
  const countOf = (...statuses: readonly KeptSubmission['status'][]): number =>
    outcomes.filter((one) => statuses.includes(one.status)).length;
  const rejected = Object.fromEntries(
    [
      ...Map.groupBy(
        outcomes.filter((one) => one.status === 'rejected'),
        (one) => one.reason ?? 'unknown',
      ),
    ]
      .map(([reason, list]) => [reason, list.length] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  const [created, attached, quarantined, waiting] = [
    countOf('created'),
    countOf('attached'),
    countOf('quarantined'),
    countOf('stored', 'referred'),
  ];
  const sum = created + attached + quarantined + waiting + Object.values(rejected).reduce((a, b) => a + b, 0);
  return { sourceId, day, received, created, attached, quarantined, rejected, waiting, balanced: received === sum };
};

/** The submissions that were received before an instant and are not read yet. */
export const unreadSubmissions = (submissions: readonly KeptSubmission[], receivedBefore: Instant): readonly SubmissionId[] =>
  submissions
    .filter((one) => (one.status === 'stored' || one.status === 'referred') && one.storedAt < receivedBefore)
    .map((one) => one.submissionId);
