import { teamOn, type HandlersOf, type leadsApi, type RoutingExplanation } from '@meilenstein/contracts';
import { leadId, opportunityId, refused } from '@meilenstein/kernel';
import { answerChange, deriveId, expectedVersion, maySee, recordHistory, type Changed } from '@meilenstein/runtime';
import { auditedLeads } from '../../audited.ts';
import { assignLead } from '../../assignment/domain/assign-lead.ts';
import { convertLead } from '../domain/convert-lead.ts';
import { fullProfile, type CapturedLead, type Lead } from '../domain/lead.ts';
import { explainFollowUp } from '../../follow-up/domain/explain-follow-up.ts';
import { explainRouting, explainRoutingTo } from '../../assignment/domain/explain-routing.ts';
import type { RoutingRecord } from '../domain/lead-assignment.ts';
import type { Locale } from '../domain/time-in-words.ts';
import { membersOn, sellersOf } from '../../assignment/domain/seller.ts';
import { segmentsOf } from '../../qualification/domain/segments.ts';
import { explainServiceLevel } from '../../service-levels/domain/explain-service-level.ts';
import { resolveProfile } from '../../identity/domain/survivorship.ts';
import { accountOf } from '../../identity/http/lead-account.ts';
import { leadWithFacts } from '../../identity/http/leads-with-facts.ts';
import { touchpointsOf } from '../../identity/store/touchpoints.ts';
import { explanationOf } from './lead-explanations.ts';
import { consentViews, leadViews } from './lead-views.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { countedByHand } from '../../assignment/domain/assign-by-rules.ts';
import { loadForLead } from '../../assignment/store/assignment-context.ts';
import { leadIsUnknown, visibleLeads, zoneOf, type Today } from './visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  'GET /leads/{leadId}' | 'GET /leads/{leadId}/history' | 'POST /leads/{leadId}/assign' | 'POST /leads/{leadId}/convert'
>;

const routingOf = (
  lead: CapturedLead,
  routed: RoutingRecord | null,
  { company, rep, seesColleagues }: Today,
  locale: Locale,
): RoutingExplanation => {
  if (!seesColleagues) return explainRoutingTo({ ...locale, reader: rep }, lead, routed);
  return explainRouting(lead, routed, { names: (id) => company.reps.find((one) => one.repId === id)?.repCode ?? id, ...locale });
};

export const leadRoutes = (deps: LeadsDeps): Routes => {
  const { leads, processes } = deps.stores;
  const { today, find, findWaiting } = visibleLeads(deps);
  const { heads, view: viewOf } = leadViews(deps);

  const answer = async ({ state, version }: Changed<Lead>) => {
    const [body] = state.status === 'none' ? [] : await heads([state]);
    return body === undefined ? leadIsUnknown : { status: 200 as const, body, etag: String(version) };
  };

  return {
    'GET /leads/{leadId}': async ({ path, caller, language }) => {
      const now = await today(caller);
      const locale = { language, zone: zoneOf(now) };
      const found = (await find(path.leadId, now)) ?? (await findWaiting(path.leadId, now));
      if (found === undefined) return leadIsUnknown;
      const [rulesInForce, touchpoints, routed] = await Promise.all([
        deps.stores.rulesInForce(),
        touchpointsOf(deps.stores, found.lead),
        leads.lastRouting(found.lead),
      ]);
      const known = leadWithFacts(found.lead, touchpoints, rulesInForce);
      const { view, rules } = await viewOf(known, rulesInForce);
      const body = {
        ...view,
        provenance: [...view.provenance],
        consents: consentViews(found.lead),
        absorbed: Object.keys(found.lead.absorbed).map((id) => leadId.parse(id)),
        touchpoints: [...touchpoints],
        serviceLevel: explainServiceLevel(found.lead, deps.clock.now(), language),
        followUp: explainFollowUp(found.lead, locale),
        routing: routingOf(found.lead, routed, now, locale),
        ...(await explanationOf(deps.stores, known, { rulesInForce, rules, now: deps.clock.now(), locale })),
      };
      return { status: 200, body, version: found.version };
    },
    'GET /leads/{leadId}/history': async ({ path, query, caller, language }) => {
      const now = await today(caller);
      if (((await find(path.leadId, now)) ?? (await findWaiting(path.leadId, now))) === undefined) return leadIsUnknown;
      const record = { kind: 'lead', id: path.leadId };
      return {
        status: 200,
        body: await recordHistory(deps, auditedLeads(deps.stores), { record, company: now.company, language, page: query }),
      };
    },
    'POST /leads/{leadId}/assign': async ({ path, body, caller, ifMatch }) => {
      const now = await today(caller);
      const { company, today: day, scope } = now;
      if (((await find(path.leadId, now)) ?? (await findWaiting(path.leadId, now))) === undefined) return leadIsUnknown;
      const members = membersOn(company, day).filter((one) => maySee(scope, one.repId));
      const selling = sellersOf(company, [], deps.clock.now()).filter((one) => one.sells && one.teamId !== undefined);
      const result = await leads.changeWith(
        path.leadId,
        (lead) => loadForLead(deps.stores, deps.clock, lead),
        (lead, context) => countedByHand(lead, assignLead(lead, body.repId, { members, candidates: selling.length }), body.repId, context),
        expectedVersion(ifMatch),
      );
      return answerChange(result, answer);
    },
    'POST /leads/{leadId}/convert': async ({ path, body, caller, ifMatch }) => {
      const { company, today: day, scope } = await today(caller);
      const found = await find(path.leadId, { scope });
      if (found === undefined) return leadIsUnknown;
      const { processId } = body;
      if (processId !== undefined && !(await processes.isPublished(processId)))
        return refused('process-not-found', 'no sales process with this id was published', { field: 'processId', value: processId });
      const { leadId: id, owner } = found.lead;
      const rulesInForce = await deps.stores.rulesInForce();
      const { fields } = resolveProfile(fullProfile(found.lead), rulesInForce.survivorship);
      const { facts } = leadWithFacts(found.lead, await touchpointsOf(deps.stores, found.lead), rulesInForce);
      const command = {
        opportunityId: opportunityId.parse(deriveId('opportunity', id)),
        processId: processId ?? null,
        account: accountOf(id, fields),
        teamId: owner === null ? undefined : teamOn(company, owner.repId, day),
        segment: segmentsOf(rulesInForce.segments.segments, facts, deps.clock.now())[0] ?? null,
      };
      const result = await leads.change(id, (state) => convertLead(state, command), expectedVersion(ifMatch));
      return answerChange(result, answer);
    },
  };
};
