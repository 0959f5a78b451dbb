import type { LeadStatus } from '@meilenstein/contracts';
import type { SourceId, TeamId } from '@meilenstein/kernel';
import { isOpen } from './is-open.ts';
import type { CapturedLead } from './lead.ts';

/** What a list may ask of the state of a lead; points are as of now and are asked elsewhere. */
export type LeadFilter = {
  readonly status?: 'open' | LeadStatus | undefined;
  /** with the teams below it */
  readonly teams?: readonly TeamId[] | undefined;
  readonly queue?: string | undefined;
  readonly source?: SourceId | undefined;
};

export const matchesFilter = (lead: CapturedLead, { status, teams, queue, source }: LeadFilter): boolean => {
  const team = lead.owner?.teamId ?? lead.queue?.teamId ?? null;
  return (
    (status === undefined || (status === 'open' ? isOpen(lead) : lead.status === status)) &&
    (teams === undefined || (team !== null && teams.includes(team))) &&
    (queue === undefined || lead.queue?.queueId === queue) &&
    (source === undefined || lead.sourceId === source)
  );
};
