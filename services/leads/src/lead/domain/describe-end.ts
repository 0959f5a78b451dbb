import type { LeadStatus } from '@meilenstein/contracts';

const ends: Readonly<Partial<Record<LeadStatus, string>>> = {
  converted: 'it became an opportunity',
  disqualified: 'it was given up',
  merged: 'it became a part of another lead',
  erased: 'the person was erased',
};

/** How it came that sales has nothing more to do with a lead. */
export const describeEnd = (status: LeadStatus): string => ends[status] ?? 'the lead ended';
