import {
  addDays,
  periodOf,
  type Currency,
  type Day,
  type FiscalCalendar,
  type RepId,
  type TeamId,
  type TimeZone,
} from '@meilenstein/kernel';
import type * as z from 'zod';
import type { membership } from './events.ts';

/** One person's time in a team, half-open; `until` is null while it lasts. */
export type Membership = Readonly<z.infer<typeof membership>>;

export type CompanyRep = {
  readonly repId: RepId;
  readonly repCode: string;
  readonly role: 'rep' | 'manager';
  readonly loginSubject: string;
  readonly memberships: readonly Membership[];
};

type CompanyTeam = {
  readonly teamId: TeamId;
  readonly name: string;
  readonly parentTeamId: TeamId | null;
  readonly managers: readonly RepId[];
};

export type Rate = { readonly id: string; readonly currency: Currency; readonly from: Day; readonly value: string };

/** The company as every service knows it: a fold of quota's organisation and settings events. */
export type Company = {
  readonly reps: readonly CompanyRep[];
  readonly teams: readonly CompanyTeam[];
  readonly zone: TimeZone | null;
  readonly reportingCurrency: Currency | null;
  /** newest first */
  readonly calendars: readonly { readonly calendar: FiscalCalendar; readonly effectiveFrom: Day }[];
  readonly holidays: Readonly<Record<string, readonly Day[]>>;
  readonly rates: readonly Rate[];
  /** the days after its end during which a fiscal month takes late facts; absent: ten */
  readonly closesAfterDays?: number | undefined;
};

export const emptyCompany: Company = { reps: [], teams: [], zone: null, reportingCurrency: null, calendars: [], holidays: {}, rates: [] };

/** Memberships after a move: it ends the current one and replaces those that would begin later. */
export const withMembership = (memberships: readonly Membership[], teamId: TeamId, from: Day): readonly Membership[] => [
  ...memberships.filter((m) => m.from < from).map((m) => (m.until === null || m.until > from ? { ...m, until: from } : m)),
  { teamId, from, until: null },
];

/** Memberships after the person leaves. */
export const endedMemberships = (memberships: readonly Membership[], on: Day): readonly Membership[] =>
  memberships.filter((m) => m.from < on).map((m) => (m.until === null || m.until > on ? { ...m, until: on } : m));

/** The team of a list of memberships on a day. */
export const teamIn = (memberships: readonly Membership[], on: Day): TeamId | undefined =>
  memberships.find((m) => m.from <= on && (m.until === null || on < m.until))?.teamId;

/** The team of a rep on a day; undefined before joining, after leaving and for unknown reps. */
export const teamOn = (company: Company, rep: RepId, on: Day): TeamId | undefined =>
  teamIn(company.reps.find((r) => r.repId === rep)?.memberships ?? [], on);

/** The team of a rep on a day, or the last one after leaving; undefined before joining and for unknown reps. */
export const lastTeamOn = (company: Company, rep: RepId, on: Day): TeamId | undefined =>
  company.reps
    .find((r) => r.repId === rep)
    ?.memberships.filter((m) => m.from <= on)
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]?.teamId;

/** The team itself and all below it. */
export const subtreeOf = (company: Company, root: TeamId): readonly TeamId[] => {
  const children = company.teams.filter((team) => team.parentTeamId === root && team.teamId !== root);
  return [root, ...children.flatMap((team) => subtreeOf(company, team.teamId))];
};

/** Reps who belong to one of the teams on a day. */
export const repsIn = (company: Company, teams: readonly TeamId[], on: Day): readonly RepId[] =>
  company.reps.filter((rep) => teams.some((team) => teamOn(company, rep.repId, on) === team)).map((rep) => rep.repId);

/** The calendar in force on a day: the newest one that is effective; January years before any was published. */
export const calendarOn = (company: Company, on: Day): FiscalCalendar =>
  company.calendars.find((c) => c.effectiveFrom <= on)?.calendar ?? company.calendars.at(-1)?.calendar ?? { kind: 'months', startMonth: 1 };

/** The newest rate of a currency on or before a day; undefined means `rate-missing`, never a guess. */
export const rateOn = (company: Company, currency: Currency, on: Day): Rate | undefined =>
  company.rates.filter((rate) => rate.currency === currency && rate.from <= on).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];

const usualDaysUntilClosed = 10;

/** The first day of the oldest fiscal month that is open: a month is closed some days after its end, and takes no late facts from then on. */
export const openSince = (company: Company, today: Day): Day => {
  const day = addDays(today, -(company.closesAfterDays ?? usualDaysUntilClosed));
  return periodOf(calendarOn(company, day), 'month', day).from;
};
