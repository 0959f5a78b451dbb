import {
  calendarPublished,
  calendarWithdrawn,
  factReader,
  holidaysPublished,
  holidaysWithdrawn,
  emptyCompany,
  ratesPublished,
  repAmended,
  repJoined,
  membership,
  repLeft,
  repMembershipsCorrected,
  repMoved,
  repRole,
  settingsChanged,
  exchangeRate,
  teamChanged,
  teamDissolved,
  type Company,
  type RepFact,
  type SettingsFact,
  type TeamFact,
} from '@meilenstein/contracts';
import { currency, day, fiscalCalendar, repId, teamId, type RepId, type TeamId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Loaded, type Item, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveSettings, type SettingsPart } from '../domain/company-settings.ts';
import { evolveRep, noRep, type JoinedRep, type Rep } from '../domain/rep.ts';
import { evolveTeam, noTeam, type ActiveTeam, type Team } from '../domain/team.ts';
import { partitions, prefixes } from '../../keys.ts';

const storedRep = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: z.literal('joined'),
    repCode: z.string(),
    role: repRole,
    loginSubject: z.string(),
    name: z.string(),
    memberships: z.array(membership),
  }),
]);
const storedTeam = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['none', 'dissolved']) }),
  z.object({ status: z.literal('active'), name: z.string(), managers: z.array(repId), effectiveFrom: day }),
]);
const storedSettings = z.object({
  base: settingsChanged.data.optional(),
  calendars: z.array(z.object({ calendar: fiscalCalendar, effectiveFrom: day })).optional(),
  holidays: z.object({ region: z.string(), days: z.array(day) }).optional(),
  rates: z.object({ reportingCurrency: currency, rates: z.array(exchangeRate) }).optional(),
});

type Versioned<T> = T & { readonly version: number };
type RepNode = Versioned<{ readonly repId: RepId; readonly rep: JoinedRep }>;
type TeamNode = Versioned<{ readonly teamId: TeamId; readonly team: ActiveTeam }>;
export type PartNode = Versioned<{ readonly subject: string; readonly part: SettingsPart }>;
export type CompanyNodes = {
  readonly reps: readonly RepNode[];
  readonly teams: readonly TeamNode[];
  /** dissolved teams; their attainment stays readable */
  readonly formerTeams: readonly TeamId[];
  readonly parts: readonly PartNode[];
  /** every rep and team that was read, by id, former ones included */
  readonly byId: {
    readonly reps: ReadonlyMap<string, Loaded<Rep>>;
    readonly teams: ReadonlyMap<string, Loaded<Team>>;
  };
};

const shared = { owner: 'quota', schemaNumber: 1 } as const;

/** Stores the company: each rep, team and part of the settings is its own aggregate. */
export const companyStore = (machinery: Machinery) => {
  const reps = aggregateStore<Rep, RepFact>(
    {
      ...shared,
      prefix: prefixes.rep,
      schema: storedRep,
      initial: noRep,
      evolve: evolveRep,
      fact: factReader([repJoined, repAmended, repMoved, repMembershipsCorrected, repLeft]),
      index: (_, id) => ({ gsi1pk: partitions.reps, gsi1sk: id }),
    },
    machinery,
  );
  const teams = aggregateStore<Team, TeamFact>(
    {
      ...shared,
      prefix: prefixes.team,
      schema: storedTeam,
      initial: noTeam,
      evolve: evolveTeam,
      fact: factReader([teamChanged, teamDissolved]),
      index: (_, id) => ({ gsi1pk: partitions.teams, gsi1sk: id }),
    },
    machinery,
  );
  const settings = aggregateStore<SettingsPart, SettingsFact>(
    {
      ...shared,
      prefix: prefixes.settings,
      schema: storedSettings,
      initial: {},
      evolve: evolveSettings,
      fact: factReader([settingsChanged, calendarPublished, calendarWithdrawn, holidaysPublished, holidaysWithdrawn, ratesPublished]),
      index: (_, id) => ({ gsi1pk: partitions.settings, gsi1sk: id }),
    },
    machinery,
  );

  const all = (partition: string) => queryAll(machinery.table, { index: 'gsi1', partition });
  const idOf = (item: Item): string => String(item['gsi1sk']);
  const byId = <State>(items: readonly Item[], read: (item: Item) => Loaded<State>): ReadonlyMap<string, Loaded<State>> =>
    new Map(items.map((item) => [idOf(item), read(item)]));

  const nodes = async (): Promise<CompanyNodes> => {
    const [repItems, teamItems, partItems] = await Promise.all([all(partitions.reps), all(partitions.teams), all(partitions.settings)]);
    const found = { reps: byId(repItems, reps.read), teams: byId(teamItems, teams.read) };
    return {
      byId: found,
      reps: [...found.reps].flatMap(([id, { state, version }]) =>
        state.status === 'joined' ? [{ repId: repId.parse(id), rep: state, version }] : [],
      ),
      teams: [...found.teams].flatMap(([id, { state, version }]) =>
        state.status === 'active' ? [{ teamId: teamId.parse(id), team: state, version }] : [],
      ),
      formerTeams: [...found.teams].flatMap(([id, { state }]) => (state.status === 'dissolved' ? [teamId.parse(id)] : [])),
      parts: partItems.map((item) => {
        const { state, version } = settings.read(item);
        return { subject: idOf(item), part: state, version };
      }),
    };
  };

  return { nodes, reps, teams, settings };
};

/** The company in the form that all services share. */
export const toCompany = ({ reps, teams, parts }: CompanyNodes): Company => {
  const whole: SettingsPart = Object.assign({}, ...parts.map((one) => one.part));
  return {
    reps: reps.map(({ repId: id, rep }) => ({
      repId: id,
      repCode: rep.repCode,
      role: rep.role,
      loginSubject: rep.loginSubject,
      memberships: rep.memberships,
    })),
    teams: teams.map(({ teamId: id, team }) => ({ teamId: id, name: team.name, parentTeamId: null, managers: team.managers })),
    zone: whole.base?.zone ?? null,
    reportingCurrency: whole.base?.reportingCurrency ?? null,
    closesAfterDays: whole.base?.closesAfterDays,
    calendars: whole.calendars ?? emptyCompany.calendars,
    holidays: Object.fromEntries(
      parts.flatMap(({ part }) => (part.holidays === undefined ? [] : [[part.holidays.region, part.holidays.days]])),
    ),
    rates: whole.rates?.rates ?? [],
  };
};
export type CompanyStore = ReturnType<typeof companyStore>;
