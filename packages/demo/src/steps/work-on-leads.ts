import { leadHead, type LeadHead, type LeadView, type OpportunityView } from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { advance } from './new-business.ts';
import { apiClient } from '../client/api-client.ts';

export type LeadCounts = { readonly stages: Readonly<Record<string, number>>; readonly grades: Readonly<Record<string, number>> };

const tally = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(names)].toSorted().map((name) => [name, names.filter((one) => one === name).length]));

/** How many leads have which stage and which grade. */
export const countLeads = (leads: readonly LeadView[]): LeadCounts => ({
  stages: tally(leads.map((lead) => lead.status)),
  grades: tally(leads.map((lead) => lead.grade ?? 'none')),
});

/** A lead of the morning and whose it is. */
export const ownedLead = z.object({ leadId: z.string(), owner: z.string() });
export type OwnedLead = z.infer<typeof ownedLead>;

/** A rep sends a command about a lead, unless it was sent before. */
const command = async (
  cloud: Cloud,
  { leadId, owner }: OwnedLead,
  { verb, body, isDone }: { readonly verb: string; readonly body: unknown; readonly isDone: (lead: LeadHead) => boolean },
): Promise<LeadHead> => {
  const rep = await apiClient(cloud, 'rep', `login-${owner}`);
  const { body: found, etag = '' } = await rep.ask('GET', `/leads/${leadId}`);
  const before = leadHead.parse(found);
  if (isDone(before)) return before;
  return rep.send(leadHead, 'POST', `/leads/${leadId}/${verb}`, { body, ifMatch: etag, key: `${leadId}-${verb}` });
};

/** Reps talk to the last two leads: one names its need and is ready for sales, the other finds the price too high. `on`: the day before. */
export const talkToLeads = async (cloud: Cloud, leads: readonly OwnedLead[], on: string): Promise<void> => {
  const need = { value: 'A second saw', evidence: 'Call, noted by the rep', on };
  const [ready, dear] = leads.slice(-2);
  if (ready !== undefined) await command(cloud, ready, { verb: 'qualify', body: { need }, isDone: () => false });
  const refusal = { reason: 'price-problem', note: 'Found it too dear' };
  if (dear !== undefined)
    await command(cloud, dear, { verb: 'disqualify', body: refusal, isDone: (lead) => lead.status === 'disqualified' });
};

/** The first eight leads become opportunities of their owners. */
export const convertLeads = async (cloud: Cloud, leads: readonly OwnedLead[]): Promise<readonly string[]> => {
  const opened: string[] = [];
  for (const lead of leads.slice(0, 8)) {
    const converted = await command(cloud, lead, { verb: 'convert', body: {}, isDone: (one) => one.opportunityId !== null });
    opened.push(converted.opportunityId ?? '');
  }
  return opened;
};

/** Gives three leads of the morning that are still open to one rep, who then has answers to give today. */
export const giveOpenLeads = async (cloud: Cloud, leads: readonly OwnedLead[], repId: string): Promise<void> => {
  const operations = await apiClient(cloud, 'operations', 'login-operations');
  for (const { leadId } of leads.slice(8, 11)) {
    const { body: found, etag = '' } = await operations.ask('GET', `/leads/${leadId}`);
    const { owner, status } = leadHead.parse(found);
    if (owner?.repId === repId || status === 'disqualified') continue;
    await operations.send(leadHead, 'POST', `/leads/${leadId}/assign`, {
      body: { repId },
      ifMatch: etag,
      key: `${leadId}-assign-${repId}`,
    });
  }
};

export type Moved = { readonly milestones: number; readonly won: readonly OpportunityView[] };

const steps = [5, 5, 3, 2, 1];

/** Five opportunities move on their customers' evidence, two as far as the order. */
export const moveOpportunities = async (cloud: Cloud, leads: readonly OwnedLead[], opportunities: readonly string[]): Promise<Moved> => {
  const won: OpportunityView[] = [];
  let moved = 0;
  for (const [n, milestones] of steps.entries()) {
    const [id, lead] = [opportunities[n], leads[n]];
    if (id === undefined || lead === undefined) continue;
    const view = await advance(cloud, id, lead.owner, { milestones, amount: `${42_500 + n * 1_250}.50` });
    moved += milestones;
    if (view.status === 'won') won.push(view);
  }
  return { milestones: moved, won };
};
