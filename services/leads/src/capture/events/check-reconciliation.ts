import { addMillis, utcDayOf, type Instant } from '@meilenstein/kernel';
import { count, logger, onSchedule } from '@meilenstein/runtime';
import { reconcile, overdueSubmissions } from '../domain/reconciliation.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const pageSize = 100;
const nothing = { received: 0, outcomes: [] };

export type ReconciliationCheck = { readonly sources: number; readonly overdue: number; readonly unbalanced: number };

/** Reading takes seconds; a submission that waits longer is stuck. */
const patienceMillis = 15 * 60_000;

/**
 * Reconciles today and yesterday for each source: everything received must be accounted for, and nothing may wait. Each day is checked
 * on the following day, too, because of submissions from before midnight. A finding raises an alarm through a metric.
 */
export const checkReconciliation = ({ stores }: LeadsDeps) =>
  onSchedule('check-reconciliation', async (at: Instant): Promise<ReconciliationCheck> => {
    const days = [...new Set([utcDayOf(addMillis(at, -24 * 3600_000)), utcDayOf(at)])];
    let cursor: string | undefined;
    let found = { sources: 0, overdue: 0, unbalanced: 0 };
    do {
      const page = await stores.sources.byName({ limit: pageSize, cursor });
      for (const { sourceId } of page.items) {
        const reconciled = await Promise.all(days.map((day) => stores.submissions.ofSourceOn(sourceId, day)));
        const overdue = reconciled.flatMap(({ outcomes }) => overdueSubmissions(outcomes, addMillis(at, -patienceMillis)));
        const unbalanced = days.filter((day, index) => !reconcile(sourceId, day, reconciled[index] ?? nothing).balanced);
        for (const day of unbalanced) logger.error('submissions do not reconcile', { sourceId, day });
        if (overdue.length > 0) logger.error('submissions wait to be read', { sourceId, overdue: overdue.length, first: overdue[0] ?? '' });
        found = {
          sources: found.sources + 1,
          overdue: found.overdue + overdue.length,
          unbalanced: found.unbalanced + unbalanced.length,
        };
      }
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    if (found.overdue > 0) count('SubmissionOverdue');
    if (found.unbalanced > 0) count('ReconciliationUnbalanced');
    return found;
  });
