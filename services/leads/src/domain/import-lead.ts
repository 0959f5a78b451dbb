import {
  leadAmended, leadAssigned, leadCaptured, leadConverted, personFields,
  type Account, type LeadFact, type LeadRow, type PersonFields,
} from '@meilenstein/contracts'; // prettier-ignore
import type { Claim, Decision, Facts, Instant, LeadId, OpportunityId, RepId, SourceId, TeamId } from '@meilenstein/kernel';
import { withAssessment } from './assess-lead.ts';
import { firstFacts } from './capture-lead.ts';
import { countryOf } from './country.ts';
import { noLead, type CapturedLead, type Lead } from './lead.ts';
import type { Rulebook } from './rulebook.ts';
import { flat, textsOf } from './survivorship.ts';

export type ImportedOwner = { readonly repId: RepId; readonly atCapture: TeamId; readonly atConversion: TeamId };

/** A row of another system's leads, with what the organisation and the ids say about it. */
export type ImportLead = {
  readonly leadId: LeadId;
  readonly sourceId: SourceId;
  readonly row: LeadRow;
  /** the company that was named, or the private person's own id without a name */
  readonly account: Account;
  /** who owned it there; null: nobody, and it is routed like any other */
  readonly owner: ImportedOwner | null;
  readonly opportunityId: OpportunityId | null;
  readonly book: Rulebook;
  /** the key of the person: the e-mail address, or the phone number of somebody without one */
  readonly personOf: (fields: PersonFields) => Claim | undefined;
  readonly now: Instant;
};

const timesOf = ({ occurredAt, recordedAt }: Pick<LeadRow, 'occurredAt' | 'recordedAt'>) => ({
  occurredAt,
  recordedAt: recordedAt ?? occurredAt,
});

const conversion = (command: ImportLead): readonly LeadFact[] => {
  const { leadId, sourceId, row, account, owner, opportunityId } = command;
  if (row.converted === undefined || opportunityId === null || owner === null) return [];
  const said = {
    leadId,
    opportunityId,
    processId: null,
    sourceId,
    account,
    repId: owner.repId,
    teamId: owner.atConversion,
    capturedAt: row.occurredAt,
  };
  return [leadConverted.of(said, timesOf(row.converted))];
};

const captured = ({ leadId, sourceId, row, account }: ImportLead, claims: readonly Claim[]): LeadFact =>
  leadCaptured.of(
    { leadId, sourceId, submissionId: null, account: account.name === null ? null : account, country: countryOf(row.person) },
    { ...timesOf(row), confidential: { fields: row.person, keys: [...claims] } },
  );

/** The facts of a new lead, for routing. */
export const importedFacts = (command: ImportLead): Facts =>
  firstFacts([captured(command, [])], command.row.occurredAt, command.book.survivorship);

/** What another system brought is scored and qualified as of then, by the rules of today. */
const capture = (command: ImportLead, claims: readonly Claim[]): readonly LeadFact[] => {
  const { leadId, sourceId, row, owner, book } = command;
  const times = timesOf(row);
  const given =
    owner === null
      ? []
      : [leadAssigned.of({ leadId, repId: owner.repId, teamId: owner.atCapture, reason: 'import', candidates: 0 }, times)];
  const facts = [captured(command, claims), ...given];
  const touches = [{ kind: 'import', sourceId, at: row.occurredAt }];
  const all = withAssessment(noLead, facts, { touches, book, at: row.occurredAt });
  return all.map((fact) => ({ ...fact, ...times }));
};

/** What the row says that nobody said before; it counts from now on, because the other system learnt it since. */
const changedFields = ({ known }: CapturedLead, { row }: ImportLead): PersonFields => {
  const news = flat(row.person).filter(([field, text]) => !textsOf(known, field).includes(text));
  const custom = news.filter(([field]) => field.startsWith('custom.')).map(([field, text]) => [field.slice('custom.'.length), text]);
  const own = Object.fromEntries(news.filter(([field]) => !field.startsWith('custom.')));
  return personFields.parse(custom.length === 0 ? own : { ...own, custom: Object.fromEntries(custom) });
};

const amendment = (before: CapturedLead, command: ImportLead, claims: readonly Claim[]): readonly LeadFact[] => {
  const fields = changedFields(before, command);
  const filled = flat(fields).map(([field]) => field).toSorted(); // prettier-ignore
  if (filled.length === 0) return [];
  const confidential = { fields, keys: [...claims] };
  return [leadAmended.of({ leadId: before.leadId, submissionId: null, filled }, { occurredAt: command.now, confidential })];
};

/**
 * A row makes its lead once. The same row again says nothing; changed personal fields amend the lead, a conversion that is new
 * converts it. The owner is not touched again: by then people may have given the lead to somebody else. `placed` is where rules send a
 * lead that nobody owned.
 */
export const importLead = (before: Lead, command: ImportLead, placed: readonly LeadFact[] = []): Decision<LeadFact, never> => {
  const key = command.personOf(command.row.person);
  if (before.status === 'none') {
    const claims = key === undefined ? [] : [key];
    return { events: [...capture(command, claims), ...placed, ...conversion(command)], claims };
  }
  if (before.status === 'erased') return { events: [] };
  const isHeld = key === undefined || before.keys.some(({ value }) => value === key.value);
  const claims = isHeld ? [] : [key];
  return { events: [...amendment(before, command, claims), ...(before.opportunityId === null ? conversion(command) : [])], claims };
};
