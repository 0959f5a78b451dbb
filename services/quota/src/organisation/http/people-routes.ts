import { calendarOn, lastTeamOn, teamOn, type Caller, type HandlersOf, type quotaApi } from '@meilenstein/contracts';
import { fiscalYearOf, monthsOf, periodOf, quartersOf, timeZone, type RepId } from '@meilenstein/kernel';
import { maySee, repOf, scopeOf } from '@meilenstein/runtime';
import type { QuotaDeps } from '../../live-quota.ts';
import { currentCompany, type CurrentCompany } from './current-company.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /me' | 'GET /people'>;

/** The managers of the team of a rep: the names that a rep needs beside their own. */
const managersOf = ({ company, today }: CurrentCompany, rep: RepId | undefined): readonly RepId[] => {
  const team = rep === undefined ? undefined : teamOn(company, rep, today);
  return company.teams.find((one) => one.teamId === team)?.managers ?? [];
};

const calendarOf = ({ company, today }: CurrentCompany) => {
  const inForce = calendarOn(company, today);
  const year = fiscalYearOf(inForce, today);
  return {
    inForce,
    current: {
      week: periodOf(inForce, 'week', today),
      month: periodOf(inForce, 'month', today),
      quarter: periodOf(inForce, 'quarter', today),
      year: periodOf(inForce, 'year', today),
    },
    quarters: quartersOf(inForce, year),
    months: monthsOf(inForce, year),
  };
};

const peopleOf = (current: CurrentCompany, caller: Caller) => {
  const { nodes, company, today } = current;
  const [scope, managers] = [scopeOf(company, caller, today), managersOf(current, repOf(company, caller))];
  return {
    reps: nodes.reps
      .filter((one) => maySee(scope, one.repId) || managers.includes(one.repId))
      .map(({ repId, rep: { repCode, name } }) => {
        const team = teamOn(company, repId, today);
        return { repId, repCode, name, teamId: team ?? lastTeamOn(company, repId, today) ?? null, isActive: team !== undefined };
      })
      .toSorted((a, b) => (a.repCode < b.repCode ? -1 : 1)),
    teams: company.teams.map(({ teamId, name }) => ({ teamId, name })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
};

export const peopleRoutes = (deps: QuotaDeps): Routes => ({
  'GET /me': async ({ caller }) => {
    const current = await currentCompany(deps);
    const { nodes, company, today } = current;
    const repId = repOf(company, caller);
    const own = nodes.reps.find((one) => one.repId === repId);
    const led = company.teams.filter((team) => repId !== undefined && team.managers.includes(repId));
    return {
      status: 200,
      body: {
        subject: caller.subject,
        roles: [...caller.roles],
        repId: repId ?? null,
        repCode: own?.rep.repCode ?? null,
        name: own?.rep.name ?? null,
        teamId: (repId === undefined ? undefined : teamOn(company, repId, today)) ?? null,
        teamsLed: led.map(({ teamId, name }) => ({ teamId, name })),
        zone: company.zone ?? timeZone.parse('UTC'),
        reportingCurrency: company.reportingCurrency,
        worksCouncilMode: false,
        today,
        calendar: calendarOf(current),
      },
    };
  },
  'GET /people': async ({ caller }) => ({ status: 200, body: peopleOf(await currentCompany(deps), caller) }),
});
