import { teamOn, type Caller, type HandlersOf, type quotaApi } from '@meilenstein/contracts';
import { refused, type TeamId } from '@meilenstein/kernel';
import { answerChange, expectedVersion, managedTeams, repOf, scopeOf, type Loaded } from '@meilenstein/runtime';
import type { QuotaDeps } from '../../live-quota.ts';
import { currentCompany, type CurrentCompany } from '../../organisation/http/current-company.ts';
import { deleteView, saveView, type View } from '../domain/saved-view.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /views' | 'GET /views/{viewId}' | 'PUT /views/{viewId}' | 'DELETE /views/{viewId}'>;

/** The teams whose views a caller sees: their own, those that they lead, and every team for those who see everyone. */
const teamsOf = ({ company, today }: CurrentCompany, caller: Caller): readonly TeamId[] => {
  if (scopeOf(company, caller, today).kind === 'everyone') return company.teams.map(({ teamId }) => teamId);
  const rep = repOf(company, caller);
  const own = rep === undefined ? undefined : teamOn(company, rep, today);
  return [...new Set([...(own === undefined ? [] : [own]), ...managedTeams(company, caller)])];
};

const notFound = (viewId: string) =>
  refused('view-not-found', 'viewId: there is no such view, or it is not shared with you', { field: 'viewId', value: viewId });

const viewOf = ({ state: { loginSubject, ...view }, version }: Loaded<View>, caller: Caller) => ({
  ...view,
  isOwn: loginSubject === caller.subject,
  version,
});

export const viewRoutes = (deps: QuotaDeps): Routes => {
  const { views } = deps.stores;
  return {
    'GET /views': async ({ query, caller }) => {
      const teams = teamsOf(await currentCompany(deps), caller);
      const found = (await Promise.all([views.ofPerson(caller.subject), ...teams.map((team) => views.ofTeam(team))])).flat();
      const items = [...new Map(found.map((one) => [one.state.viewId, one])).values()]
        .filter(({ state }) => state.list === query.list)
        .map((one) => viewOf(one, caller))
        .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || (a.name < b.name ? -1 : 1));
      return { status: 200, body: { items } };
    },
    'GET /views/{viewId}': async ({ path: { viewId }, caller }) => {
      const [found, current] = await Promise.all([views.find(viewId), currentCompany(deps)]);
      const view = found?.state ?? null;
      if (found === undefined || view === null) return notFound(viewId);
      const isVisible = view.loginSubject === caller.subject || teamsOf(current, caller).some((team) => team === view.teamId);
      return isVisible
        ? { status: 200, body: viewOf({ state: view, version: found.version }, caller), etag: String(found.version) }
        : notFound(viewId);
    },
    'PUT /views/{viewId}': async ({ path: { viewId }, body, caller, ifMatch }) => {
      const [current, own] = await Promise.all([currentCompany(deps), views.ofPerson(caller.subject)]);
      const who = { subject: caller.subject, teams: teamsOf(current, caller) };
      const wanted = { viewId, list: body.list, filter: body.filter, teamId: body.teamId, name: body.name };
      const result = await views.change(viewId, (before) => saveView(before, wanted, who, own.length), expectedVersion(ifMatch));
      return answerChange(result, ({ version }) => ({
        status: 200,
        body: { ...wanted, isOwn: true, version },
        etag: String(version),
      }));
    },
    'DELETE /views/{viewId}': async ({ path: { viewId }, caller, ifMatch }) => {
      const result = await views.change(viewId, (before) => deleteView(before, viewId, caller), expectedVersion(ifMatch));
      return answerChange(result, () => ({ status: 200, body: { viewId } }));
    },
  };
};
