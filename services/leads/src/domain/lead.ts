import { account, leadStatus, personFields, type Happened, type LeadFact } from '@meilenstein/contracts';
import { instant, leadId, opportunityId, repId, sourceId, submissionId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';

/** One person's interest. `new` until it is converted; personal fields live only here and are gone after erasure. */
export const lead = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: leadStatus,
    leadId,
    sourceId,
    submissionId: submissionId.nullable(),
    capturedAt: instant,
    person: personFields,
    account: account.nullable(),
    score: z.object({ score: z.int(), rules: z.array(z.string()), pointsVersion: z.int().positive() }).nullable(),
    owner: z.object({ repId, teamId, assignedAt: instant, reason: z.string() }).nullable(),
    opportunityId: opportunityId.nullable(),
  }),
]);
export type Lead = z.infer<typeof lead>;
export type CapturedLead = Exclude<Lead, { status: 'none' }>;

export const noLead: Lead = { status: 'none' };

const captured = (fact: Extract<Happened<LeadFact>, { name: 'LeadCaptured' }>): CapturedLead => ({
  status: 'new',
  leadId: fact.data.leadId,
  sourceId: fact.data.sourceId,
  submissionId: fact.data.submissionId,
  capturedAt: fact.occurredAt,
  person: fact.confidential?.fields ?? {},
  account: fact.data.account,
  score: null,
  owner: null,
  opportunityId: null,
});

export const evolveLead = (before: Lead, fact: Happened<LeadFact>): Lead => {
  if (fact.name === 'LeadCaptured') return captured(fact);
  if (before.status === 'none') return before;
  switch (fact.name) {
    case 'LeadAmended':
      return { ...before, person: { ...before.person, ...fact.confidential?.fields } };
    case 'LeadScored': {
      const { score, rules, pointsVersion } = fact.data;
      return { ...before, score: { score, rules, pointsVersion } };
    }
    case 'LeadAssigned': {
      const { repId, teamId, reason } = fact.data;
      return { ...before, owner: { repId, teamId, assignedAt: fact.occurredAt, reason } };
    }
    case 'LeadConverted':
      return { ...before, status: 'converted', opportunityId: fact.data.opportunityId };
  }
};
