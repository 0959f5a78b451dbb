import { openSince, rateOn, type Caller, type Company } from '@meilenstein/contracts';
import {
  dayOf,
  startOfDay,
  timeZone,
  type Clock,
  type Day,
  type Instant,
  type RepId,
  type TeamId,
  type TimeZone,
} from '@meilenstein/kernel';
import { managedTeams, maySee, scopeOf, type Scope } from '@meilenstein/runtime';
import type { ExistingOpportunity } from '../domain/opportunity.ts';
import { teamsAt, type TeamAt } from '../domain/owner-team.ts';
import type { OrderHistory } from '../domain/order-history.ts';
import type { LiveChecks } from '../domain/live-checks.ts';
import type { RateOf } from '../domain/order-worth.ts';
import type { Stores } from '../../stores.ts';

export type CurrentCompany = {
  readonly company: Company;
  readonly today: Day;
  readonly scope: Scope;
  readonly teamAt: TeamAt;
  /** the teams that the caller manages, with those below them */
  readonly managed: readonly TeamId[];
};

export const zoneOf = (company: Company): TimeZone => company.zone ?? timeZone.parse('UTC');

/** The company as this service knows it today, and what the caller may see of it. */
export const currentCompany = async (deps: { readonly stores: Stores; readonly clock: Clock }, caller: Caller): Promise<CurrentCompany> => {
  const company = await deps.stores.company.read();
  const today = dayOf(deps.clock.now(), zoneOf(company));
  return {
    company,
    today,
    scope: scopeOf(company, caller, today),
    teamAt: teamsAt(company, zoneOf(company)),
    managed: managedTeams(company, caller),
  };
};

/**
 * Whether the caller sees an opportunity: that of an owner in the scope; a manager also what a former member has closed while it belonged to
 * the team, because it counts in the figures of the team.
 */
export const maySeeOpportunity = ({ scope, managed }: CurrentCompany, { status, dimensions }: ExistingOpportunity): boolean =>
  maySee(scope, dimensions.repId) || (status !== 'open' && managed.includes(dimensions.teamId));

/** The owners of what the caller may see, of which one may be wanted; of what they own, `maySeeOpportunity` decides. */
export const ownersOf = ({ company, scope, managed }: CurrentCompany, wanted?: RepId): readonly RepId[] =>
  company.reps
    .filter(({ repId }) => wanted === undefined || repId === wanted)
    .filter(({ repId, memberships }) => maySee(scope, repId) || memberships.some(({ teamId }) => managed.includes(teamId)))
    .map(({ repId }) => repId);

/** What is asked of a fact that is told today. */
export const liveChecks = ({ company, today }: CurrentCompany, history: OrderHistory): LiveChecks => {
  const zone = zoneOf(company);
  const [first] = company.reps.flatMap(({ memberships }) => memberships.map(({ from }) => from)).toSorted();
  return {
    companySince: first === undefined ? null : startOfDay(first, zone),
    openSince: startOfDay(openSince(company, today), zone),
    history,
  };
};

/** The rate of a currency on the company's day of an instant; 1 for the reporting currency. */
export const ratesOf =
  (company: Company): RateOf =>
  (currency, at: Instant) => {
    const { reportingCurrency } = company;
    if (reportingCurrency === null) return undefined;
    const date = dayOf(at, zoneOf(company));
    if (currency === reportingCurrency) return { rate: { id: 'same-currency', date, value: '1' }, reportingCurrency };
    const rate = rateOn(company, currency, date);
    return rate && { rate: { id: rate.id, date: rate.from, value: rate.value }, reportingCurrency };
  };
