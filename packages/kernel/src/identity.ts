import * as z from 'zod';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, 'an id has 1 to 80 letters, digits, _ or -, such as rep-north-1');

export const leadId = id.brand<'LeadId'>();
export type LeadId = z.infer<typeof leadId>;
export const submissionId = id.brand<'SubmissionId'>();
export type SubmissionId = z.infer<typeof submissionId>;
export const sourceId = id.brand<'SourceId'>();
export type SourceId = z.infer<typeof sourceId>;
export const opportunityId = id.brand<'OpportunityId'>();
export type OpportunityId = z.infer<typeof opportunityId>;
export const processId = id.brand<'ProcessId'>();
export type ProcessId = z.infer<typeof processId>;
export const repId = id.brand<'RepId'>();
export type RepId = z.infer<typeof repId>;
export const teamId = id.brand<'TeamId'>();
export type TeamId = z.infer<typeof teamId>;
export const planId = id.brand<'PlanId'>();
export type PlanId = z.infer<typeof planId>;
export const accountId = id.brand<'AccountId'>();
export type AccountId = z.infer<typeof accountId>;
export const contactId = id.brand<'ContactId'>();
export type ContactId = z.infer<typeof contactId>;
export const runId = id.brand<'RunId'>();
export const importId = id.brand<'ImportId'>();
