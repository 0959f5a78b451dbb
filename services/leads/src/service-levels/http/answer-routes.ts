import type { Caller, HandlersOf, leadsApi } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { answerChange, expectedVersion, repOf, type Changed } from '@meilenstein/runtime';
import type { Lead } from '../../lead/domain/lead.ts';
import { answerLead, resumeServiceLevel, waitForCustomer } from '../domain/service-level-commands.ts';
import { leadViews } from '../../lead/http/lead-views.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { leadIsUnknown, visibleLeads } from '../../lead/http/visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  'POST /leads/{leadId}/answer' | 'POST /leads/{leadId}/wait' | 'POST /leads/{leadId}/resume'
>;

/** Recording an answer, and pausing and resuming the service level. */
export const answerRoutes = (deps: LeadsDeps): Routes => {
  const { leads } = deps.stores;
  const { today, find } = visibleLeads(deps);
  const { heads } = leadViews(deps);

  const answer = async ({ state, version }: Changed<Lead>) => {
    const [body] = state.status === 'none' ? [] : await heads([state]);
    return body === undefined ? leadIsUnknown : { status: 200 as const, body, etag: String(version) };
  };
  const isSeen = async (id: LeadId, caller: Caller): Promise<boolean> => (await find(id, await today(caller))) !== undefined;

  return {
    'POST /leads/{leadId}/answer': async ({ path, body, caller, ifMatch }) => {
      const seen = await today(caller);
      if ((await find(path.leadId, seen)) === undefined) return leadIsUnknown;
      const now = deps.clock.now();
      const command = { ...body, at: body.at ?? now, by: repOf(seen.company, caller), now };
      const result = await leads.change(path.leadId, (state) => answerLead(state, command), expectedVersion(ifMatch));
      return answerChange(result, answer);
    },
    'POST /leads/{leadId}/wait': async ({ path, caller, ifMatch }) => {
      if (!(await isSeen(path.leadId, caller))) return leadIsUnknown;
      const at = deps.clock.now();
      const result = await leads.change(path.leadId, (state) => waitForCustomer(state, at), expectedVersion(ifMatch));
      return answerChange(result, answer);
    },
    'POST /leads/{leadId}/resume': async ({ path, caller, ifMatch }) => {
      if (!(await isSeen(path.leadId, caller))) return leadIsUnknown;
      const at = deps.clock.now();
      const result = await leads.change(path.leadId, (state) => resumeServiceLevel(state, at), expectedVersion(ifMatch));
      return answerChange(result, answer);
    },
  };
};
