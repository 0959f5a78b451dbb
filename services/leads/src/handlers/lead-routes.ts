import { teamOn, type HandlersOf, type leadsApi } from '@meilenstein/contracts';
import { leadId, opportunityId, refused, type RepId } from '@meilenstein/kernel';
import { deriveId, expectedVersion, maySee, versionIsStale, type Changed } from '@meilenstein/runtime';
import { assignLead } from '../domain/assign-lead.ts';
import { convertLead } from '../domain/convert-lead.ts';
import { allKnown, type Lead } from '../domain/lead.ts';
import { eligibleOn, membersOn } from '../domain/pool.ts';
import { resolved } from '../domain/survivorship.ts';
import { accountOf } from './lead-account.ts';
import { consentViews, leadViews } from './lead-views.ts';
import type { LeadsDeps } from './live-leads.ts';
import { leadIsUnknown, visibleLeads, type Today } from './visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  'GET /leads' | 'GET /leads/{leadId}' | 'POST /leads/{leadId}/assign' | 'POST /leads/{leadId}/convert'
>;

const mostTouchpoints = 100;

const ownersOf = ({ company, scope }: Today, wanted: RepId | undefined): readonly (RepId | null)[] => {
  if (wanted !== undefined) return maySee(scope, wanted) ? [wanted] : [];
  return scope.kind === 'reps' ? scope.reps : [...company.reps.map((rep) => rep.repId), null];
};

export const leadRoutes = (deps: LeadsDeps): Routes => {
  const { leads, processes, submissions, survivorship } = deps.shelves;
  const { today, find } = visibleLeads(deps);
  const { heads, views } = leadViews(deps.shelves);

  const answer = async ({ state, version }: Changed<Lead>) => {
    const [body] = state.status === 'none' ? [] : await heads([state]);
    return body === undefined ? leadIsUnknown : { status: 200 as const, body, etag: String(version) };
  };

  return {
    'GET /leads': async ({ query, caller }) => {
      const page = await leads.ofOwners(ownersOf(await today(caller), query.owner), query);
      return { status: 200, body: { items: [...(await views(page.items.map((found) => found.lead)))], next: page.next } };
    },
    'GET /leads/{leadId}': async ({ path, caller }) => {
      const found = await find(path.leadId, await today(caller));
      if (found === undefined) return leadIsUnknown;
      const absorbed = Object.keys(found.lead.absorbed).map((id) => leadId.parse(id));
      const [[view], touchpoints] = await Promise.all([
        views([found.lead]),
        submissions.touchpointsOf([path.leadId, ...absorbed], mostTouchpoints),
      ]);
      if (view === undefined) return leadIsUnknown;
      const body = {
        ...view,
        provenance: [...view.provenance],
        consents: consentViews(found.lead),
        absorbed,
        touchpoints: [...touchpoints],
      };
      return { status: 200, body, etag: String(found.version) };
    },
    'POST /leads/{leadId}/assign': async ({ path, body, caller, ifMatch }) => {
      const { company, today: day, scope } = await today(caller);
      if ((await find(path.leadId, { scope })) === undefined) return leadIsUnknown;
      const eligible = eligibleOn(company, day);
      const about = { members: membersOn(company, day).filter((one) => maySee(scope, one.repId)), candidates: eligible.length };
      const result = await leads.changeWithPool(
        path.leadId,
        (state) => {
          const decision = assignLead(state, body.repId, about);
          return { decision, to: 'events' in decision && decision.events.length > 0 ? body.repId : undefined };
        },
        { eligible, at: deps.clock.now(), ...expectedVersion(ifMatch) },
      );
      if ('refused' in result) return { refused: result.refused };
      return 'changed' in result ? answer(result.changed) : versionIsStale;
    },
    'POST /leads/{leadId}/convert': async ({ path, body, caller, ifMatch }) => {
      const { company, today: day, scope } = await today(caller);
      const found = await find(path.leadId, { scope });
      if (found === undefined) return leadIsUnknown;
      const { processId } = body;
      if (processId !== undefined && !(await processes.isPublished(processId)))
        return refused('process-is-unknown', 'no sales process with this id was published', { field: 'processId', value: processId });
      const { leadId: id, owner } = found.lead;
      const { fields } = resolved(allKnown(found.lead), (await survivorship.current()).rules);
      const command = {
        opportunityId: opportunityId.parse(deriveId('opportunity', id)),
        processId: processId ?? null,
        account: accountOf(id, fields),
        teamId: owner === null ? undefined : teamOn(company, owner.repId, day),
      };
      const result = await leads.change(id, (state) => convertLead(state, command), expectedVersion(ifMatch));
      if ('refused' in result) return { refused: result.refused };
      return 'changed' in result ? answer(result.changed) : versionIsStale;
    },
  };
};
