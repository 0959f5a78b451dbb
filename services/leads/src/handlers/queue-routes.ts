import { teamOn, type HandlersOf, type leadsApi, type RoutingRules } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { expectedVersion, versionIsStale } from '@meilenstein/runtime';
import { pickLead } from '../domain/assign-lead.ts';
import { leadViews } from './lead-views.ts';
import type { LeadsDeps } from './live-leads.ts';
import { routingDesk } from './routing-desk.ts';
import { leadIsUnknown, maySeeQueue, visibleLeads } from './visible-lead.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /queues/{queueId}' | 'POST /leads/{leadId}/pick'>;

const queueIsUnknown = refused('queue-is-unknown', 'queueId: no queue that you may see has this id; GET /routing names them');

const queueOf = ({ queue, rules }: RoutingRules, id: string) =>
  [queue, ...rules.flatMap((rule) => rule.queue ?? [])].find((one) => one.queueId === id);

/** Leads that nobody could be given, and how a person takes one. */
export const queueRoutes = (deps: LeadsDeps): Routes => {
  const { leads, routing } = deps.shelves;
  const { today, find, findWaiting } = visibleLeads(deps);
  const { heads, views } = leadViews(deps);
  const desk = routingDesk(deps);

  return {
    'GET /queues/{queueId}': async ({ path, query, caller }) => {
      const [day, { document }] = await Promise.all([today(caller), routing.rules.current()]);
      const page = await leads.inQueue(path.queueId, query);
      // Leads may still wait in a queue that newer rules no longer have.
      const known = queueOf(document, path.queueId) ?? page.items[0]?.lead.queue ?? undefined;
      if (known === undefined || !maySeeQueue(day, known.teamId)) return queueIsUnknown;
      const visible = page.items.map(({ lead }) => lead).filter((lead) => lead.queue !== null && maySeeQueue(day, lead.queue.teamId));
      return { status: 200, body: { items: [...(await views(visible))], next: page.next } };
    },
    'POST /leads/{leadId}/pick': async ({ path, caller, ifMatch }) => {
      const day = await today(caller);
      if (((await findWaiting(path.leadId, day)) ?? (await find(path.leadId, day))) === undefined) return leadIsUnknown;
      const team = day.rep === undefined ? undefined : teamOn(day.company, day.rep, day.today);
      if (day.rep === undefined || team === undefined)
        return refused('rep-is-unknown', 'the token belongs to nobody who is in a team today');
      const member = { repId: day.rep, teamId: team };
      const result = await leads.changeByPlan(
        path.leadId,
        async (state) => {
          const decision = pickLead(state, member);
          return { decision, alongside: 'events' in decision ? await desk.countedByHand(state, member.repId) : [] };
        },
        expectedVersion(ifMatch),
      );
      if ('refused' in result) return { refused: result.refused };
      if (!('changed' in result)) return versionIsStale;
      const { state, version } = result.changed;
      const [body] = state.status === 'none' ? [] : await heads([state]);
      return body === undefined ? leadIsUnknown : { status: 200, body, etag: String(version) };
    },
  };
};
