import { mostHandedOver, teamOn, type HandlersOf, type leadsApi, type RoutingExplanation } from '@meilenstein/contracts';
import { leadId, opportunityId, refused, type LeadId, type RepId } from '@meilenstein/kernel';
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
  | 'GET /leads/{leadId}'
  | 'GET /leads/{leadId}/history'
  | 'POST /leads/{leadId}/assign'
  | 'POST /leads/{leadId}/convert'
  | 'POST /leads/hand-over'
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

/** These leads keep their last owner. */
const settled: readonly Lead['status'][] = ['none', 'converted', 'merged', 'erased'];

export const leadRoutes = (deps: LeadsDeps): Routes => {
  const { leads, processes } = deps.stores;
  const { today, find, findWaiting } = visibleLeads(deps);
  const { heads, view: viewOf } = leadViews(deps);

  const answer = async ({ state, version }: Changed<Lead>) => {
    const [body] = state.status === 'none' ? [] : await heads([state]);
    return body === undefined ? leadIsUnknown : { status: 200 as const, body, etag: String(version) };
  };

  const assign = async (
    id: LeadId,
    to: RepId,
    { company, today: day, scope }: Today,
    expected: { readonly expectedVersion?: number } = {},
  ) => {
    const members = membersOn(company, day).filter((one) => maySee(scope, one.repId));
    const selling = sellersOf(company, [], deps.clock.now()).filter((one) => one.sells && one.teamId !== undefined);
    return leads.changeWith(
      id,
      (lead) => loadForLead(deps.stores, deps.clock, lead),
      (lead, context) => countedByHand(lead, assignLead(lead, to, { members, candidates: selling.length }), to, context),
      expected,
    );
  };

  /** The leads of a rep that may have another owner, one more than are handed over at once. */
  const ownedBy = async (owner: RepId): Promise<readonly LeadId[]> => {
    const ids: LeadId[] = [];
    let cursor: string | undefined;
    do {
      const page = await leads.ofOwners([owner], { limit: 100, cursor });
      ids.push(...page.items.filter(({ lead }) => !settled.includes(lead.status)).map(({ lead }) => lead.leadId));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && ids.length <= mostHandedOver);
    return ids;
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
      if (((await find(path.leadId, now)) ?? (await findWaiting(path.leadId, now))) === undefined) return leadIsUnknown;
      return answerChange(await assign(path.leadId, body.repId, now, expectedVersion(ifMatch)), answer);
    },
    'POST /leads/hand-over': async ({ body: { from, to }, caller }) => {
      const now = await today(caller);
      const repNotFound = (field: string, value: string) =>
        refused('rep-not-found', 'there is no such rep whose leads you may give or who may get them', { field, value });
      if (from === to) return refused('same-rep', 'name another rep who gets the leads', { field: 'to', value: to });
      if (!now.company.reps.some(({ repId }) => repId === from) || !maySee(now.scope, from)) return repNotFound('from', from);
      if (!maySee(now.scope, to) || teamOn(now.company, to, now.today) === undefined) return repNotFound('to', to);
      // read before anything changes, because what is given leaves the list
      const given = await ownedBy(from);
      const items: { readonly id: string; readonly state: 'given' | 'refused'; readonly code: string | null }[] = [];
      for (const id of given.slice(0, mostHandedOver)) {
        const result = await assign(id, to, now);
        const code = 'changed' in result ? null : 'refused' in result ? result.refused.code : 'version-conflict';
        items.push({ id, state: code === null ? 'given' : 'refused', code });
      }
      return { status: 200, body: { items, more: given.length > mostHandedOver } };
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
