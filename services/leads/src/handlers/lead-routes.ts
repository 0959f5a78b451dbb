import { teamOn, type Caller, type Company, type HandlersOf, type leadsApi, type LeadView } from '@meilenstein/contracts';
import { dayOf, opportunityId, refused, timeZone, type Day, type LeadId, type RepId } from '@meilenstein/kernel';
import { deriveId, maySee, scopeOf, type Scope } from '@meilenstein/runtime';
import { assignLead } from '../domain/assign-lead.ts';
import { convertLead } from '../domain/convert-lead.ts';
import type { CapturedLead } from '../domain/lead.ts';
import { eligibleOn, membersOn, withAssignment } from '../domain/pool.ts';
import type { FoundLead } from '../store/lead-store.ts';
import { expectedVersion, versionIsStale } from './expected-version.ts';
import { accountOf } from './lead-account.ts';
import type { LeadsDeps } from './live-leads.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  'GET /leads' | 'GET /leads/{leadId}' | 'POST /leads/{leadId}/assign' | 'POST /leads/{leadId}/convert'
>;

// One answer for what is not there and for what the caller may not see.
const unknown = refused('lead-is-unknown', 'leadId: no lead that you may see has this id');

type Today = { readonly company: Company; readonly today: Day; readonly scope: Scope };

const mostTouchpoints = 100;

export const leadRoutes = (deps: LeadsDeps): Routes => {
  const { leads, points, submissions, company: copy } = deps.shelves;

  const asToday = async (caller: Caller): Promise<Today> => {
    const company = await copy.read();
    const today = dayOf(deps.clock.now(), company.zone ?? timeZone.parse('UTC'));
    return { company, today, scope: scopeOf(company, caller, today) };
  };

  const visible = async (id: LeadId, scope: Scope): Promise<FoundLead | undefined> => {
    const found = await leads.find(id);
    return found !== undefined && maySee(scope, found.lead.owner?.repId ?? null) ? found : undefined;
  };

  const views = async (found: readonly CapturedLead[]): Promise<LeadView[]> => {
    const tables = await points.versions(found.flatMap(({ score }) => (score === null ? [] : [score.pointsVersion])));
    return found.map(({ submissionId: _submission, account: _account, score, ...lead }) => {
      const rules = score === null ? [] : (tables.get(score.pointsVersion) ?? []);
      const scoreRules = (score?.rules ?? []).map((id) => ({ id, points: rules.find((rule) => rule.id === id)?.points ?? 0 }));
      return { ...lead, score: score?.score ?? null, scoreRules };
    });
  };

  const answer = async (changed: { readonly state: CapturedLead | { readonly status: 'none' }; readonly version: number }) => {
    const [body] = changed.state.status === 'none' ? [] : await views([changed.state]);
    return body === undefined ? unknown : { status: 200 as const, body, etag: String(changed.version) };
  };

  const ownersOf = ({ company, scope }: Today, wanted: RepId | undefined): readonly (RepId | null)[] => {
    if (wanted !== undefined) return maySee(scope, wanted) ? [wanted] : [];
    return scope.kind === 'reps' ? scope.reps : [...company.reps.map((rep) => rep.repId), null];
  };

  return {
    'GET /leads': async ({ query, caller }) => {
      const page = await leads.ofOwners(ownersOf(await asToday(caller), query.owner), query);
      return { status: 200, body: { items: await views(page.items.map((found) => found.lead)), next: page.next } };
    },
    'GET /leads/{leadId}': async ({ path, caller }) => {
      const found = await visible(path.leadId, (await asToday(caller)).scope);
      if (found === undefined) return unknown;
      const [[view], touchpoints] = await Promise.all([views([found.lead]), submissions.touchpointsOf(path.leadId, mostTouchpoints)]);
      return view === undefined ? unknown : { status: 200, body: { ...view, touchpoints: [...touchpoints] }, etag: String(found.version) };
    },
    'POST /leads/{leadId}/assign': async ({ path, body, caller, ifMatch }) => {
      const { company, today, scope } = await asToday(caller);
      if ((await visible(path.leadId, scope)) === undefined) return unknown;
      const eligible = eligibleOn(company, today);
      const about = { members: membersOn(company, today), candidates: eligible.length };
      const result = await leads.changeWithPool(
        path.leadId,
        (state, pool) => {
          const decision = assignLead(state, body.repId, about);
          const counts = 'events' in decision && decision.events.length > 0;
          return { decision, pool: counts ? withAssignment(pool, eligible, body.repId, deps.clock.now()) : undefined };
        },
        expectedVersion(ifMatch),
      );
      if ('refused' in result) return { refused: result.refused };
      return 'changed' in result ? answer(result.changed) : versionIsStale;
    },
    'POST /leads/{leadId}/convert': async ({ path, body, caller, ifMatch }) => {
      const { company, today, scope } = await asToday(caller);
      const found = await visible(path.leadId, scope);
      if (found === undefined) return unknown;
      const { leadId, person, owner } = found.lead;
      const command = {
        opportunityId: opportunityId.parse(deriveId('opportunity', leadId)),
        processId: body.processId ?? null,
        account: accountOf(leadId, person),
        teamId: owner === null ? undefined : teamOn(company, owner.repId, today),
      };
      const result = await leads.change(leadId, (state) => convertLead(state, command), expectedVersion(ifMatch));
      if ('refused' in result) return { refused: result.refused };
      return 'changed' in result ? answer(result.changed) : versionIsStale;
    },
  };
};
