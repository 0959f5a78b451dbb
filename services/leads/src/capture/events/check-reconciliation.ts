import { addMillis, utcDayOf, type Instant } from '@meilenstein/kernel';
import { count, logger, onSchedule } from '@meilenstein/runtime';
import { reconcile, unreadSubmissions } from '../domain/reconciliation.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const pageSize = 100;
const nothing = { received: 0, outcomes: [] };

export type ReconciliationCheck = { readonly sources: number; readonly unread: number; readonly unbalanced: number };

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
    let found = { sources: 0, unread: 0, unbalanced: 0 };
    do {
      const page = await stores.sources.byName({ limit: pageSize, cursor });
      for (const { sourceId } of page.items) {
        const reconciled = await Promise.all(days.map((day) => stores.submissions.ofSourceOn(sourceId, day)));
        const unread = reconciled.flatMap(({ outcomes }) => unreadSubmissions(outcomes, addMillis(at, -patienceMillis)));
        const unbalanced = days.filter((day, index) => !reconcile(sourceId, day, reconciled[index] ?? nothing).balanced);
        for (const day of unbalanced) logger.error('submissions do not reconcile', { sourceId, day });
        if (unread.length > 0) logger.error('submissions wait to be read', { sourceId, unread: unread.length, first: unread[0] ?? '' });
        found = {
          sources: found.sources + 1,
          unread: found.unread + unread.length,
          unbalanced: found.unbalanced + unbalanced.length,
        };
      }
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    if (found.unread > 0) count('SubmissionUnread');
    if (found.unbalanced > 0) count('ReconciliationUnbalanced');
    return found;
  });
