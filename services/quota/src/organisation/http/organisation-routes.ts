import type { HandlersOf, Organisation, quotaApi } from '@meilenstein/contracts';
import { repId, teamId } from '@meilenstein/kernel';
import { versionConflict } from '@meilenstein/runtime';
import { complainAbout } from '../domain/organisation.ts';
import { toRepDocument } from '../domain/rep.ts';
import { toTeamDocument } from '../domain/team.ts';
import { changeOrganisation } from '../store/organisation-change.ts';
import type { CompanyNodes } from '../store/company-store.ts';
import { goesOn } from '../../documents/store/document-guard.ts';
import { companyToday } from './company-today.ts';
import { documentEtag, fits } from '../../documents/http/document-etag.ts';
import type { QuotaDeps } from '../../live-quota.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /organisation' | 'PUT /organisation'>;
type Known = CompanyNodes['known'];

const sorted = <State>(states: ReadonlyMap<string, { readonly state: State }>) =>
  [...states].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, { state }]) => ({ id, state }));

const toDocument = ({ teams, reps }: Known): Organisation => ({
  teams: sorted(teams).flatMap(({ id, state }) => (state.status === 'known' ? [toTeamDocument(teamId.parse(id), state)] : [])),
  reps: sorted(reps).flatMap(({ id, state }) => (state.status === 'known' ? [toRepDocument(repId.parse(id), state)] : [])),
});

const answerOf = (body: Organisation) => ({ status: 200 as const, body, etag: documentEtag(body) });

export const organisationRoutes = (deps: QuotaDeps): Routes => {
  const { company, guards } = deps.stores;

  return {
    'GET /organisation': async () => answerOf(toDocument((await company.nodes()).known)),
    'PUT /organisation': async ({ body, ifMatch = '' }) => {
      const guard = await guards.ofOrganisation();
      const { nodes, today } = await companyToday(deps);
      const document = toDocument(nodes.known);
      const intent = { wants: documentEtag(body), ifMatch };
      const isCurrent = fits(ifMatch, document, document.reps.length + document.teams.length === 0) || goesOn(guard, intent);
      const change = changeOrganisation(company, { known: nodes.known, wanted: body, today });
      const differs = 'refused' in change || change.differs;
      if (differs && !isCurrent) return versionConflict;
      const complaint = complainAbout(body, document);
      if (complaint !== undefined) return complaint;
      if ('refused' in change) return change;
      if (!differs && guard.open?.wants !== intent.wants) return answerOf(document);
      if (guards.isBusy(guard, intent)) return versionConflict;
      const written = await guards.write(guard, intent, change.parcels);
      return written === 'written' ? answerOf(toDocument(change.after)) : versionConflict;
    },
  };
};
