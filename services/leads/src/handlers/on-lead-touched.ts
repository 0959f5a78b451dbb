import {
  consentGiven,
  consentWithdrawn,
  leadAmended,
  leadMerged,
  leadMergeUndone,
  leadRestored,
  leadTouched,
  submissionCreatedLead,
  type EnvelopeOf,
  type LeadFact,
} from '@meilenstein/contracts';
import type { LeadId, SubmissionId } from '@meilenstein/kernel';
import { lambda, onEvents, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { assessLead } from '../domain/assess-lead.ts';
import type { Lead } from '../domain/lead.ts';
import { touchesOf } from '../domain/lead-situation.ts';
import { customerWrote } from '../domain/service-level/keep-promise.ts';
import type { KeptSubmission } from '../domain/submission.ts';
import { touchpointsOf } from './known-leads.ts';
import { liveLeads, type LeadsDeps } from './live-leads.ts';

const heard = [
  submissionCreatedLead,
  leadTouched,
  leadAmended,
  leadMerged,
  leadMergeUndone,
  leadRestored,
  consentGiven,
  consentWithdrawn,
] as const;

/** The index may lag behind the event, so the touchpoint that is told of is looked up itself. */
const withTold = async (
  { submissions }: LeadsDeps['shelves'],
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
const assess = async (shelves: LeadsDeps['shelves'], id: LeadId, occasion: Occasion): Promise<void> => {
  const found = await shelves.leads.find(id);
  if (found === undefined) return;
  if (found.lead.mergedInto !== null) return assess(shelves, found.lead.mergedInto, occasion);
  const [book, touchpoints] = await Promise.all([shelves.rulebook(), touchpointsOf(shelves, found.lead)]);
  const submissions = await withTold(shelves, touchpoints, occasion.told);
  await shelves.leads.change(id, (state) => {
    if (state.status === 'none') return { events: [] };
    return { events: [...backBy(state, submissions, occasion), ...assessLead(state, touchesOf(state, submissions), book)] };
  });
};

const occasionOf = (event: EnvelopeOf<(typeof heard)[number]>): Occasion => ({
  told: 'submissionId' in event.data ? event.data.submissionId : null,
  isAgain: event.name === 'LeadTouched',
});

/** After everything that tells something of a person: whether we waited for it, points, whether it counts again, whether it qualifies. */
export const onLeadTouched = (deps: LeadsDeps, door: EventDoorDeps) =>
  onEvents(heard, (event) => assess(deps.shelves, event.data.leadId, occasionOf(event)), door);
export const handler = lambda(() => onLeadTouched(liveLeads(), liveDoor()));
