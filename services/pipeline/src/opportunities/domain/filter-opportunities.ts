import type { Money, ProcessId, SourceId, TeamId } from '@meilenstein/kernel';
import type { ExistingOpportunity } from './opportunity.ts';

/** What a list or the board may ask; the owner and the status decide what is read. */
export type OpportunityFilter = {
  readonly process?: ProcessId | undefined;
  /** with the teams below it */
  readonly teams?: readonly TeamId[] | undefined;
  /** `none`: without a segment */
  readonly segment?: string | undefined;
  readonly source?: SourceId | undefined;
  /** minor units of the reporting currency, both included */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
};

export const matchesFilter = (
  { dimensions }: Pick<ExistingOpportunity, 'dimensions'>,
  value: Money | null,
  { process, teams, segment, source, min, max }: OpportunityFilter,
): boolean =>
  (process === undefined || dimensions.processId === process) &&
  (teams === undefined || teams.includes(dimensions.teamId)) &&
  (segment === undefined || (dimensions.segment ?? 'none') === segment) &&
  (source === undefined || dimensions.sourceId === source) &&
  (min === undefined || (value !== null && value.minor >= min)) &&
  (max === undefined || (value !== null && value.minor <= max));
