import { leadsOnLeadEscalated, type ReceivedBy } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { LeadsDeps } from '../../live-leads.ts';
import { assignOwner } from '../../assignment/http/assign-owner.ts';

/** Assigns the lead to another rep or to the queue, never to the owner who did not answer. A lead that was answered in the meantime stays. */
const giveToAnother = async (deps: LeadsDeps, { data }: ReceivedBy<typeof leadsOnLeadEscalated>): Promise<void> => {
  const { leadId, repId: from, act } = data;
  if (act !== 'requeue' || from === null) return;
  const found = await deps.stores.leads.find(leadId);
  if (found === undefined || found.lead.answer !== null) return;
  await assignOwner(deps, leadId, { lost: { from, reason: 'not-answered' } });
};

/** Carries out the escalation step that reassigns a lead. */
export const onLeadEscalated = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnLeadEscalated, (event) => giveToAnother(deps, event), consumer);
