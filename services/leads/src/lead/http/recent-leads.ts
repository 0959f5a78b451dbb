import type { Caller } from '@meilenstein/contracts';
import { addMillis, type Instant, type RepId } from '@meilenstein/kernel';
import type { CapturedLead } from '../domain/lead.ts';
import type { LeadHistory } from '../../scoring/domain/decision-times.ts';
import { touchpointsOf } from '../../identity/store/touchpoints.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { visibleLeads } from './visible-lead.ts';

const dayMillis = 86_400_000;

export type RecentLeads = { readonly leads: readonly CapturedLead[]; readonly next: string | null; readonly from: Instant };

/** The leads of the last days that a caller may see, by owner, the newest first. */
export const recentLeads = async (
  deps: LeadsDeps,
  caller: Caller,
  { days, ...page }: { readonly days: number; readonly limit: number; readonly cursor?: string | undefined },
): Promise<RecentLeads> => {
  const { company, scope } = await visibleLeads(deps).today(caller);
  const owners: readonly (RepId | null)[] = scope.kind === 'reps' ? scope.reps : [...company.reps.map((rep) => rep.repId), null];
  const from = addMillis(deps.clock.now(), -days * dayMillis);
  const found = await deps.stores.leads.ofOwners(owners, { ...page, from });
  return { leads: found.items.map((one) => one.lead), next: found.next, from };
};

/** Everything that happened to a lead. */
export const pastOf = async ({ stores }: LeadsDeps, lead: CapturedLead): Promise<LeadHistory> => {
  const [history, submissions] = await Promise.all([stores.leads.historyOf(lead.leadId), touchpointsOf(stores, lead)]);
  return { history, submissions };
};
