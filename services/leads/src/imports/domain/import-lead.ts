import {
  leadAmended,
  leadAssigned,
  leadCaptured,
  leadConverted,
  leadCorrected,
  personFields,
  type Account,
  type LeadFact,
  type LeadRow,
  type PersonFields,
} from '@meilenstein/contracts';
import {
  refused,
  type Claim,
  type Decision,
  type Facts,
  type Instant,
  type LeadId,
  type OpportunityId,
  type Refusal,
  type RepId,
  type SourceId,
  type TeamId,
} from '@meilenstein/kernel';
import { assignByRules, type AssignmentContext, type AssignmentDecision } from '../../assignment/domain/assign-by-rules.ts';
import { withAssessment } from '../../qualification/domain/assess-lead.ts';
import { factsAtCapture } from '../../capture/domain/capture-lead.ts';
import { countryOf } from '../../identity/domain/country.ts';
import { noLead, type CapturedLead, type Lead } from '../../lead/domain/lead.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import { changedTexts, isSamePerson, isWorkedOn, rowDifferences, timesOf, removedFields } from './row-differences.ts';

export type ImportedOwner = { readonly repId: RepId; readonly atCapture: TeamId; readonly atConversion: TeamId };

/** A row of leads from another system, with its ids and its owner in the organisation. */
export type ImportLead = {
  readonly leadId: LeadId;
  readonly sourceId: SourceId;
  readonly row: LeadRow;
  /** the company that was named, or the private person's own id without a name */
  readonly account: Account;
  /** the owner in the other system; null: none, and the lead is routed like any other */
  readonly owner: ImportedOwner | null;
  readonly opportunityId: OpportunityId | null;
  readonly rulesInForce: RulesInForce;
  /** the key of the person: the e-mail address, or the phone number of somebody without one */
  readonly personOf: (fields: PersonFields) => Claim | undefined;
  readonly now: Instant;
};

const conversion = (command: ImportLead): readonly LeadFact[] => {
  const { leadId, sourceId, row, account, owner, opportunityId } = command;
  if (row.converted === undefined || opportunityId === null || owner === null) return [];
  const data = {
    leadId,
    opportunityId,
    processId: null,
    sourceId,
    account,
    repId: owner.repId,
    teamId: owner.atConversion,
    capturedAt: row.occurredAt,
  };
  return [leadConverted.of(data, timesOf(row.converted))];
};

const captureFact = ({ leadId, sourceId, row, account }: ImportLead, claims: readonly Claim[]): LeadFact =>
  leadCaptured.of(
    { leadId, sourceId, submissionId: null, account: account.name === null ? null : account, country: countryOf(row.person) },
    { ...timesOf(row), confidential: { fields: row.person, keys: [...claims] } },
  );

/** The facts of a new lead, for routing. */
const importedFacts = (command: ImportLead): Facts =>
  factsAtCapture([captureFact(command, [])], command.row.occurredAt, command.rulesInForce.survivorship);

/** An imported lead is scored and qualified as of its own time, by the current rules. */
const capture = (command: ImportLead, claims: readonly Claim[]): readonly LeadFact[] => {
  const { leadId, sourceId, row, owner, rulesInForce } = command;
  const times = timesOf(row);
  const given =
    owner === null
      ? []
      : [leadAssigned.of({ leadId, repId: owner.repId, teamId: owner.atCapture, reason: 'import', candidates: 0 }, times)];
  const facts = [captureFact(command, claims), ...given];
  const touches = [{ kind: 'import', sourceId, at: row.occurredAt }];
  const all = withAssessment(noLead, facts, { touches, rulesInForce, at: row.occurredAt });
  return all.map((fact) => ({ ...fact, ...times }));
};

/** A corrected row replaces the earlier one, with everything that follows from it. */
const correction = (command: ImportLead, claims: readonly Claim[]): readonly LeadFact[] =>
  capture(command, claims).map((fact) => {
    if (fact.name !== 'LeadCaptured') return fact;
    const { data, confidential } = fact;
    return leadCorrected.of(data, { ...timesOf(command.row), ...(confidential === undefined ? {} : { confidential }) });
  });

/** New texts of the row about the person count from now on; until now, people worked on the lead without them. */
const amendment = (before: CapturedLead, command: ImportLead, claims: readonly Claim[]): readonly LeadFact[] => {
  const changed = changedTexts(before, command);
  if (changed.length === 0) return [];
  const custom = changed.filter(([field]) => field.startsWith('custom.')).map(([field, text]) => [field.slice('custom.'.length), text]);
  const own = Object.fromEntries(changed.filter(([field]) => !field.startsWith('custom.')));
  const fields = personFields.parse(custom.length === 0 ? own : { ...own, custom: Object.fromEntries(custom) });
  const filled = changed.map(([field]) => field).toSorted();
  return [
    leadAmended.of(
      { leadId: before.leadId, submissionId: null, filled },
      { occurredAt: command.now, confidential: { fields, keys: [...claims] } },
    ),
  ];
};

export type ImportRefusal = Refusal<'lead-already-worked'>;

const amendWorkedOn = (before: CapturedLead, command: ImportLead, claims: readonly Claim[]): Decision<LeadFact, ImportRefusal> => {
  const [difference] = [...rowDifferences(before, command), ...removedFields(before, command)];
  if (difference !== undefined)
    return refused(
      'lead-already-worked',
      'people or rules have worked on the lead since: change it there, because it is not imported again',
      difference,
    );
  const converts = before.opportunityId === null ? conversion(command) : [];
  return { events: [...amendment(before, command, claims), ...converts], claims };
};

/** Whether the lead must be routed: the row names no owner, and the lead is new or the row named one before. */
const needsRouting = (before: Lead, { owner }: ImportLead): boolean =>
  owner === null && (before.status === 'none' || (before.imported?.owner ?? null) !== null);

/**
 * A row creates its lead once. Importing the same row again changes nothing; a new conversion converts the lead; a corrected row replaces
 * the earlier one as long as nobody has worked on the lead. After that, changes to the person are added and all others are refused.
 * `assignment` holds the facts of routing for a lead without an owner.
 */
export const importLead = (before: Lead, command: ImportLead, assignment: readonly LeadFact[] = []): Decision<LeadFact, ImportRefusal> => {
  const key = command.personOf(command.row.person);
  if (before.status === 'none') {
    const claims = key === undefined ? [] : [key];
    return { events: [...capture(command, claims), ...assignment, ...conversion(command)], claims };
  }
  if (before.status === 'erased') return { events: [] };
  const isHeld = key === undefined || before.keys.some(({ value }) => value === key.value);
  const claims = isHeld ? [] : [key];
  if (isWorkedOn(before, command)) return amendWorkedOn(before, command, claims);
  if (rowDifferences(before, command).length === 0 && isSamePerson(before, command))
    return { events: before.opportunityId === null ? conversion(command) : [] };
  return { events: [...correction(command, claims), ...assignment, ...conversion(command)], claims };
};

/** A row without an owner is routed by the rules, as if it had come from a form. */
export const importUnassignedLead = (
  before: Lead,
  command: ImportLead,
  { routing, accountOwner }: Pick<AssignmentContext, 'routing' | 'accountOwner'>,
): AssignmentDecision<ImportRefusal> => {
  if (!needsRouting(before, command)) return { decision: importLead(before, command), rotation: null };
  const { facts, rotation } = assignByRules(routing, { leadId: command.leadId, facts: importedFacts(command), accountOwner });
  return { decision: importLead(before, command, facts), rotation };
};
