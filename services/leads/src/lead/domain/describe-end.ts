import type { LeadStatus } from '@meilenstein/contracts';

const ends: Readonly<Partial<Record<LeadStatus, string>>> = {
  converted: 'it became an opportunity',
  disqualified: 'it was disqualified',
  merged: 'it was merged into another lead',
  erased: 'the person was erased',
};

/** Why a lead is closed, in words. */
export const describeEnd = (status: LeadStatus): string => ends[status] ?? 'the lead ended';
