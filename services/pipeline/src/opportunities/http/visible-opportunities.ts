import { subtreeOf, type HandlersOf, type OpportunityItem, type pipelineApi } from '@meilenstein/contracts';
import { epochMillis, fromMoney, sumOf, toMoney, type Instant, type Money } from '@meilenstein/kernel';
import { matchesFilter, type OpportunityFilter } from '../domain/filter-opportunities.ts';
import { followOwner } from '../domain/owner-team.ts';
import { reportingValue } from '../domain/reporting-value.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import type { FoundOpportunity } from '../store/opportunity-store.ts';
import { maySeeOpportunity, ownersOf, ratesOf, type CurrentCompany } from './current-company.ts';
import { opportunityView } from './opportunity-view.ts';

type Query = Parameters<HandlersOf<typeof pipelineApi>['GET /opportunities']>[0]['query'];
export type Sort = NonNullable<Query['sort']>;
export type Filters = Omit<Query, 'limit' | 'cursor' | 'sort' | 'status'>;

/** An opportunity with its value in the reporting currency. */
export type Valued = FoundOpportunity & { readonly value: Money | null };

/** A list that is filtered, sorted or summed is read as a whole; more than this would take seconds. */
const mostListed = 10_000;

const filterOf = ({ company }: CurrentCompany, { process, team, segment, source, minAmount, maxAmount }: Filters): OpportunityFilter => {
  const { reportingCurrency } = company;
  const minor = (amount: string | undefined) =>
    amount === undefined || reportingCurrency === null ? undefined : toMoney({ amount, currency: reportingCurrency }).minor;
  return { process, segment, source, teams: team && subtreeOf(company, team), min: minor(minAmount), max: minor(maxAmount) };
};

/** What of these the caller may see, with its team of today and its value. */
export const valued = (current: CurrentCompany, found: readonly FoundOpportunity[], at: Instant): readonly Valued[] => {
  const rateOf = ratesOf(current.company);
  return found
    .filter(({ opportunity }) => maySeeOpportunity(current, opportunity))
    .map(({ opportunity, version }) => ({
      opportunity: followOwner(opportunity, current.teamAt, at),
      version,
      value: reportingValue(opportunity, rateOf, at),
    }));
};

/** Everything that a caller may see and the filters leave; undefined if that is too much to read. */
export const filteredOpportunities = async (
  { stores, clock }: PipelineDeps,
  current: CurrentCompany,
  { status, ...filters }: Filters & Pick<Query, 'status'>,
): Promise<readonly Valued[] | undefined> => {
  const { found, isComplete } = await stores.opportunities.allOf(ownersOf(current, filters.owner), status, mostListed);
  const filter = filterOf(current, filters);
  return isComplete
    ? valued(current, found, clock.now()).filter(({ opportunity, value }) => matchesFilter(opportunity, value, filter))
    : undefined;
};

/** Count and sum. What has no amount or no rate is counted apart, so that nobody takes the sum for more than it is. */
export const totalOf = ({ company: { reportingCurrency } }: CurrentCompany, all: readonly Pick<Valued, 'value'>[]) => {
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
};

/** What a page is sorted by. */
export const orderBy = (sort: Sort) => ({
  placeOf: (one: Valued) => ({ value: values[sort](one), id: one.opportunity.dimensions.opportunityId }),
  descending: sort === 'newest' || sort === 'largest',
});

/** Opportunities as lists show them. */
export const opportunityItems = async ({ stores }: PipelineDeps, found: readonly Valued[]): Promise<OpportunityItem[]> => {
  if (found.length === 0) return [];
  const milestonesOf = await stores.processes.milestones();
  return found.map(({ opportunity, version, value }) => {
    const { processId, processVersion } = opportunity.dimensions;
    const view = opportunityView(opportunity, milestonesOf(processId, processVersion));
    return { ...view, version, reportingAmount: value && fromMoney(value) };
  });
};
