import { subtreeOf, type Caller, type HandlersOf, type OpportunityItem, type pipelineApi } from '@meilenstein/contracts';
import {
  epochMillis,
  fromMoney,
  opportunityId,
  sumOf,
  toMoney,
  type Instant,
  type Money,
  type OpportunityId,
  type ProcessId,
} from '@meilenstein/kernel';
import { furthestMilestone, silenceOf, type Silence } from '../../board/domain/silence.ts';
import type { MeasuredDwell } from '../../board/store/dwell-copy.ts';
import { matchesFilter, type OpportunityFilter } from '../domain/filter-opportunities.ts';
import { followOwner } from '../domain/owner-team.ts';
import { reportingValue } from '../domain/reporting-value.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import type { FoundOpportunity } from '../store/opportunity-store.ts';
import { currentCompany, maySeeOpportunity, ownersOf, ratesOf, type CurrentCompany } from './current-company.ts';
import { opportunityView } from './opportunity-view.ts';

type Query = Parameters<HandlersOf<typeof pipelineApi>['GET /opportunities']>[0]['query'];
type Sort = NonNullable<Query['sort']>;
type Filters = Omit<Query, 'limit' | 'cursor' | 'sort'>;

/** What lists and the board are seen with. */
export type Viewing = CurrentCompany & { readonly at: Instant; readonly dwells: ReadonlyMap<ProcessId, MeasuredDwell> };

export const viewing = async (deps: PipelineDeps, caller: Caller): Promise<Viewing> => {
  const [current, dwells] = await Promise.all([currentCompany(deps, caller), deps.stores.dwells.all()]);
  return { ...current, dwells, at: deps.clock.now() };
};

/** An opportunity with its value in the reporting currency, and how long its customer is silent. */
export type Valued = FoundOpportunity & { readonly value: Money | null; readonly silence: Silence | null };

/** A list that is filtered, sorted or summed is read as a whole; more than this would take seconds. */
const mostListed = 10_000;

const filterOf = ({ company }: Viewing, { process, team, segment, source, minAmount, maxAmount }: Filters): OpportunityFilter => {
  const { reportingCurrency } = company;
  const minor = (amount: string | undefined) =>
    amount === undefined || reportingCurrency === null ? undefined : toMoney({ amount, currency: reportingCurrency }).minor;
  return { process, segment, source, teams: team && subtreeOf(company, team), min: minor(minAmount), max: minor(maxAmount) };
};

/** What of these the caller may see, with its team of today, its value and its silence. */
export const valued = (seen: Viewing, found: readonly FoundOpportunity[]): readonly Valued[] => {
  const rateOf = ratesOf(seen.company);
  return found
    .filter(({ opportunity }) => maySeeOpportunity(seen, opportunity))
    .map(({ opportunity, version }) => ({
      opportunity: followOwner(opportunity, seen.teamAt, seen.at),
      version,
      value: reportingValue(opportunity, rateOf, seen.at),
      silence: silenceOf(opportunity, seen.dwells.get(opportunity.dimensions.processId), seen.at),
    }));
};

/** Those of what was found that the filters leave. */
export const filtered = (seen: Viewing, found: readonly FoundOpportunity[], filters: Filters): readonly Valued[] => {
  const filter = filterOf(seen, filters);
  return valued(seen, found)
    .filter(({ opportunity, value }) => matchesFilter(opportunity, value, filter))
    .filter(({ silence }) => filters.stalled === undefined || (silence?.isStalled === true) === (filters.stalled === 'true'))
    .filter(({ opportunity }) => filters.milestone === undefined || (furthestMilestone(opportunity) ?? 'none') === filters.milestone);
};

const idsIn = (list: string): readonly OpportunityId[] => [...new Set(list.split(','))].map((id) => opportunityId.parse(id));

/** What the partitions that are read decide otherwise. */
const isAsked = ({ status, dimensions }: Valued['opportunity'], filters: Filters): boolean =>
  (filters.status === undefined || status === filters.status) && (filters.owner === undefined || dimensions.repId === filters.owner);

/** Everything that a caller may see and the filters leave; undefined if that is too much to read. */
export const filteredOpportunities = async (
  { stores }: PipelineDeps,
  seen: Viewing,
  filters: Filters,
): Promise<readonly Valued[] | undefined> => {
  if (filters.ids !== undefined) {
    const named = await stores.opportunities.findMany(idsIn(filters.ids));
    return filtered(seen, named, filters).filter(({ opportunity }) => isAsked(opportunity, filters));
  }
  const { found, isComplete } = await stores.opportunities.allOf(ownersOf(seen, filters.owner), filters.status, mostListed);
  return isComplete ? filtered(seen, found, filters) : undefined;
};

/** Count and sum. What has no amount or no rate is counted apart, so that nobody takes the sum for more than it is. */
export const totalOf = ({ company: { reportingCurrency } }: Viewing, all: readonly Pick<Valued, 'value'>[]) => {
  const values = all.flatMap(({ value }) => (value !== null && value.currency === reportingCurrency ? [value] : []));
  return {
    count: all.length,
    sum: reportingCurrency === null ? null : fromMoney(sumOf(values, reportingCurrency)),
    withoutAmount: all.length - values.length,
  };
};

type ValueBy = (one: Valued) => number | string | null;

const values: Readonly<Record<Sort, ValueBy>> = {
  newest: ({ opportunity }) => epochMillis(opportunity.dimensions.openedAt),
  oldest: ({ opportunity }) => epochMillis(opportunity.dimensions.openedAt),
  largest: ({ value }) => value?.minor ?? null,
  smallest: ({ value }) => value?.minor ?? null,
  account: ({ opportunity }) => opportunity.dimensions.account.name?.toLowerCase() ?? null,
  silence: ({ silence }) => silence && epochMillis(silence.since),
};

const descending: readonly Sort[] = ['newest', 'largest'];

/** What a page is sorted by. */
export const orderBy = (sort: Sort) => ({
  placeOf: (one: Valued) => ({ value: values[sort](one), id: one.opportunity.dimensions.opportunityId }),
  descending: descending.includes(sort),
});

/** A silence as the API shows it. */
export const silenceView = ({ since, days, usual, isStalled }: Silence) => ({
  since,
  days,
  usualDays: usual?.usualDays ?? null,
  isStalled,
});

/** Opportunities as lists show them. */
export const opportunityItems = async ({ stores }: PipelineDeps, found: readonly Valued[]): Promise<OpportunityItem[]> => {
  if (found.length === 0) return [];
  const milestonesOf = await stores.processes.milestones();
  return found.map(({ opportunity, version, value, silence }) => {
    const { processId, processVersion } = opportunity.dimensions;
    const view = opportunityView(opportunity, milestonesOf(processId, processVersion));
    return { ...view, version, reportingAmount: value && fromMoney(value), silence: silence && silenceView(silence) };
  });
};
