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
  checkTimes,
  type ChangeResult,
  type EventConsumerDeps,
  type ImportUploadDeps,
  type RetryWhileMissing,
  type Row,
  type RowOutcome,
  type TakeRows,
} from '@meilenstein/runtime';
import { importOpportunity, type RowResult } from '../domain/import-opportunity.ts';
import { personalFields, type ImportRow } from '../domain/import-row.ts';
import { checkSegment } from '../../opportunities/domain/check-segment.ts';
import { teamsAt } from '../../opportunities/domain/owner-team.ts';
import type { Opportunity } from '../../opportunities/domain/opportunity.ts';
import type { PublishedProcess } from '../../processes/store/process-store.ts';
import { ratesOf, zoneOf } from '../../opportunities/http/current-company.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';

export type ImportDeps = PipelineDeps & ImportUploadDeps;

type ImportContext = {
  readonly system: string;
  readonly company: Company;
  readonly processes: readonly PublishedProcess[];
  /** the segments that exist */
  readonly segments: readonly string[];
  readonly now: Instant;
};
type Line = { readonly number: number; readonly id: OpportunityId; readonly row: OpportunityRow };
/** `namesUnknown`: the row names a rep, a process or a segment that this service does not know, or does not know yet. */
type Rejected = { readonly rejected: RowOutcome; readonly namesUnknown?: true };
type Opening = { readonly opening: OpportunityDimensions } | Rejected;

const rejectedOutcome = (row: number, { code, message, field, value }: Refusal): RowOutcome => ({
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
  { system, company, processes }: ImportContext,
): Opening => {
  const process = processes.find(({ processId }) => processId === row.processId);
  if (process === undefined)
    return {
      rejected: rejectedOutcome(number, {
        code: 'process-not-found',
        message: 'publish the process first',
        field: 'processId',
        value: row.processId,
      }),
      namesUnknown: true,
    };
  const teamId = teamOn(company, row.owner, dayOf(row.occurredAt, zoneOf(company)));
  if (teamId === undefined)
    return {
      rejected: rejectedOutcome(number, {
        code: 'rep-not-found',
        message: `the owner belongs to no team at ${row.occurredAt}`,
        field: 'owner',
        value: row.owner,
      }),
      namesUnknown: true,
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
    return rejectedOutcome(number, { code: 'opportunity-busy', message: 'it was changed at the same time; import the file again' });
  return 'refused' in result ? rejectedOutcome(number, result.refused) : { row: number, state: result.became, id };
};

/** The import of one opportunity's rows. Its decision may run more than once; the results are those of the last run. */
type OpportunityImport = {
  readonly id: OpportunityId;
  readonly lines: readonly Line[];
  readonly rows: readonly ImportRow[];
  /** claims of rows that turned out to belong to another opportunity */
  readonly claimedElsewhere: Set<string>;
  results: readonly RowResult[];
};
type ImportResult = ChangeResult<Opportunity, never>;

const outcomesOf = (opportunityImport: OpportunityImport, result: ImportResult | undefined): RowOutcome[] => {
  const isDone = result !== undefined && 'changed' in result;
  return opportunityImport.lines.map((line, index) => outcomeOf(line, isDone ? opportunityImport.results[index] : undefined));
};

/** A row that can be decided on, with its opening dimensions where it is an `opportunity` row. */
type ReadableRow = { readonly line: Line; readonly opening: OpportunityDimensions | undefined; readonly namesUnknown?: true };

const readRow = (text: Row, context: ImportContext): ReadableRow | Rejected => {
  const parsed = parseRow(opportunityRow, text, personalFields);
  if ('rejected' in parsed) return parsed;
  const { value: row } = parsed;
  const rejectedByTime = checkTimes(text.row, row, context.now);
  if (rejectedByTime !== undefined) return { rejected: rejectedByTime };
  const line = { number: text.row, id: idOf(context.system, row), row };
  if (row.kind !== 'opportunity') return { line, opening: undefined };
  const opened = openingOf({ ...line, row }, context);
  if ('rejected' in opened) return opened;
  // The opportunity may have the segment from an earlier import, so the rule decides.
  const isUnknown = checkSegment(row.segment, context.segments) !== undefined;
  return { line, opening: opened.opening, ...(isUnknown ? { namesUnknown: true } : {}) };
};

/** The claim that binds a row to one opportunity, so that it cannot be imported for a second one. An estimate has none. */
const rowClaimOf = (system: string, { row }: Line): Claim | undefined =>
  row.kind === 'opportunity' || row.kind === 'estimate' ? undefined : { kind: 'row', value: deriveId(row.kind, system, row.externalId) };

const orderIdOf = (system: string, { id, row }: Line): string | undefined =>
  row.kind === 'order' ? deriveId('order', system, id, row.externalId) : undefined;

const decideImport = (opportunityImport: OpportunityImport) => (state: Opportunity) => {
  const { events, claims, results } = importOpportunity(state, opportunityImport.rows, opportunityImport.claimedElsewhere);
  opportunityImport.results = results;
  return { events, claims };
};

/** Decides again without the rows that another opportunity has claimed. */
const retryWithoutClaimedRows = async (
  { opportunities }: PipelineDeps['stores'],
  opportunityImport: OpportunityImport,
  first: ImportResult | undefined,
): Promise<ImportResult | undefined> => {
  let result = first;
  while (result !== undefined && 'taken' in result) {
    opportunityImport.claimedElsewhere.add(result.taken.value);
    result = await opportunities.change<never>(opportunityImport.id, decideImport(opportunityImport), { origin: 'import' });
  }
  return result;
};

const readRows = async ({ stores, clock }: PipelineDeps, rows: readonly Row[], system: string) => {
  const [company, processes, segments] = await Promise.all([stores.company.read(), stores.processes.all(), stores.segments.ids()]);
  const read = rows.map((text) => readRow(text, { system, company, processes, segments, now: clock.now() }));
  return { company, processes, segments, read };
};

/** Imports a chunk: the rows of one opportunity are one decision, and many decisions share a transaction. */
const takeRows =
  (deps: PipelineDeps) =>
  (retryWhileMissing: RetryWhileMissing): TakeRows =>
  async (rows, system) => {
    const { stores } = deps;
    const { company, processes, segments, read } = await retryWhileMissing(
      () => readRows(deps, rows, system),
      (found) => found.read.some((line) => 'namesUnknown' in line),
    );
    const rateOf = ratesOf(company);
    const teamAt = teamsAt(company, zoneOf(company));
    const byOpportunity = Map.groupBy(
      read.flatMap((row) => ('line' in row ? [row] : [])),
      ({ line }) => line.id,
    );
    const opportunityImports = await Promise.all(
      [...byOpportunity].map(async ([id, group]): Promise<OpportunityImport> => {
        // The opening row need not come first: rows before it are refused, rows after it are imported.
        const opening = group.find((row) => row.opening !== undefined)?.opening;
        const milestones = await milestonesFor(stores, id, opening, processes);
        const importRows = group.map(({ line, opening: openingOfRow }) => ({
          row: line.row,
          opening: openingOfRow,
          orderId: orderIdOf(system, line),
          rowClaim: rowClaimOf(system, line),
          milestones,
          segments,
          rateOf,
          teamAt,
        }));
        return { id, lines: group.map(({ line }) => line), rows: importRows, claimedElsewhere: new Set(), results: [] };
      }),
    );
    const entries = opportunityImports.map((each) => ({ id: each.id, decide: decideImport(each) }));
    const first = await stores.opportunities.changeMany<never>(entries, 'import');
    const results = await Promise.all(opportunityImports.map((each, index) => retryWithoutClaimedRows(stores, each, first[index])));
    const outcomes = read.flatMap((row) => ('rejected' in row ? [row.rejected] : []));
    return [...outcomes, ...opportunityImports.flatMap((each, index) => outcomesOf(each, results[index]))].toSorted(
      (a, b) => a.row - b.row,
    );
  };

const milestonesFor = async (
  stores: PipelineDeps['stores'],
  id: OpportunityId,
  opening: OpportunityDimensions | undefined,
  processes: readonly PublishedProcess[],
) => {
  const existing = (await stores.opportunities.find(id))?.opportunity.dimensions ?? opening;
  if (existing === undefined) return [];
  const newest = processes.find(({ processId }) => processId === existing.processId);
  return newest?.version === existing.processVersion
    ? newest.milestones
    : stores.processes.milestonesOf(existing.processId, existing.processVersion);
};

/** Imports every uploaded file, chunk by chunk. */
export const importOpportunities = (deps: ImportDeps, consumer: EventConsumerDeps) => onImportUploaded(deps, takeRows(deps), consumer);
