import { addMillis, utcDayOf, type Instant } from '@meilenstein/kernel';
import { count, logger, onSchedule } from '@meilenstein/runtime';
import { reconcile, overdueSubmissions } from '../domain/reconciliation.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const pageSize = 100;
const nothing = { received: 0, outcomes: [] };

export type Checked = { readonly sources: number; readonly overdue: number; readonly unbalanced: number };

/** Reading takes seconds; what waits longer hangs somewhere. */
const patienceMillis = 15 * 60_000;

/**
 * Looks through the books of today and yesterday, source by source: is everything that was received accounted for, and does nothing
 * wait? Each day is looked at for a second one, so that what came before midnight is seen as well. A finding is a metric with an alarm.
 */
export const checkReconciliation = ({ stores }: LeadsDeps) =>
  onSchedule('check-reconciliation', async (at: Instant): Promise<Checked> => {
    const days = [...new Set([utcDayOf(addMillis(at, -24 * 3600_000)), utcDayOf(at)])];
    let cursor: string | undefined;
    let found = { sources: 0, overdue: 0, unbalanced: 0 };
    do {
      const page = await stores.sources.byName({ limit: pageSize, cursor });
      for (const { sourceId } of page.items) {
        const books = await Promise.all(days.map((day) => stores.submissions.ofSourceOn(sourceId, day)));
        const overdue = books.flatMap(({ outcomes }) => overdueSubmissions(outcomes, addMillis(at, -patienceMillis)));
        const unbalanced = days.filter((day, index) => !reconcile(sourceId, day, books[index] ?? nothing).balanced);
        for (const day of unbalanced) logger.error('books do not balance', { sourceId, day });
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
