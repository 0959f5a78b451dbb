import {
  leadAmended, leadAssigned, leadCaptured, leadConverted, leadScored,
  type Account, type LeadFact, type LeadRow, type PersonFields,
} from '@meilenstein/contracts'; // prettier-ignore
import type { Claim, Decision, LeadId, OpportunityId, SourceId, TeamId } from '@meilenstein/kernel';
import type { CapturedLead, Lead } from './lead.ts';
import { countryOf } from './person.ts';
import { scoreOf, type PointsTable } from './points.ts';

/** A row of another system's leads, with what the organisation and the ids say about it. */
export type ImportLead = {
  readonly leadId: LeadId;
  readonly sourceId: SourceId;
  readonly row: LeadRow;
  /** the company that was named, or the private person's own id without a name */
  readonly account: Account;
  readonly team: { readonly atCapture: TeamId; readonly atConversion: TeamId };
  readonly opportunityId: OpportunityId | null;
  readonly points: PointsTable;
  readonly personOf: (fields: PersonFields) => Claim | undefined;
};

const timesOf = ({ occurredAt, recordedAt }: Pick<LeadRow, 'occurredAt' | 'recordedAt'>) => ({
  occurredAt,
  recordedAt: recordedAt ?? occurredAt,
});

const conversion = (command: ImportLead): readonly LeadFact[] => {
  const { leadId, sourceId, row, account, team, opportunityId } = command;
  if (row.converted === undefined || opportunityId === null) return [];
  const said = {
    leadId,
    opportunityId,
    processId: null,
    sourceId,
    account,
    repId: row.owner,
    teamId: team.atConversion,
    capturedAt: row.occurredAt,
  };
  return [leadConverted.of(said, timesOf(row.converted))];
};

const capture = (command: ImportLead): readonly LeadFact[] => {
  const { leadId, sourceId, row, account, team, points } = command;
  const times = timesOf(row);
  const score = scoreOf(points, row.person);
  const named = account.name === null ? null : account;
  return [
    leadCaptured.of(
      { leadId, sourceId, submissionId: null, account: named, country: countryOf(row.person) },
      { ...times, confidential: { fields: row.person } },
    ),
    ...(score === null ? [] : [leadScored.of({ leadId, ...score, rules: [...score.rules] }, times)]),
    leadAssigned.of({ leadId, repId: row.owner, teamId: team.atCapture, reason: 'import', candidates: 0 }, times),
  ];
};

const changedFields = (known: PersonFields, given: PersonFields): PersonFields => {
  const before: Readonly<Record<string, string | undefined>> = known;
  return Object.fromEntries(Object.entries(given).filter(([field, value]) => before[field] !== value));
};

const amendment = (before: CapturedLead, command: ImportLead): readonly LeadFact[] => {
  const fields = changedFields(before.person, command.row.person);
  const filled = Object.keys(fields).toSorted();
  return filled.length === 0 ? [] : [leadAmended.of({ leadId: before.leadId, submissionId: null, filled }, { confidential: { fields } })];
};

const sameClaim = (a: Claim | undefined, b: Claim | undefined): boolean => a?.value === b?.value;

/**
 * A row makes its lead once. The same row again says nothing; changed personal fields amend the lead, a conversion that is new
 * converts it. The owner is not touched again: by then people may have given the lead to somebody else.
 */
export const importLead = (before: Lead, command: ImportLead): Decision<LeadFact, never> => {
  const now = command.personOf(command.row.person);
  if (before.status === 'none') return { events: [...capture(command), ...conversion(command)], claims: now === undefined ? [] : [now] };
  const events = [...amendment(before, command), ...(before.status === 'converted' ? [] : conversion(command))];
  const held = command.personOf(before.person);
  const merged = command.personOf({ ...before.person, ...command.row.person });
  if (merged === undefined || sameClaim(held, merged)) return { events };
  return { events, claims: [merged], releases: held === undefined ? [] : [held] };
};
