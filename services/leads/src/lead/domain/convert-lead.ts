import { leadConverted, type Account, type LeadFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type OpportunityId, type ProcessId, type Refusal, type TeamId } from '@meilenstein/kernel';
import type { Lead } from './lead.ts';

export type ConvertLead = {
  readonly opportunityId: OpportunityId;
  readonly processId: ProcessId | null;
  readonly account: Account;
  /** the current team of the owner; undefined if there is none, then the team at the assignment counts */
  readonly teamId: TeamId | undefined;
  /** the first segment that the lead is in */
  readonly segment: string | null;
};

export type ConvertRefusal = Refusal<
  'lead-not-found' | 'lead-converted' | 'lead-disqualified' | 'lead-merged' | 'lead-erased' | 'lead-without-owner'
>;

/** Turns the lead into an opportunity of its owner, once. */
export const convertLead = (before: Lead, command: ConvertLead): Decision<LeadFact, ConvertRefusal> => {
  if (before.status === 'none') return refused('lead-not-found', 'leadId: no lead has this id');
  if (before.status === 'merged') return refused('lead-merged', `leadId: the lead was merged into ${before.mergedInto ?? 'another lead'}`);
  if (before.status === 'erased') return refused('lead-erased', 'leadId: the person was erased');
  if (before.status === 'converted')
    return refused('lead-converted', 'leadId: the lead is an opportunity already; create another one with POST /opportunities');
  if (before.status === 'disqualified')
    return refused(
      'lead-disqualified',
      'leadId: the lead is disqualified; record what the customer said with POST /leads/{leadId}/qualify first',
    );
  if (before.owner === null)
    return refused('lead-without-owner', 'leadId: the lead has no owner; assign it with POST /leads/{leadId}/assign first');
  const { leadId, sourceId, capturedAt, owner } = before;
  const { opportunityId, processId, account, segment } = command;
  const teamId = command.teamId ?? owner.teamId;
  return decided(
    leadConverted.of({ leadId, opportunityId, processId, sourceId, account, repId: owner.repId, teamId, capturedAt, segment }),
  );
};
