import { leadRow, teamOn, type Company, type LeadRow, type PersonFields } from '@meilenstein/contracts';
import { dayOf, leadId, opportunityId, sourceId, timeZone, type Claim, type Instant, type RepId, type TeamId } from '@meilenstein/kernel';
import {
  deriveId,
  onImportUploaded,
  parseRow,
  checkTimes,
  type ChangeResult,
  type EventConsumerDeps,
  type ImportUploadDeps,
  type RetryWhileMissing,
  type Row,
  type RowOutcome,
  type TakeRows,
} from '@meilenstein/runtime';
import { importLead, importUnassignedLead, type ImportedOwner, type ImportLead, type ImportRefusal } from '../domain/import-lead.ts';
import type { Lead } from '../../lead/domain/lead.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import { emailAddressOf } from '../../identity/domain/email-address.ts';
import { normalisedEmail } from '../../identity/domain/person.ts';
import { normalisedPhone } from '../../identity/domain/phone-number.ts';
import { accountOf } from '../../identity/http/lead-account.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { loadForNewLead, type LoadedAssignment } from '../../assignment/store/assignment-context.ts';

export type ImportLeadsDeps = LeadsDeps & ImportUploadDeps;

type Surroundings = {
  readonly system: string;
  readonly company: Company;
  readonly rulesInForce: RulesInForce;
  readonly personOf: (fields: PersonFields) => Claim | undefined;
  readonly now: Instant;
};
type Command = { readonly row: number; readonly command: ImportLead };
/** `unknownRep`: it names a rep that this service does not know, or does not know yet. */
type Rejected = { readonly rejected: RowOutcome; readonly unknownRep?: true };
type Read = Command | Rejected;

const rejected = (row: number, field: string | null, rule: string, value: string | null = null): Rejected => ({
  rejected: { row, state: 'rejected', field, value, rule },
});

const teamAt = (company: Company, owner: RepId, at: Instant): TeamId | undefined =>
  teamOn(company, owner, dayOf(at, company.zone ?? timeZone.parse('UTC')));

type Owner = { readonly owner: ImportedOwner | null } | Rejected;

const ownerOf = (number: number, { owner, occurredAt, converted }: LeadRow, company: Company): Owner => {
  if (owner === undefined)
    return converted === undefined ? { owner: null } : rejected(number, 'owner', 'is missing; a converted lead needs an owner');
  if (!company.reps.some((rep) => rep.repId === owner))
    return { ...rejected(number, 'owner', `${owner} is not a rep of the organisation`), unknownRep: true };
  const atCapture = teamAt(company, owner, occurredAt);
  if (atCapture === undefined) return { ...rejected(number, 'owner', `${owner} was in no team at ${occurredAt}`), unknownRep: true };
  const atConversion = (converted && teamAt(company, owner, converted.occurredAt)) ?? atCapture;
  return { owner: { repId: owner, atCapture, atConversion } };
};

/** Without what is wrapped around the address, so that mail can be sent to it. */
const withPlainAddress = (person: PersonFields): PersonFields => {
  const written = person.email === undefined ? undefined : emailAddressOf(person.email)?.written;
  return written === undefined ? person : { ...person, email: written };
};

/** A contact that names nobody, such as a number without its country, is imported; only what is no contact at all is refused. */
const isReachable = ({ email, phone }: PersonFields): boolean =>
  normalisedEmail(email) !== undefined || normalisedPhone(phone) !== undefined;

const readRow = (line: Row, { system, company, rulesInForce, personOf, now }: Surroundings): Read => {
  const parsed = parseRow(leadRow, line, ['person']);
  if ('rejected' in parsed) return parsed;
  const row = { ...parsed.value, person: withPlainAddress(parsed.value.person) };
  const untimely = checkTimes(line.row, row, now) ?? (row.converted && checkTimes(line.row, row.converted, now, 'converted.'));
  if (untimely !== undefined) return { rejected: untimely };
  if (!isReachable(row.person)) return rejected(line.row, 'person', 'has neither a usable e-mail nor a usable phone number');
  const owned = ownerOf(line.row, row, company);
  if ('rejected' in owned) return owned;
  const id = leadId.parse(deriveId('lead', system, row.externalId));
  const opportunity = row.converted && opportunityId.parse(deriveId('opportunity', system, row.converted.opportunityExternalId));
  const command: ImportLead = {
    leadId: id,
    sourceId: sourceId.parse(`import-${system}`),
    row,
    account: accountOf(id, row.person),
    owner: owned.owner,
    opportunityId: opportunity ?? null,
    rulesInForce,
    personOf,
    now,
  };
  return { row: line.row, command };
};

/** Splits a chunk so that no round contains a lead twice; the order of the file is kept. */
const inRounds = (commands: readonly Command[]): readonly (readonly Command[])[] => {
  const rounds: Command[][] = [];
  for (const one of commands) {
    const round = rounds.at(-1);
    if (round === undefined || round.some((other) => other.command.leadId === one.command.leadId)) rounds.push([one]);
    else round.push(one);
  }
  return rounds;
};

type Imported = ChangeResult<Lead, ImportRefusal>;

const outcomeOf = ({ row, command }: Command, result: Imported | undefined): RowOutcome => {
  if (result !== undefined && 'refused' in result) {
    const { code, message, field, value } = result.refused;
    return rejected(row, field ?? null, `${code}: ${message}`, value ?? null).rejected;
  }
  if (result === undefined || !('changed' in result))
    return rejected(row, 'person', 'is already a lead, from another row or source').rejected;
  const { events } = result.changed;
  if (events.length === 0) return { row, state: 'unchanged', id: command.leadId };
  return { row, state: events[0]?.name === 'LeadCaptured' ? 'created' : 'updated', id: command.leadId };
};

/** Imports a chunk of rows with few transactions; a row that was imported before changes nothing. */
const takeRows = (deps: LeadsDeps) => {
  const { stores, clock } = deps;
  /** A row without an owner is routed by the rules, as if it had come from a form. */
  const routed = async (command: ImportLead): Promise<Imported> => {
    const account = command.account.name === null ? null : command.account;
    return stores.leads.changeWith<LoadedAssignment, ImportRefusal>(
      command.leadId,
      () => loadForNewLead(stores, clock, account),
      (lead, context) => importUnassignedLead(lead, command, context),
      { origin: 'import' },
    );
  };

  const readRows = async (lines: readonly Row[], system: string): Promise<readonly Read[]> => {
    const [company, rulesInForce, claims] = await Promise.all([stores.company.read(), stores.rulesInForce(), stores.persons()]);
    const personOf = (fields: PersonFields): Claim | undefined => {
      const { email, phone } = claims.person(fields, null);
      return email ?? phone;
    };
    const surroundings = { system, company, rulesInForce, personOf, now: clock.now() };
    return lines.map((line) => readRow(line, surroundings));
  };

  return (retryWhileMissing: RetryWhileMissing): TakeRows =>
    async (lines, system) => {
      const read = await retryWhileMissing(
        () => readRows(lines, system),
        (found) => found.some((one) => 'unknownRep' in one),
      );
      const outcomes = read.flatMap((one) => ('rejected' in one ? [one.rejected] : []));
      for (const round of inRounds(read.flatMap((one) => ('command' in one ? [one] : [])))) {
        const owned = round.filter(({ command }) => command.owner !== null);
        const entries = owned.map(({ command }) => ({ id: command.leadId, decide: (state: Lead) => importLead(state, command) }));
        const results = await stores.leads.changeMany<ImportRefusal>(entries, 'import');
        outcomes.push(...owned.map((one, index) => outcomeOf(one, results[index])));
        for (const one of round.filter(({ command }) => command.owner === null)) outcomes.push(outcomeOf(one, await routed(one.command)));
      }
      return outcomes.toSorted((a, b) => a.row - b.row);
    };
};

/** The import job: every uploaded file, chunk by chunk. */
export const importLeads = (deps: ImportLeadsDeps, consumer: EventConsumerDeps) => onImportUploaded(deps, takeRows(deps), consumer);
