import { addMillis, type Instant, type LeadId } from '@meilenstein/kernel';
import { count, logger, onSchedule } from '@meilenstein/runtime';
import { isPastRetention } from '../domain/retention.ts';
import { forgetPerson } from './forget-person.ts';
import { erasePerson } from '../http/erase-person.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const maxMillis = 10 * 60_000;

/** An erasure is looked for so long after it was ordered: by then its own messages have had all their tries. */
const shortestHours = 6;
/** and for so long, so that a night that was missed does not matter. */
const longestHours = 96;

const hourMillis = 3600_000;

/** Finishes what an erasure left, because its message failed too often or because an index did not know a submission yet. */
const finishErasure = async (deps: LeadsDeps, id: LeadId): Promise<boolean> => {
  const left = await forgetPerson(deps, id);
  if (left === 0) return false;
  logger.error('an erasure was not finished and is now', { leadId: id, items: left });
  count('ErasureUnfinished');
  return true;
};

/**
 * Reads all leads and erases those that are past their retention time. A table that is too large for one night takes several: the run
 * stores where it stopped. Unlike an index by age, this costs nothing for each new lead. On its way it looks whether the erasures of the
 * last days left nothing.
 */
export const applyRetention = (deps: LeadsDeps) =>
  onSchedule(
    'apply-retention',
    async (at: Instant): Promise<{ readonly examined: number; readonly erased: number; readonly finished: number }> => {
      const { leads, retention } = deps.stores;
      const rules = await retention.current();
      const until = Date.parse(deps.clock.now()) + maxMillis;
      let after = await retention.bookmark();
      let found = { examined: 0, erased: 0, finished: 0 };
      do {
        const page = await leads.all(after);
        const past = page.items.filter((lead) => isPastRetention(lead, rules, at));
        for (const { leadId } of past) await erasePerson(deps, leadId, { reason: 'retention' });
        const ordered = page.erasures.filter(
          ({ at: orderedAt }) =>
            orderedAt <= addMillis(at, -shortestHours * hourMillis) && orderedAt > addMillis(at, -longestHours * hourMillis),
        );
        let finished = 0;
        for (const { leadId } of ordered) if (await finishErasure(deps, leadId)) finished += 1;
        found = {
          examined: found.examined + page.items.length,
          erased: found.erased + past.length,
          finished: found.finished + finished,
        };
        after = page.next;
        await retention.keepBookmark(after);
      } while (after !== null && Date.parse(deps.clock.now()) < until);
      return found;
    },
  );
