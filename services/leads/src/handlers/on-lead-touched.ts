import { consentGiven, consentWithdrawn, leadAmended, leadMerged, leadMergeUndone, leadTouched, submissionCreatedLead } from '@meilenstein/contracts'; // prettier-ignore
import type { LeadId, SubmissionId } from '@meilenstein/kernel';
import { lambda, onEvents, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { assessLead } from '../domain/assess-lead.ts';
import { touchesOf } from '../domain/lead-situation.ts';
import type { KeptSubmission } from '../domain/submission.ts';
import { touchpointsOf } from './known-leads.ts';
import { liveLeads, type LeadsDeps } from './live-leads.ts';

const heard = [submissionCreatedLead, leadTouched, leadAmended, leadMerged, leadMergeUndone, consentGiven, consentWithdrawn] as const;

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

/** Judges a lead anew by all that is known of it. A part of another lead was judged as that one. */
const assess = async (shelves: LeadsDeps['shelves'], id: LeadId, told: SubmissionId | null): Promise<void> => {
  const found = await shelves.leads.find(id);
  if (found === undefined) return;
  if (found.lead.mergedInto !== null) return assess(shelves, found.lead.mergedInto, told);
  const [book, touchpoints] = await Promise.all([shelves.rulebook(), touchpointsOf(shelves, found.lead)]);
  const submissions = await withTold(shelves, touchpoints, told);
  await shelves.leads.change(id, (state) => ({
    events: state.status === 'none' ? [] : assessLead(state, touchesOf(state, submissions), book),
  }));
};

/** After everything that tells something of a person: points, whether it counts again, whether it qualifies. */
export const onLeadTouched = (deps: LeadsDeps, door: EventDoorDeps) =>
  onEvents(heard, ({ data }) => assess(deps.shelves, data.leadId, 'submissionId' in data ? data.submissionId : null), door);
export const handler = lambda(() => onLeadTouched(liveLeads(), liveDoor()));
