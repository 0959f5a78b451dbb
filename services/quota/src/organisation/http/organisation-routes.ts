import type { HandlersOf, Organisation, quotaApi } from '@meilenstein/contracts';
import { versionIsStale } from '@meilenstein/runtime';
import { complainAbout } from '../domain/organisation.ts';
import { alignRep, dismissRep, toRepDocument } from '../domain/rep.ts';
import { alignTeam, dissolveTeam, toTeamDocument } from '../domain/team.ts';
import type { CompanyNodes } from '../store/company-store.ts';
import { companyToday, type CompanyToday } from './company-today.ts';
import { documentEtag, fits } from './document-etag.ts';
import type { QuotaDeps } from '../../live-quota.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /organisation' | 'PUT /organisation'>;

const toDocument = ({ teams, reps }: CompanyNodes): Organisation => ({
  teams: teams.map(({ teamId, team }) => toTeamDocument(teamId, team)),
  reps: reps.map(({ repId, rep }) => toRepDocument(repId, rep)),
});

export const organisationRoutes = (deps: QuotaDeps): Routes => {
  const { reps, teams } = deps.shelves.company;

  const read = async () => {
    const body = toDocument(await deps.shelves.company.nodes());
    return { status: 200 as const, body, etag: documentEtag(body) };
  };

  /** Checks every rep before anything is written, so that a refusal changes nothing. */
  const refusalOf = ({ nodes, today }: CompanyToday, wanted: Organisation) => {
    for (const rep of wanted.reps) {
      const known = nodes.reps.find((one) => one.repId === rep.repId);
      const decision = alignRep(known?.rep ?? { status: 'none' }, rep, today);
      if ('refused' in decision) return decision;
    }
    return undefined;
  };

  /** One change for each node that differs, each at the version that was read. */
  const apply = async ({ nodes, today }: CompanyToday, wanted: Organisation): Promise<boolean> => {
    const versionOf = (found: { readonly version: number } | undefined) => ({ expectedVersion: found?.version ?? 0 });
    const results = [];
    for (const team of wanted.teams) {
      const known = nodes.teams.find((one) => one.teamId === team.teamId);
      results.push(await teams.change(team.teamId, (state) => alignTeam(state, team), known === undefined ? {} : versionOf(known)));
    }
    for (const rep of wanted.reps) {
      const known = nodes.reps.find((one) => one.repId === rep.repId);
      results.push(await reps.change(rep.repId, (state) => alignRep(state, rep, today), versionOf(known)));
    }
    const [keptReps, keptTeams] = [new Set(wanted.reps.map((one) => one.repId)), new Set(wanted.teams.map((one) => one.teamId))];
    for (const { repId, version } of nodes.reps.filter((one) => !keptReps.has(one.repId)))
      results.push(await reps.change(repId, (state) => dismissRep(state, repId, today), { expectedVersion: version }));
    for (const { teamId, version } of nodes.teams.filter((one) => !keptTeams.has(one.teamId)))
      results.push(await teams.change(teamId, (state) => dissolveTeam(state, teamId, today), { expectedVersion: version }));
    return results.every((result) => 'changed' in result);
  };

  return {
    'GET /organisation': read,
    'PUT /organisation': async ({ body, ifMatch }) => {
      const before = await companyToday(deps);
      const document = toDocument(before.nodes);
      if (!fits(ifMatch, document, document.reps.length + document.teams.length === 0)) return versionIsStale;
      const complaint = complainAbout(body, document) ?? refusalOf(before, body);
      if (complaint !== undefined) return complaint;
      return (await apply(before, body)) ? read() : versionIsStale;
    },
  };
};
