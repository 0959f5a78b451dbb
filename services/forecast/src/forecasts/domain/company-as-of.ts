import {
  calendarOn,
  rateOn,
  subtreeOf,
  teamOn,
  type Company,
  type ForecastNode,
  type ForecastWindow,
  type WindowKind,
} from '@meilenstein/contracts';
import {
  convertWithin,
  dayOf,
  fromMoney,
  moneyText,
  periodOf,
  type Currency,
  type Day,
  type FiscalCalendar,
  type Instant,
  type TimeZone,
} from '@meilenstein/kernel';
import type { Amount } from '../../pipeline-view/domain/timeline.ts';
import type { Node } from '@meilenstein/forecasting/input/node';
import { fromEngine, nodeText } from './node-names.ts';

type Settings = { readonly zone: TimeZone; readonly currency: Currency };

/** The company as of an instant: its settings, calendar and day at that time. */
export type CompanyAsOf = {
  readonly company: Company;
  readonly settings: Settings;
  readonly at: Instant;
  readonly today: Day;
  readonly calendar: FiscalCalendar;
};

/** Undefined before the company's zone and reporting currency are set: without them there are no windows. */
export const companyAsOf = (company: Company, at: Instant): CompanyAsOf | undefined => {
  const { zone, reportingCurrency } = company;
  if (zone === null || reportingCurrency === null) return undefined;
  const today = dayOf(at, zone);
  return { company, settings: { zone, currency: reportingCurrency }, at, today, calendar: calendarOn(company, today) };
};

export const windowKinds: readonly WindowKind[] = ['week', 'month', 'quarter'];

/** The week, fiscal month or fiscal quarter that a day lies in. */
export const windowOn = ({ calendar }: Pick<CompanyAsOf, 'calendar'>, kind: WindowKind, on: Day): ForecastWindow => {
  const { label, from, until } = periodOf(calendar, kind, on);
  return { kind, label, from, until };
};

/** Why an amount that is known has no value in the reporting currency. */
export type Gap = 'rate-missing' | 'amount-too-large';

const valued = ({ company, settings, today }: CompanyAsOf, amount: NonNullable<Amount>): number | Gap => {
  if (amount.currency === settings.currency) return amount.minor;
  const rate = rateOn(company, amount.currency, today);
  if (rate === undefined) return 'rate-missing';
  const converted = convertWithin(amount, rate.value, settings.currency);
  // an amount too large for an answer must not enter a sum
  return converted !== undefined && moneyText.safeParse(fromMoney(converted)).success ? converted.minor : 'amount-too-large';
};

/** An amount in minor units of the reporting currency at the rate of the day; null if it is unknown or cannot be converted (see `gapOf`). */
export const valueOf = (asOf: CompanyAsOf, amount: Amount): number | null => {
  const value = amount === null ? null : valued(asOf, amount);
  return typeof value === 'number' ? value : null;
};

/** Why a known amount has no value in the reporting currency; null if it has one or is unknown. */
export const gapOf = (asOf: CompanyAsOf, amount: Amount): Gap | null => {
  const value = amount === null ? null : valued(asOf, amount);
  return typeof value === 'string' ? value : null;
};

/** Every team with all teams below it. */
export const teamsOf = (company: Company) =>
  company.teams.map((team) => ({ key: String(team.teamId), teamIds: subtreeOf(company, team.teamId).map(String) }));

/** The nodes of the organisation on a day: the company, all teams and all reps. */
const organisationOn = (company: Company, on: Day): readonly ForecastNode[] => [
  { level: 'company', key: 'company' },
  ...company.teams.map((team): ForecastNode => ({ level: 'team', key: team.teamId })),
  ...company.reps
    .filter((rep) => teamOn(company, rep.repId, on) !== undefined)
    .map((rep): ForecastNode => ({ level: 'rep', key: rep.repId })),
];

/** Every node of the organisation on a day, and every further one that occurs in the facts. */
export const nodesOn = ({ company }: Pick<CompanyAsOf, 'company'>, on: Day, named: readonly Node[]): readonly ForecastNode[] => [
  ...new Map(
    [...organisationOn(company, on), ...named.flatMap((node) => fromEngine(node) ?? [])].map((node) => [nodeText(node), node]),
  ).values(),
];
