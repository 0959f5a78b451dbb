import { leadsOnLeadTouched, type LeadFact, type ReceivedBy } from '@meilenstein/contracts';
import type { LeadId, SubmissionId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { assessLead } from '../domain/assess-lead.ts';
import type { Lead } from '../../lead/domain/lead.ts';
import { touchesOf } from '../../lead/domain/lead-situation.ts';
import { customerWrote } from '../../service-levels/domain/service-level-commands.ts';
import type { KeptSubmission } from '../../capture/domain/submission.ts';
import { touchpointsOf } from '../../identity/store/touchpoints.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** The index may lag behind the event, so the touchpoint of the event is read directly. */
const withSubmission = async (
  { submissions }: LeadsDeps['stores'],
  found: readonly KeptSubmission[],
  submissionId: SubmissionId | null,
): Promise<readonly KeptSubmission[]> => {
  if (submissionId === null || found.some((one) => one.submissionId === submissionId)) return found;
  const state = (await submissions.find(submissionId))?.state;
  return state === undefined || state.status === 'none' ? found : [state, ...found];
};

/** The submission of the event, and whether the person wrote again with it. */
type Occasion = { readonly submissionId: SubmissionId | null; readonly isAgain: boolean };

/** The customer replied when the message arrived, not when it was read. */
const backBy = (state: Lead, submissions: readonly KeptSubmission[], { submissionId, isAgain }: Occasion): readonly LeadFact[] => {
  const message = isAgain ? submissions.find((one) => one.submissionId === submissionId) : undefined;
  return message === undefined ? [] : customerWrote(state, message.storedAt);
};

/** Assesses a lead again by everything that is known. For a merged lead, the lead that it was merged into is assessed. */
const assess = async (stores: LeadsDeps['stores'], id: LeadId, occasion: Occasion): Promise<void> => {
  const found = await stores.leads.find(id);
  if (found === undefined) return;
  if (found.lead.mergedInto !== null) return assess(stores, found.lead.mergedInto, occasion);
  const [rulesInForce, touchpoints] = await Promise.all([stores.rulesInForce(), touchpointsOf(stores, found.lead)]);
  const submissions = await withSubmission(stores, touchpoints, occasion.submissionId);
  await stores.leads.change(id, (state) => {
    if (state.status === 'none') return { events: [] };
    return { events: [...backBy(state, submissions, occasion), ...assessLead(state, touchesOf(state, submissions), rulesInForce)] };
  });
};

const occasionOf = (event: ReceivedBy<typeof leadsOnLeadTouched>): Occasion => ({
  submissionId: 'submissionId' in event.data ? event.data.submissionId : null,
  isAgain: event.name === 'LeadTouched',
});

/** After everything that adds to a lead: whether the customer replied, the score, requalification and stages. */
export const onLeadTouched = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnLeadTouched, (event) => assess(deps.stores, event.data.leadId, occasionOf(event)), consumer);
