import { leadRow, teamOn, type Company, type LeadRow, type PersonFields } from '@meilenstein/contracts';
import { dayOf, leadId, opportunityId, sourceId, timeZone, type Claim, type Instant, type TeamId } from '@meilenstein/kernel';
import {
  deriveId, importJob, lambda, onImportUploaded, parseRow, rejectedTimes, setting,
  type ChangeResult, type EventDoorDeps, type ImportUploadDeps, type Row, type RowOutcome,
} from '@meilenstein/runtime'; // prettier-ignore
import { liveBucket } from '@meilenstein/runtime/live-bucket';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { importLead, type ImportLead } from '../domain/import-lead.ts';
import type { Lead } from '../domain/lead.ts';
import type { PointsTable } from '../domain/points.ts';
import { accountOf } from './lead-account.ts';
import { liveLeads, type LeadsDeps } from './live-leads.ts';

export type ImportLeadsDeps = LeadsDeps & ImportUploadDeps;

type Surroundings = {
  readonly system: string;
  readonly company: Company;
  readonly points: PointsTable;
  readonly personOf: (fields: PersonFields) => Claim | undefined;
  readonly now: Instant;
};
type Command = { readonly row: number; readonly command: ImportLead };
type Read = Command | { readonly rejected: RowOutcome };

const rejected = (row: number, field: string | null, rule: string): { readonly rejected: RowOutcome } => ({
  rejected: { row, state: 'rejected', field, value: null, rule },
});

const teamAt = (company: Company, { owner }: Pick<LeadRow, 'owner'>, at: Instant): TeamId | undefined =>
  teamOn(company, owner, dayOf(at, company.zone ?? timeZone.parse('UTC')));

const readRow = (line: Row, { system, company, points, personOf, now }: Surroundings): Read => {
  const parsed = parseRow(leadRow, line, ['person']);
  if ('rejected' in parsed) return parsed;
  const row = parsed.value;
  const untimely = rejectedTimes(line.row, row, now) ?? (row.converted && rejectedTimes(line.row, row.converted, now, 'converted.'));
  if (untimely !== undefined) return { rejected: untimely };
  if (personOf(row.person) === undefined) return rejected(line.row, 'person', 'has neither a usable e-mail nor a usable phone number');
  if (!company.reps.some((rep) => rep.repId === row.owner))
    return rejected(line.row, 'owner', `${row.owner} is no rep of the organisation`);
  const atCapture = teamAt(company, row, row.occurredAt);
  if (atCapture === undefined) return rejected(line.row, 'owner', `${row.owner} belongs to no team at ${row.occurredAt}`);
  const atConversion = (row.converted && teamAt(company, row, row.converted.occurredAt)) ?? atCapture;
  const id = leadId.parse(deriveId('lead', system, row.externalId));
  const opportunity = row.converted && opportunityId.parse(deriveId('opportunity', system, row.converted.opportunityExternalId));
  const command: ImportLead = {
    leadId: id,
    sourceId: sourceId.parse(`import-${system}`),
    row,
    account: accountOf(id, row.person),
    team: { atCapture, atConversion },
    opportunityId: opportunity ?? null,
    points,
    personOf,
    now,
  };
  return { row: line.row, command };
};

/** A lead that comes again in the same chunk waits for the next round, in the order of the file. */
const inRounds = (commands: readonly Command[]): readonly (readonly Command[])[] => {
  const rounds: Command[][] = [];
  for (const one of commands) {
    const round = rounds.at(-1);
    if (round === undefined || round.some((other) => other.command.leadId === one.command.leadId)) rounds.push([one]);
    else round.push(one);
  }
  return rounds;
};

const outcomeOf = ({ row, command }: Command, result: ChangeResult<Lead, never> | undefined): RowOutcome => {
  if (result === undefined || !('changed' in result))
    return rejected(row, 'person', 'is a lead already, from another row or another source').rejected;
  const { events } = result.changed;
  if (events.length === 0) return { row, state: 'unchanged', id: command.leadId };
  return { row, state: events[0]?.name === 'LeadCaptured' ? 'created' : 'updated', id: command.leadId };
};

/** Takes a chunk of rows with few transactions; a row that was taken before changes nothing. */
const takeRows =
  ({ shelves, clock }: LeadsDeps) =>
  async (lines: readonly Row[], system: string): Promise<readonly RowOutcome[]> => {
    const [company, points, claims] = await Promise.all([shelves.company.read(), shelves.points.current(), shelves.persons()]);
    const personOf = (fields: PersonFields): Claim | undefined => {
      const { email, phone } = claims.person(fields, null);
      return email ?? phone;
    };
    const surroundings = { system, company, points, personOf, now: clock.now() };
    const read = lines.map((line) => readRow(line, surroundings));
    const outcomes = read.flatMap((one) => ('rejected' in one ? [one.rejected] : []));
    for (const round of inRounds(read.flatMap((one) => ('command' in one ? [one] : [])))) {
      const entries = round.map(({ command }) => ({ id: command.leadId, decide: (state: Lead) => importLead(state, command) }));
      const results = await shelves.leads.changeMany<never>(entries, 'import');
      outcomes.push(...round.map((one, index) => outcomeOf(one, results[index])));
    }
    return outcomes.toSorted((a, b) => a.row - b.row);
  };

/** The import job: every uploaded file, chunk by chunk. */
export const importLeads = (deps: ImportLeadsDeps, door: EventDoorDeps) => onImportUploaded(deps, takeRows(deps), door);
export const handler = lambda(() => {
  const deps = liveLeads();
  return importLeads(
    { ...deps, imports: importJob({ ...deps, bucket: liveBucket() }), importQueueUrl: setting('IMPORT_QUEUE_URL') },
    liveDoor(),
  );
});
