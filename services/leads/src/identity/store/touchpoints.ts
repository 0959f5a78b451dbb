import { leadId, type LeadId } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import type { KeptSubmission } from '../../capture/domain/submission.ts';
import type { SubmissionStore } from '../../capture/store/submission-store.ts';
import type { LeadStore } from '../../lead/store/lead-store.ts';

const maxTouchpoints = 100;

type Records = { readonly leads: Pick<LeadStore, 'find'> };

/** The records of a person: a lead and, recursively, those it absorbed. */
export const recordsOf = async (stores: Records, lead: Pick<CapturedLead, 'leadId' | 'absorbed'>): Promise<readonly LeadId[]> => {
  const absorbed = Object.keys(lead.absorbed).map((id) => leadId.parse(id));
  const below = await Promise.all(
    absorbed.map(async (id) => {
      const found = await stores.leads.find(id);
      return found === undefined ? [id] : recordsOf(stores, found.lead);
    }),
  );
  return [lead.leadId, ...below.flat()];
};

/** The submissions of all records of a person, the newest first. */
export const touchpointsOf = async (
  stores: Records & { readonly submissions: Pick<SubmissionStore, 'touchpointsOf'> },
  lead: Pick<CapturedLead, 'leadId' | 'absorbed'>,
): Promise<readonly KeptSubmission[]> => stores.submissions.touchpointsOf(await recordsOf(stores, lead), maxTouchpoints);
