import type { LeadItem } from '@meilenstein/contracts';
import { explainServiceLevel } from '../../service-levels/domain/explain-service-level.ts';
import { titleOf } from '../domain/lead-title.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import type { FoundLead } from '../store/lead-store.ts';
import { leadViews } from './lead-views.ts';

/** Leads as lists show them, in the order in which they were found. */
export const leadItems = (deps: LeadsDeps) => {
  const { views } = leadViews(deps);
  return async (found: readonly FoundLead[]): Promise<readonly LeadItem[]> => {
    if (found.length === 0) return [];
    const [shown, { rules }] = await Promise.all([views(found.map(({ lead }) => lead)), deps.stores.survivorship.current()]);
    return shown.flatMap((view, index) => {
      const one = found[index];
      if (one === undefined) return [];
      const { lead, version } = one;
      const level = explainServiceLevel(lead, deps.clock.now(), 'en');
      const service = level && { state: level.state, dueAt: level.dueAt, minutesLeft: level.minutesLeft };
      return [{ ...view, version, title: titleOf(lead, rules), service }];
    });
  };
};
