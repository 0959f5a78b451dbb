import { opportunityRow, teamOn, type Company, type OpportunityDimensions, type OpportunityRow } from '@meilenstein/contracts';
import {
  accountId,
  dayOf,
  type Claim,
  leadId,
  opportunityId,
  sourceId,
  toMoney,
  type Instant,
  type OpportunityId,
  type Refusal,
} from '@meilenstein/kernel';
import {
  deriveId,
  onImportUploaded,
  parseRow,
  rejectedTimes,
  type ChangeResult,
  type EventConsumerDeps,
  type ImportUploadDeps,
  type RetryWhileMissing,
  type Row,
  type RowOutcome,
  type TakeRows,
} from '@meilenstein/runtime';
import { importOpportunity, type RowResult } from '../domain/import-opportunity.ts';
import type { ImportRow } from '../domain/import-row.ts';
import type { Opportunity } from '../../opportunities/domain/opportunity.ts';
import type { FoundProcess } from '../../processes/store/process-store.ts';
import { ratesOf, zoneOf } from '../../opportunities/http/company-today.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';

export type ImportDeps = PipelineDeps & ImportUploadDeps;

type Surroundings = {
  readonly system: string;
  readonly company: Company;
  readonly processes: readonly FoundProcess[];
  readonly now: Instant;
};
type Line = { readonly number: number; readonly id: OpportunityId; readonly row: OpportunityRow };
/** `unheard`: it names a rep or a process that this service has not heard of, or not yet. */
type Rejected = { readonly rejected: RowOutcome; readonly unheard?: true };
type Opening = { readonly opening: OpportunityDimensions } | Rejected;

const rejected = (row: number, { code, message, field, value }: Refusal): RowOutcome => ({
  row,
  state: 'rejected',
  field: field ?? null,
  value: value ?? null,
  rule: `${code}: ${message}`,
});

const idOf = (system: string, row: OpportunityRow): OpportunityId => {
  if (row.kind === 'opportunity') return opportunityId.parse(deriveId('opportunity', system, row.externalId));
  return 'opportunityId' in row.opportunity
    ? row.opportunity.opportunityId
    : opportunityId.parse(deriveId('opportunity', system, row.opportunity.externalId));
};

const openingOf = (
  { number, id, row }: Line & { readonly row: Extract<OpportunityRow, { kind: 'opportunity' }> },
  { system, company, processes }: Surroundings,
): Opening => {
  const process = processes.find((one) => one.processId === row.processId);
  if (process === undefined)
    return {
      rejected: rejected(number, {
        code: 'process-not-found',
        message: 'publish the process first',
        field: 'processId',
        value: row.processId,
      }),
      unheard: true,
    };
  const teamId = teamOn(company, row.owner, dayOf(row.occurredAt, zoneOf(company)));
  if (teamId === undefined)
    return {
      rejected: rejected(number, {
        code: 'rep-not-found',
        message: `is in no team at ${row.occurredAt}`,
        field: 'owner',
        value: row.owner,
      }),
      unheard: true,
    };
  const lead = row.leadExternalId;
  return {
    opening: {
      opportunityId: id,
      processId: row.processId,
      processVersion: process.version,
      account: { id: accountId.parse(deriveId('account', system, row.account.externalId)), name: row.account.name },
      leadId: lead === undefined ? null : leadId.parse(deriveId('lead', system, lead)),
      sourceId: lead === undefined ? null : sourceId.parse(`import-${system}`),
      segment: row.segment ?? null,
      repId: row.owner,
      teamId,
      openedAt: row.occurredAt,
      amount: row.amount && toMoney(row.amount),
    },
  };
};

const outcomeOf = ({ number, id }: Line, result: RowResult | undefined): RowOutcome => {
  if (result === undefined)
    return rejected(number, { code: 'opportunity-busy', message: 'somebody else changed it at the same time; import the file again' });
  return 'refused' in result ? rejected(number, result.refused) : { row: number, state: result.became, id };
};

/** What the rows of one opportunity became; the decision may run more than once, the last run counts. */
type Taken = {
  readonly id: OpportunityId;
  readonly lines: readonly Line[];
  readonly rows: readonly ImportRow[];
  /** rows that turned out to be of another opportunity */
  readonly elsewhere: Set<string>;
  results: readonly RowResult[];
};
type Imported = ChangeResult<Opportunity, never>;

const settled = (taken: Taken, result: Imported | undefined): RowOutcome[] => {
  const done = result !== undefined && 'changed' in result;
  return taken.lines.map((line, index) => outcomeOf(line, done ? taken.results[index] : undefined));
};

/** A row that can be decided, with its opening dimensions where it is an `opportunity` row. */
type Readable = { readonly line: Line; readonly opening: OpportunityDimensions | undefined };

const readRow = (text: Row, surroundings: Surroundings): Readable | Rejected => {
  const parsed = parseRow(opportunityRow, text, ['quote', 'account.name', 'by.role']);
  if ('rejected' in parsed) return parsed;
  const { value: row } = parsed;
  const untimely = rejectedTimes(text.row, row, surroundings.now);
  if (untimely !== undefined) return { rejected: untimely };
  const line = { number: text.row, id: idOf(surroundings.system, row), row };
  if (row.kind !== 'opportunity') return { line, opening: undefined };
  const opened = openingOf({ ...line, row }, surroundings);
  return 'rejected' in opened ? opened : { line, opening: opened.opening };
};

/** A row is of one opportunity: it holds its place, so that it cannot be imported for a second one. A guess holds none. */
const placeOf = (system: string, { row }: Line): Claim | undefined =>
  row.kind === 'opportunity' || row.kind === 'estimate' ? undefined : { kind: 'row', value: deriveId(row.kind, system, row.externalId) };

const orderIdOf = (system: string, { id, row }: Line): string | undefined =>
  row.kind === 'order' ? deriveId('order', system, id, row.externalId) : undefined;

const decisionOn = (taken: Taken) => (state: Opportunity) => {
  const { events, claims, results } = importOpportunity(state, taken.rows, taken.elsewhere);
  taken.results = results;
  return { events, claims };
};

/** Where another opportunity holds a row of this one, the others are decided again without it. */
const withoutElsewhere = async (
  { opportunities }: PipelineDeps['stores'],
  taken: Taken,
  first: Imported | undefined,
): Promise<Imported | undefined> => {
  let result = first;
  while (result !== undefined && 'taken' in result) {
    taken.elsewhere.add(result.taken.value);
    result = await opportunities.change<never>(taken.id, decisionOn(taken), { origin: 'import' });
  }
  return result;
};

const readRows = async ({ stores, clock }: PipelineDeps, rows: readonly Row[], system: string) => {
  const [company, processes] = await Promise.all([stores.company.read(), stores.processes.all()]);
  return { company, processes, read: rows.map((text) => readRow(text, { system, company, processes, now: clock.now() })) };
};

/** Takes a chunk: the rows of an opportunity are one decision, many decisions are one transaction. */
const takeRows =
  (deps: PipelineDeps) =>
  (retryWhileMissing: RetryWhileMissing): TakeRows =>
  async (rows, system) => {
    const { stores } = deps;
    const { company, processes, read } = await retryWhileMissing(
      () => readRows(deps, rows, system),
      (found) => found.read.some((one) => 'unheard' in one),
    );
    const rateOf = ratesOf(company);
    const byOpportunity = Map.groupBy(
      read.flatMap((one) => ('line' in one ? [one] : [])),
      ({ line }) => line.id,
    );
    const taken = await Promise.all(
      [...byOpportunity].map(async ([id, group]): Promise<Taken> => {
        // The row that opens it need not be the first one: what stands before it is refused by name, what follows is taken.
        const opening = group.find((one) => one.opening !== undefined)?.opening;
        const milestones = await milestonesFor(stores, id, opening, processes);
        const ofFile = group.map(({ line, opening: own }) => ({
          row: line.row,
          opening: own,
          orderId: orderIdOf(system, line),
          place: placeOf(system, line),
          milestones,
          rateOf,
        }));
        return { id, lines: group.map((one) => one.line), rows: ofFile, elsewhere: new Set(), results: [] };
      }),
    );
    const entries = taken.map((one) => ({ id: one.id, decide: decisionOn(one) }));
    const first = await stores.opportunities.changeMany<never>(entries, 'import');
    const results = await Promise.all(taken.map((one, index) => withoutElsewhere(stores, one, first[index])));
    const outcomes = read.flatMap((one) => ('rejected' in one ? [one.rejected] : []));
    return [...outcomes, ...taken.flatMap((one, index) => settled(one, results[index]))].toSorted((a, b) => a.row - b.row);
  };

const milestonesFor = async (
  stores: PipelineDeps['stores'],
  id: OpportunityId,
  opening: OpportunityDimensions | undefined,
  processes: readonly FoundProcess[],
) => {
  const existing = (await stores.opportunities.find(id))?.opportunity.dimensions ?? opening;
  if (existing === undefined) return [];
  const newest = processes.find((one) => one.processId === existing.processId);
  return newest?.version === existing.processVersion
    ? newest.milestones
    : stores.processes.milestonesOf(existing.processId, existing.processVersion);
};

/** The import job: every uploaded file, chunk by chunk. */
export const importOpportunities = (deps: ImportDeps, consumer: EventConsumerDeps) => onImportUploaded(deps, takeRows(deps), consumer);
