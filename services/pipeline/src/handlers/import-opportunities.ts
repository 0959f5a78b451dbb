import { opportunityRow, teamOn, type Company, type OpportunityDimensions, type OpportunityRow } from '@meilenstein/contracts';
import {
  accountId,
  dayOf,
  epochMillis,
  leadId,
  opportunityId,
  sourceId,
  toMoney,
  type OpportunityId,
  type Refusal,
} from '@meilenstein/kernel';
import {
  deriveId, importJob, importOfKey, lambda, onObjectCreated, parseRow, setting,
  type Bucket, type ChangeResult, type EventDoorDeps, type Row, type RowOutcome,
} from '@meilenstein/runtime'; // prettier-ignore
import { liveBucket } from '@meilenstein/runtime/live-bucket';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { importOpportunity, type ImportRow, type RowResult } from '../domain/import-opportunity.ts';
import type { Opportunity } from '../domain/opportunity.ts';
import type { FoundProcess } from '../store/process-store.ts';
import { ratesOf, zoneOf } from './company-today.ts';
import { livePipeline, type PipelineDeps } from './live-pipeline.ts';

export type ImportDeps = PipelineDeps & { readonly bucket: Bucket; readonly importQueueUrl: string };

/** Work that one call takes on; below the function's time-out. */
const mostMillis = 10 * 60_000;

type Surroundings = { readonly system: string; readonly company: Company; readonly processes: readonly FoundProcess[] };
type Line = { readonly number: number; readonly id: OpportunityId; readonly row: OpportunityRow };
type Opening = { readonly opening: OpportunityDimensions } | { readonly rejected: RowOutcome };

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
        code: 'process-is-unknown',
        message: 'publish the process first',
        field: 'processId',
        value: row.processId,
      }),
    };
  const teamId = teamOn(company, row.owner, dayOf(row.occurredAt, zoneOf(company)));
  if (teamId === undefined)
    return {
      rejected: rejected(number, {
        code: 'rep-is-unknown',
        message: `is in no team at ${row.occurredAt}`,
        field: 'owner',
        value: row.owner,
      }),
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

const outcomeOf = ({ number, id, row }: Line, result: RowResult | undefined, created: boolean): RowOutcome => {
  if (result === undefined)
    return rejected(number, { code: 'opportunity-is-busy', message: 'somebody else changed it at the same time; import the file again' });
  if ('refused' in result) return rejected(number, result.refused);
  if (!result.changed) return { row: number, state: 'unchanged', id };
  return { row: number, state: row.kind === 'opportunity' && !created ? 'updated' : 'created', id };
};

/** What the rows of one opportunity became; the decision may run more than once, the last run counts. */
type Taken = { readonly lines: readonly Line[]; readonly rows: readonly ImportRow[]; results: readonly RowResult[]; existed: boolean };

const settled = (taken: Taken, result: ChangeResult<Opportunity, never> | undefined): RowOutcome[] => {
  const done = result !== undefined && 'changed' in result;
  return taken.lines.map((line, index) =>
    outcomeOf(line, done ? taken.results[index] : undefined, !taken.existed && line.number === taken.lines[0]?.number),
  );
};

/** Takes a chunk: the rows of an opportunity are one decision, many decisions are one transaction. */
const takeRows =
  ({ shelves }: PipelineDeps) =>
  async (rows: readonly Row[], system: string): Promise<readonly RowOutcome[]> => {
    const [company, processes] = await Promise.all([shelves.company.read(), shelves.processes.all()]);
    const rateOf = ratesOf(company);
    const outcomes: RowOutcome[] = [];
    const byOpportunity = new Map<OpportunityId, { line: Line; opening: OpportunityDimensions | undefined }[]>();
    for (const text of rows) {
      const parsed = parseRow(opportunityRow, text, ['quote', 'account.name']);
      if ('rejected' in parsed) {
        outcomes.push(parsed.rejected);
        continue;
      }
      const { value: row } = parsed;
      const line = { number: text.row, id: idOf(system, row), row };
      const opened = row.kind === 'opportunity' ? openingOf({ ...line, row }, { system, company, processes }) : { opening: undefined };
      if ('rejected' in opened) outcomes.push(opened.rejected);
      else byOpportunity.set(line.id, [...(byOpportunity.get(line.id) ?? []), { line, opening: opened.opening }]);
    }
    const taken = await Promise.all([...byOpportunity].map(async ([id, group]): Promise<Taken> => {
      const milestones = await milestonesFor(shelves, id, group[0]?.opening, processes);
      return { lines: group.map((one) => one.line), rows: group.map(({ line, opening }) => ({ row: line.row, opening, milestones, rateOf })), results: [], existed: false };
    })); // prettier-ignore
    const entries = taken.map((one) => ({
      id: one.lines[0]?.id ?? '',
      decide: (state: Opportunity) => {
        const { events, results } = importOpportunity(state, one.rows);
        one.results = results;
        one.existed = state.status !== 'none';
        return { events };
      },
    }));
    const results = await shelves.opportunities.changeMany<never>(entries, 'import');
    return [...outcomes, ...taken.flatMap((one, index) => settled(one, results[index]))].toSorted((a, b) => a.row - b.row);
  };

const milestonesFor = async (
  shelves: PipelineDeps['shelves'],
  id: OpportunityId,
  opening: OpportunityDimensions | undefined,
  processes: readonly FoundProcess[],
) => {
  const existing = (await shelves.opportunities.find(id))?.opportunity.dimensions ?? opening;
  if (existing === undefined) return [];
  const newest = processes.find((one) => one.processId === existing.processId);
  return newest?.version === existing.processVersion
    ? newest.milestones
    : shelves.processes.milestonesOf(existing.processId, existing.processVersion);
};

/** Runs an import whose file was uploaded. Where time runs short, the rest is a new message to the same queue. */
export const importOpportunities = (deps: ImportDeps, door: EventDoorDeps) => {
  const imports = importJob(deps);
  return onObjectCreated(async (key) => {
    const id = importOfKey(key);
    if (id === undefined) return;
    const until = epochMillis(deps.clock.now()) + mostMillis;
    const finished = await imports.run(id, takeRows(deps), () => epochMillis(deps.clock.now()) < until);
    if (!finished) await door.queues.send(deps.importQueueUrl, JSON.stringify({ detail: { object: { key } } }));
  }, door);
};
export const handler = lambda(() =>
  importOpportunities({ ...livePipeline(), bucket: liveBucket(), importQueueUrl: setting('IMPORT_QUEUE_URL') }, liveDoor()),
);
