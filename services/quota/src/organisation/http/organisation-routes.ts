import { openSince, type HandlersOf, type Organisation, type quotaApi } from '@meilenstein/contracts';
import { repId, teamId } from '@meilenstein/kernel';
import { versionConflict } from '@meilenstein/runtime';
import { checkOrganisation } from '../domain/organisation.ts';
import { toRepDocument } from '../domain/rep.ts';
import { toTeamDocument } from '../domain/team.ts';
import { changeOrganisation } from '../store/organisation-change.ts';
import type { CompanyNodes } from '../store/company-store.ts';
import { resumes } from '../../documents/store/document-guard.ts';
import { currentCompany } from './current-company.ts';
import { documentEtag, matchesEtag } from '../../documents/http/document-etag.ts';
import type { QuotaDeps } from '../../live-quota.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /organisation' | 'PUT /organisation'>;
type NodesById = CompanyNodes['byId'];

const sorted = <State>(states: ReadonlyMap<string, { readonly state: State }>) =>
  [...states].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, { state }]) => ({ id, state }));

const toDocument = ({ teams, reps }: NodesById): Organisation => ({
  teams: sorted(teams).flatMap(({ id, state }) => (state.status === 'active' ? [toTeamDocument(teamId.parse(id), state)] : [])),
  reps: sorted(reps).flatMap(({ id, state }) => (state.status === 'joined' ? [toRepDocument(repId.parse(id), state)] : [])),
});

const answerOf = (body: Organisation) => ({ status: 200 as const, body, etag: documentEtag(body) });

export const organisationRoutes = (deps: QuotaDeps): Routes => {
  const { company, guards } = deps.stores;

  return {
    'GET /organisation': async () => answerOf(toDocument((await company.nodes()).byId)),
    'PUT /organisation': async ({ body, ifMatch = '' }) => {
      const guard = await guards.ofOrganisation();
      const { nodes, company: before, today } = await currentCompany(deps);
      const document = toDocument(nodes.byId);
      const intent = { documentHash: documentEtag(body), ifMatch };
      const isCurrent = matchesEtag(ifMatch, document, document.reps.length + document.teams.length === 0) || resumes(guard, intent);
      const change = changeOrganisation(company, { current: nodes.byId, wanted: body, today, openSince: openSince(before, today) });
      const differs = 'refused' in change || change.differs;
      if (differs && !isCurrent) return versionConflict;
      const refusal = checkOrganisation(body, document);
      if (refusal !== undefined) return { refused: refusal };
      if ('refused' in change) return change;
      if (!differs && guard.open?.documentHash !== intent.documentHash) return answerOf(document);
      if (guards.isBusy(guard, intent)) return versionConflict;
      const written = await guards.write(guard, intent, change.parcels);
      return written === 'written' ? answerOf(toDocument(change.after)) : versionConflict;
    },
  };
};
