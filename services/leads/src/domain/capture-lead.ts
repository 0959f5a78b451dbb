import {
  leadAmended,
  leadAssigned,
  leadCaptured,
  leadScored,
  type Account,
  type LeadFact,
  type PersonFields,
} from '@meilenstein/contracts';
import { decided, type Claim, type Decision, type LeadId, type SourceId, type SubmissionId } from '@meilenstein/kernel';
import type { Lead } from './lead.ts';
import { blanksFilled, countryOf } from './person.ts';
import { scoreOf, type PointsTable } from './points.ts';
import type { Choice } from './pool.ts';

export type CaptureLead = {
  readonly leadId: LeadId;
  readonly sourceId: SourceId;
  readonly submissionId: SubmissionId;
  readonly fields: PersonFields;
  /** null where no company was named */
  readonly account: Account | null;
  /** one lead for each person: the unique key made from the e-mail or the phone number */
  readonly person: Claim;
  readonly points: PointsTable;
};

/** A new person becomes a lead, scored and owned in the same breath; without anybody eligible it waits without an owner. */
export const captureLead = (before: Lead, command: CaptureLead, choice: Choice | undefined): Decision<LeadFact, never> => {
  if (before.status !== 'none') return decided();
  const { leadId, sourceId, submissionId, fields, account } = command;
  const score = scoreOf(command.points, fields);
  return {
    events: [
      leadCaptured.of({ leadId, sourceId, submissionId, account, country: countryOf(fields) }, { confidential: { fields } }),
      ...(score === null ? [] : [leadScored.of({ leadId, ...score, rules: [...score.rules] })]),
      ...(choice === undefined ? [] : [leadAssigned.of({ leadId, ...choice, reason: 'fair-choice' })]),
    ],
    claims: [command.person],
  };
};

/** A further submission of the same person fills what is blank; what is known is not overwritten by a form. */
export const amendLead = (
  before: Lead,
  command: { readonly submissionId: SubmissionId; readonly fields: PersonFields },
): Decision<LeadFact, never> => {
  if (before.status === 'none') return decided();
  const fields = blanksFilled(before.person, command.fields);
  const filled = Object.keys(fields).toSorted();
  if (filled.length === 0) return decided();
  return decided(leadAmended.of({ leadId: before.leadId, submissionId: command.submissionId, filled }, { confidential: { fields } }));
};
