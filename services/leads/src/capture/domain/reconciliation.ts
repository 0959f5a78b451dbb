import type { ReconciliationView } from '@meilenstein/contracts';
import type { Day, Instant, SourceId, SubmissionId } from '@meilenstein/kernel';
import type { KeptSubmission } from './submission.ts';

/**
 * received = created + attached + quarantined + rejected (+ waiting): computed from the submissions, never counted along the way.
 * `received` is what came in at the consumer, the rest is what became of it, each read from its own item.
 */
export const reconcile = (
  of: SourceId,
  on: Day,
  { received, outcomes }: { readonly received: number; readonly outcomes: readonly Pick<KeptSubmission, 'status' | 'reason'>[] },
): ReconciliationView => {
  const those = (...statuses: readonly KeptSubmission['status'][]): number =>
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
    those('created'),
    those('attached'),
    those('quarantined'),
    those('stored', 'referred'),
  ];
  const sum = created + attached + quarantined + waiting + Object.values(rejected).reduce((a, b) => a + b, 0);
  return { sourceId: of, day: on, received, created, attached, quarantined, rejected, waiting, balanced: received === sum };
};

/** What was received before an instant and is not read yet. */
export const overdueSubmissions = (submissions: readonly KeptSubmission[], before: Instant): readonly SubmissionId[] =>
  submissions
    .filter((one) => (one.status === 'stored' || one.status === 'referred') && one.storedAt < before)
    .map((one) => one.submissionId);
