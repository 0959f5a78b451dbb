import { leadsStartFollowUp, type ReceivedBy } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { startFollowUp } from '../domain/follow-up-commands.ts';
import { sequenceFor } from '../domain/follow-up-sequence.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { qualify } from '../../qualification/domain/qualification.ts';
import { leadWithFacts } from '../../identity/http/leads-with-facts.ts';
import { touchpointsOf } from '../../identity/store/touchpoints.ts';
import type { LeadsDeps } from '../../live-leads.ts';

type Occasion = ReceivedBy<typeof leadsStartFollowUp>;

/** The reason of a disqualified lead, otherwise the first category of the criteria that matches. */
const categoryOf = async ({ stores }: LeadsDeps, lead: CapturedLead, { occurredAt: at }: Occasion): Promise<string | null> => {
  if (lead.status === 'disqualified') return lead.disqualified?.reason ?? null;
  const rulesInForce = await stores.rulesInForce();
  if (rulesInForce.qualification.criteria === null) return null;
  const { facts } = leadWithFacts(lead, await touchpointsOf(stores, lead), rulesInForce);
  return qualify(rulesInForce.qualification.criteria, facts, at).category;
};

const follow = async (deps: LeadsDeps, event: Occasion): Promise<void> => {
  if (event.origin === 'import') return;
  const { leads, followUps } = deps.stores;
  const { leadId } = event.data;
  const [found, { version, sequences }] = await Promise.all([leads.find(leadId), followUps.current()]);
  if (found === undefined || sequences.length === 0) return;
  const category = await categoryOf(deps, found.lead, event);
  const command = { sequencesVersion: version, category, at: event.occurredAt };
  await leads.change(leadId, (state) => {
    const sequence = sequenceFor(sequences, { category, status: state.status });
    return startFollowUp(state, { ...command, sequence });
  });
};

/** Starts a sequence with the first owner or after requalification, and another one if the stage, category or disqualification calls for it. */
export const startFollowUps = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsStartFollowUp, (event) => follow(deps, event), consumer);
