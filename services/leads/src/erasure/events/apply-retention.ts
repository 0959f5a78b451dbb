import type { Instant } from '@meilenstein/kernel';
import { onSchedule } from '@meilenstein/runtime';
import { isPastRetention } from '../domain/retention.ts';
import { erasePerson } from '../http/erase-person.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const maxMillis = 10 * 60_000;

/**
 * Reads all leads and erases those that are past their retention time. A table that is too large for one night takes several: the run
 * stores where it stopped. Unlike an index by age, this costs nothing for each new lead.
 */
export const applyRetention = (deps: LeadsDeps) =>
  onSchedule('apply-retention', async (at: Instant): Promise<{ readonly examined: number; readonly erased: number }> => {
    const { leads, retention } = deps.stores;
    const rules = await retention.current();
    const until = Date.parse(deps.clock.now()) + maxMillis;
    let after = await retention.bookmark();
    let found = { examined: 0, erased: 0 };
    do {
      const page = await leads.all(after);
      const past = page.items.filter((lead) => isPastRetention(lead, rules, at));
      for (const { leadId } of past) await erasePerson(deps, leadId, { reason: 'retention' });
      found = { examined: found.examined + page.items.length, erased: found.erased + past.length };
      after = page.next;
      await retention.keepBookmark(after);
    } while (after !== null && Date.parse(deps.clock.now()) < until);
    return found;
  });
