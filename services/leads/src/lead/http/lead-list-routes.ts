import { subtreeOf, type HandlersOf, type leadsApi } from '@meilenstein/contracts';
import { epochMillis, refused } from '@meilenstein/kernel';
import { sortedPage } from '@meilenstein/runtime';
import { deadlineOf } from '../../service-levels/domain/service-level.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { matchesFilter } from '../domain/filter-leads.ts';
import { leadFinder } from '../domain/find-leads.ts';
import { isOpen } from '../domain/is-open.ts';
import { titleOf } from '../domain/lead-title.ts';
import type { FoundLead } from '../store/lead-store.ts';
import { leadItems } from './lead-items.ts';
import { leadViews } from './lead-views.ts';
import { knowsRep, maySeeQueue, visibleLeads, visibleOwners, type Today } from './visible-lead.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /leads' | 'POST /search/leads'>;
type Query = Parameters<Routes['GET /leads']>[0]['query'];
type Sort = NonNullable<Query['sort']>;

/** A list that is filtered or sorted is read as a whole; more than this would take seconds. */
const mostListed = 10_000;
/** Points are as of now, so they cost more than what the state has. */
const mostScored = 1000;
const mostSearched = 20_000;
const mostFound = 20;

const listTooLong = refused(
  'list-too-long',
  'more leads match than can be filtered or sorted at once; add `owner`, `team` or `status=open`',
);

const dueOf = ({ serviceLevel, queue }: FoundLead['lead']): number | null => {
  const due = serviceLevel === null || serviceLevel.state.answeredAt !== null ? null : deadlineOf(serviceLevel.state);
  const at = due ?? queue?.dueAt ?? null;
  return at === null ? null : epochMillis(at);
};

/** Lists of leads, and search. */
export const leadListRoutes = (deps: LeadsDeps): Routes => {
  const { leads, survivorship } = deps.stores;
  const { today } = visibleLeads(deps);
  const { heads } = leadViews(deps);
  const itemsOf = leadItems(deps);

  /** Everything that a caller may see and the filters leave; undefined if that is too much to read. */
  const filtered = async (now: Today, query: Query): Promise<readonly FoundLead[] | undefined> => {
    const openOnly = query.status === 'open';
    const { leads: all, isComplete } = await leads.allOf(visibleOwners(now, query.owner), { openOnly, most: mostListed });
    if (!isComplete) return undefined;
    const teams = query.team === undefined ? undefined : subtreeOf(now.company, query.team);
    const found = all.filter(({ lead }) => matchesFilter(lead, { ...query, teams }));
    if (query.grade === undefined) return found;
    if (found.length > mostScored) return undefined;
    const graded = await heads(found.map(({ lead }) => lead));
    return found.filter((_, index) => graded[index]?.grade === query.grade);
  };

  const valueBy = async (
    sort: Sort,
    found: readonly FoundLead[],
  ): Promise<((one: FoundLead, index: number) => number | string | null) | undefined> => {
    switch (sort) {
      case 'due':
        return ({ lead }) => dueOf(lead);
      case 'newest':
      case 'oldest':
        return ({ lead }) => epochMillis(lead.capturedAt);
      case 'title': {
        const { rules } = await survivorship.current();
        return ({ lead }) => titleOf(lead, rules)?.toLowerCase() ?? null;
      }
      case 'score': {
        if (found.length > mostScored) return undefined;
        const scored = await heads(found.map(({ lead }) => lead));
        return (_, index) => scored[index]?.score ?? null;
      }
    }
  };

  /** Leads that wait in a queue from which the caller may pick have no owner, and are found as well. */
  const searchable = async (now: Today): Promise<{ readonly found: readonly FoundLead[]; readonly isComplete: boolean }> => {
    const [own, unowned] = await Promise.all([
      leads.allOf(visibleOwners(now), { openOnly: false, most: mostSearched }),
      now.scope.kind === 'everyone' ? { leads: [], isComplete: true } : leads.allOf([null], { openOnly: true, most: mostSearched }),
    ]);
    const waiting = unowned.leads.filter(({ lead }) => lead.queue !== null && maySeeQueue(now, lead.queue.teamId));
    return { found: [...own.leads, ...waiting], isComplete: own.isComplete && unowned.isComplete };
  };

  return {
    'GET /leads': async ({ query, caller }) => {
      const now = await today(caller);
      const { owner, limit, cursor, ...narrowed } = query;
      if (owner !== undefined && !knowsRep(now, owner))
        return refused('rep-not-found', 'the organisation knows no such rep', { field: 'owner', value: owner });
      if (Object.values(narrowed).every((value) => value === undefined)) {
        const page = await leads.ofOwners(visibleOwners(now, owner), query);
        return { status: 200, body: { items: [...(await itemsOf(page.items))], next: page.next, total: null } };
      }
      const found = await filtered(now, query);
      const { sort = 'newest' } = query;
      const valueOf = found === undefined ? undefined : await valueBy(sort, found);
      if (found === undefined || valueOf === undefined) return listTooLong;
      const places = found.map((one, index) => ({ one, value: valueOf(one, index) }));
      const placeOf = ({ one, value }: (typeof places)[number]) => ({ value, id: one.lead.leadId });
      const page = sortedPage(places, { placeOf, descending: sort === 'newest' || sort === 'score' }, { limit, cursor });
      const items = await itemsOf(page.items.map(({ one }) => one));
      return { status: 200, body: { items: [...items], next: page.next, total: found.length } };
    },
    'POST /search/leads': async ({ body, caller }) => {
      const { found, isComplete } = await searchable(await today(caller));
      const finds = leadFinder(body.text);
      const hits = found
        .filter(({ lead }) => finds(lead))
        .toSorted((a, b) => Number(isOpen(b.lead)) - Number(isOpen(a.lead)) || (a.lead.capturedAt < b.lead.capturedAt ? 1 : -1));
      const items = await itemsOf(hits.slice(0, mostFound));
      return { status: 200, body: { items: [...items], isComplete: isComplete && hits.length <= mostFound } };
    },
  };
};
