import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { dayOf, timeZone } from '@meilenstein/kernel';
import { answerChange, expectedVersion, type Changed } from '@meilenstein/runtime';
import { disqualifyLead } from '../../lead/domain/disqualify-lead.ts';
import type { Lead } from '../../lead/domain/lead.ts';
import { touchesOf } from '../../lead/domain/lead-situation.ts';
import { recordBant } from '../domain/record-bant.ts';
import { predicatesOf } from '../domain/qualification.ts';
import { touchpointsOf } from '../../identity/store/touchpoints.ts';
import { checkNames, predicatesIn } from './check-names.ts';
import { leadViews } from '../../lead/http/lead-views.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { leadIsUnknown, visibleLeads } from '../../lead/http/visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  | 'POST /leads/{leadId}/qualify'
  | 'POST /leads/{leadId}/disqualify'
  | 'GET /qualification'
  | 'PUT /qualification'
  | 'GET /segments'
  | 'PUT /segments'
>;

/** Routes for BANT and disqualification, and for the criteria and segments. */
export const qualificationRoutes = (deps: LeadsDeps): Routes => {
  const { leads, qualification, segments } = deps.stores;
  const { today, find } = visibleLeads(deps);
  const { heads } = leadViews(deps);

  const answer = async ({ state, version }: Changed<Lead>) => {
    const [body] = state.status === 'none' ? [] : await heads([state]);
    return body === undefined ? leadIsUnknown : { status: 200 as const, body, etag: String(version) };
  };

  return {
    'POST /leads/{leadId}/qualify': async ({ path, body, caller, ifMatch }) => {
      const seen = await today(caller);
      const found = await find(path.leadId, seen);
      if (found === undefined) return leadIsUnknown;
      const [rulesInForce, touchpoints] = await Promise.all([deps.stores.rulesInForce(), touchpointsOf(deps.stores, found.lead)]);
      const now = deps.clock.now();
      const day = dayOf(now, seen.company.zone ?? timeZone.parse('UTC'));
      const command = { slots: body, today: day, now, touches: touchesOf(found.lead, touchpoints), rulesInForce };
      const result = await leads.change(path.leadId, (state) => recordBant(state, command), expectedVersion(ifMatch));
      return answerChange(result, answer);
    },
    'POST /leads/{leadId}/disqualify': async ({ path, body, caller, ifMatch }) => {
      if ((await find(path.leadId, await today(caller))) === undefined) return leadIsUnknown;
      const command = { reason: body.reason, note: body.note ?? null };
      const result = await leads.change(path.leadId, (state) => disqualifyLead(state, command), expectedVersion(ifMatch));
      return answerChange(result, answer);
    },
    'GET /qualification': async () => {
      const body = await qualification.current();
      return { status: 200, body, etag: String(body.version) };
    },
    'PUT /qualification': async ({ body, ifMatch }) => {
      const { criteria } = await qualification.current();
      const missing = await checkNames(deps.stores, predicatesOf(body), criteria === null ? [] : predicatesOf(criteria));
      if (missing !== undefined) return { refused: missing };
      const result = await qualification.publish(body, expectedVersion(ifMatch));
      return answerChange(result, ({ state, version }) => ({ status: 200, body: state, etag: String(version) }));
    },
    'GET /segments': async () => {
      const body = await segments.current();
      return { status: 200, body, etag: String(body.version) };
    },
    'PUT /segments': async ({ body, ifMatch }) => {
      const missing = await checkNames(
        deps.stores,
        predicatesIn('segments', body.segments),
        predicatesIn('segments', (await segments.current()).segments),
      );
      if (missing !== undefined) return { refused: missing };
      const result = await segments.publish(body.segments, expectedVersion(ifMatch));
      return answerChange(result, ({ state, version }) => ({ status: 200, body: state, etag: String(version) }));
    },
  };
};
