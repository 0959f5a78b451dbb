import { teamOn, type HandlersOf, type leadsApi, type RoutingRules } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { answerChange, expectedVersion, type Changed } from '@meilenstein/runtime';
import { countedByHand, giveBackAndReassign } from '../domain/assign-by-rules.ts';
import { pickLead } from '../domain/assign-lead.ts';
import type { Lead } from '../../lead/domain/lead.ts';
import { leadItems } from '../../lead/http/lead-items.ts';
import { leadViews } from '../../lead/http/lead-views.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { loadForLead } from '../store/assignment-context.ts';
import { countQueued } from './count-queued.ts';
import { leadIsUnknown, maySeeQueue, visibleLeads } from '../../lead/http/visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  'GET /queues' | 'GET /queues/{queueId}' | 'POST /leads/{leadId}/pick' | 'POST /leads/{leadId}/give-back'
>;

const queueIsUnknown = refused('queue-not-found', 'queueId: no queue that you may see has this id; GET /routing lists them');

/** The queues that rules name, each once. */
export const queuesOf = ({ queue, rules }: RoutingRules) => [
  ...new Map([queue, ...rules.flatMap((rule) => rule.queue ?? [])].toReversed().map((one) => [one.queueId, one])).values(),
];

const queueOf = (rules: RoutingRules, id: string) => queuesOf(rules).find((one) => one.queueId === id);

/** Reading a queue, picking a lead from it, and giving a lead back. */
export const queueRoutes = (deps: LeadsDeps): Routes => {
  const { leads, routing } = deps.stores;
  const { today, find, findWaiting } = visibleLeads(deps);
  const { heads } = leadViews(deps);
  const itemsOf = leadItems(deps);

  const answer = async ({ state, version }: Changed<Lead>) => {
    const [body] = state.status === 'none' ? [] : await heads([state]);
    return body === undefined ? leadIsUnknown : { status: 200 as const, body, etag: String(version) };
  };

  return {
    'GET /queues': async ({ caller }) => {
      const [day, { document }] = await Promise.all([today(caller), routing.rules.current()]);
      const visible = queuesOf(document).filter(({ teamId }) => maySeeQueue(day, teamId));
      const items = await Promise.all(
        visible.map(async ({ queueId, teamId }) => ({ queueId, teamId, ...(await leads.queueLength(queueId, deps.clock.now())) })),
      );
      return { status: 200, body: { items: items.toSorted((a, b) => (a.queueId < b.queueId ? -1 : 1)) } };
    },
    'GET /queues/{queueId}': async ({ path, query, caller }) => {
      const [day, { document }] = await Promise.all([today(caller), routing.rules.current()]);
      const page = await leads.inQueue(path.queueId, query);
      // Leads may still wait in a queue that newer rules no longer have.
      const known = queueOf(document, path.queueId) ?? page.items[0]?.lead.queue ?? undefined;
      if (known === undefined || !maySeeQueue(day, known.teamId)) return queueIsUnknown;
      const visible = page.items.filter(({ lead }) => lead.queue !== null && maySeeQueue(day, lead.queue.teamId));
      return { status: 200, body: { items: [...(await itemsOf(visible))], next: page.next } };
    },
    'POST /leads/{leadId}/pick': async ({ path, caller, ifMatch }) => {
      const day = await today(caller);
      if (((await findWaiting(path.leadId, day)) ?? (await find(path.leadId, day))) === undefined) return leadIsUnknown;
      const team = day.rep === undefined ? undefined : teamOn(day.company, day.rep, day.today);
      if (day.rep === undefined || team === undefined)
        return refused('rep-not-found', 'the token does not belong to a rep who is in a team today');
      const member = { repId: day.rep, teamId: team };
      const result = await leads.changeWith(
        path.leadId,
        (lead) => loadForLead(deps.stores, deps.clock, lead),
        (lead, context) => countedByHand(lead, pickLead(lead, member), member.repId, context),
        expectedVersion(ifMatch),
      );
      return answerChange(result, answer);
    },
    'POST /leads/{leadId}/give-back': async ({ path, body, caller, ifMatch }) => {
      const day = await today(caller);
      if (((await find(path.leadId, day)) ?? (await findWaiting(path.leadId, day))) === undefined) return leadIsUnknown;
      const command = { reason: body.reason, note: body.note ?? null, by: day.rep };
      const result = await leads.changeWith(
        path.leadId,
        (lead) => loadForLead(deps.stores, deps.clock, lead),
        (lead, context) => giveBackAndReassign(lead, command, context),
        expectedVersion(ifMatch),
      );
      if ('changed' in result) countQueued(result.changed.events);
      return answerChange(result, answer);
    },
  };
};
