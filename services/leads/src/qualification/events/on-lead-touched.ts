import { leadsOnLeadTouched, type LeadFact, type ReceivedBy } from '@meilenstein/contracts';
import type { LeadId, SubmissionId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { assessLead } from '../domain/assess-lead.ts';
import type { Lead } from '../../lead/domain/lead.ts';
import { touchesOf } from '../../lead/domain/lead-situation.ts';
import { customerWrote } from '../../service-levels/domain/service-level-commands.ts';
import type { KeptSubmission } from '../../capture/domain/submission.ts';
import { touchpointsOf } from '../../identity/http/leads-with-facts.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** The index may lag behind the event, so the touchpoint that is told of is looked up itself. */
const withTold = async (
  { submissions }: LeadsDeps['stores'],
  found: readonly KeptSubmission[],
  told: SubmissionId | null,
): Promise<readonly KeptSubmission[]> => {
  if (told === null || found.some((one) => one.submissionId === told)) return found;
  const state = (await submissions.find(told))?.state;
  return state === undefined || state.status === 'none' ? found : [state, ...found];
};

/** The submission that was told of, and whether the person wrote again by it. */
type Occasion = { readonly told: SubmissionId | null; readonly isAgain: boolean };

/** It is our turn since the message came, not since it was read. */
const backBy = (state: Lead, submissions: readonly KeptSubmission[], { told, isAgain }: Occasion): readonly LeadFact[] => {
  const message = isAgain ? submissions.find((one) => one.submissionId === told) : undefined;
  return message === undefined ? [] : customerWrote(state, message.storedAt);
};

/** Judges a lead anew by all that is known of it. A part of another lead was judged as that one. */
const assess = async (stores: LeadsDeps['stores'], id: LeadId, occasion: Occasion): Promise<void> => {
  const found = await stores.leads.find(id);
  if (found === undefined) return;
  if (found.lead.mergedInto !== null) return assess(stores, found.lead.mergedInto, occasion);
  const [rulesInForce, touchpoints] = await Promise.all([stores.rulesInForce(), touchpointsOf(stores, found.lead)]);
  const submissions = await withTold(stores, touchpoints, occasion.told);
  await stores.leads.change(id, (state) => {
    if (state.status === 'none') return { events: [] };
    return { events: [...backBy(state, submissions, occasion), ...assessLead(state, touchesOf(state, submissions), rulesInForce)] };
  });
};

const occasionOf = (event: ReceivedBy<typeof leadsOnLeadTouched>): Occasion => ({
  told: 'submissionId' in event.data ? event.data.submissionId : null,
  isAgain: event.name === 'LeadTouched',
});

/** After everything that tells something of a person: whether we waited for it, points, whether it counts again, whether it qualifies. */
export const onLeadTouched = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnLeadTouched, (event) => assess(deps.stores, event.data.leadId, occasionOf(event)), consumer);
