import type { Caller, Company } from '@meilenstein/contracts';
import { dayOf, refused, timeZone, type Day, type LeadId } from '@meilenstein/kernel';
import { maySee, scopeOf, type Scope } from '@meilenstein/runtime';
import type { FoundLead } from '../store/lead-store.ts';
import type { LeadsDeps } from './live-leads.ts';

// One answer for what is not there and for what the caller may not see.
export const leadIsUnknown = refused('lead-is-unknown', 'leadId: no lead that you may see has this id');

export type Today = { readonly company: Company; readonly today: Day; readonly scope: Scope };

/** What a caller may see today, and the leads that are within it. */
export const visibleLeads = ({ shelves, clock }: LeadsDeps) => ({
  today: async (caller: Caller): Promise<Today> => {
    const company = await shelves.company.read();
    const today = dayOf(clock.now(), company.zone ?? timeZone.parse('UTC'));
    return { company, today, scope: scopeOf(company, caller, today) };
  },
  find: async (id: LeadId, { scope }: Pick<Today, 'scope'>): Promise<FoundLead | undefined> => {
    const found = await shelves.leads.find(id);
    return found !== undefined && maySee(scope, found.lead.owner?.repId ?? null) ? found : undefined;
  },
});
