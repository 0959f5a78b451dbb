import { calendarOn, type HandlersOf, type pipelineApi } from '@meilenstein/contracts';
import { boundsOf, fromMoney, periodOf, refused, startOfDay, type Instant } from '@meilenstein/kernel';
import { maySee, repOf, sortedPage } from '@meilenstein/runtime';
import { ownersOf, zoneOf } from '../../opportunities/http/current-company.ts';
import { listTooLong } from '../../opportunities/http/opportunity-list-routes.ts';
import {
  filtered,
  filteredOpportunities,
  orderBy,
  silenceView,
  totalOf,
  valued,
  viewing,
  type Valued,
} from '../../opportunities/http/visible-opportunities.ts';
import { opportunityView } from '../../opportunities/http/opportunity-view.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { columnsOf, medianOf } from '../domain/board-columns.ts';
import { byUrgency, lineOf } from '../domain/opportunity-lines.ts';
import { furthestMilestone, usualDwellAt } from '../domain/silence.ts';

type Routes = Pick<HandlersOf<typeof pipelineApi>, 'GET /board' | 'GET /today/opportunities'>;

const cardsOfColumn = 30;
const mostLines = 200;
const mostOpen = 10_000;

const closedAt = ({ opportunity }: Valued): Instant | null => {
  switch (opportunity.status) {
    case 'won':
      return opportunity.order.orderedAt;
    case 'lost':
      return opportunity.lostAt ?? null;
    case 'open':
    case 'cancelled':
      return null;
  }
};

/** The board of a process, and the opportunities that need attention today. */
export const boardRoutes = (deps: PipelineDeps): Routes => {
  const { opportunities, processes } = deps.stores;

  const nextMilestones = async () => {
    const milestonesOf = await processes.milestones();
    return ({ opportunity }: Valued): string | null => {
      const { processId, processVersion } = opportunity.dimensions;
      return opportunityView(opportunity, milestonesOf(processId, processVersion)).nextMilestoneId;
    };
  };

  return {
    'GET /board': async ({ query, caller }) => {
      const { sort = 'silence', process, ...filters } = query;
      const [seen, newest, milestonesOf, nextOf] = await Promise.all([
        viewing(deps, caller),
        processes.newest(process),
        processes.milestones(),
        nextMilestones(),
      ]);
      if (newest === undefined)
        return refused('process-not-found', 'process: no process has this id', { field: 'process', value: process });
      const period = periodOf(calendarOn(seen.company, seen.today), 'month', seen.today);
      const month = boundsOf(period, zoneOf(seen.company));
      const owners = ownersOf(seen, filters.owner);
      const [open, closed] = await Promise.all([
        filteredOpportunities(deps, seen, { ...filters, process, status: 'open' }),
        opportunities.closedSince(owners, month.from),
      ]);
      if (open === undefined) return listTooLong;
      const ofMonth = filtered(seen, closed, { ...filters, process, stalled: undefined }).filter((one) => {
        const at = closedAt(one);
        return at !== null && at >= month.from && at < month.until;
      });
      const at = Map.groupBy(open, ({ opportunity }) => furthestMilestone(opportunity));
      const earlier = open.flatMap(({ opportunity: { dimensions } }) => milestonesOf(dimensions.processId, dimensions.processVersion));
      const columns = columnsOf(newest.milestones, new Set(at.keys()), earlier).map(({ id, name }) => {
        const here = at.get(id) ?? [];
        const page = sortedPage(here, orderBy(sort), { limit: cardsOfColumn });
        return {
          milestoneId: id,
          name,
          total: totalOf(seen, here),
          medianDays: medianOf(here.flatMap(({ silence }) => silence?.days ?? [])),
          usual: usualDwellAt(seen.dwells.get(process), id, null),
          cards: page.items.flatMap((one) => {
            const { opportunity, version, value, silence } = one;
            if (silence === null) return [];
            const { opportunityId, account, leadId, amount, repId, teamId } = opportunity.dimensions;
            const worth = { amount: amount && fromMoney(amount), reportingAmount: value && fromMoney(value) };
            const card = { opportunityId, account, leadId, ...worth, repId, teamId, nextMilestoneId: nextOf(one), version };
            return [{ ...card, silence: silenceView(silence) }];
          }),
          next: page.next,
        };
      });
      const closedAs = (status: 'won' | 'lost') =>
        totalOf(
          seen,
          ofMonth.filter(({ opportunity }) => opportunity.status === status),
        );
      return {
        status: 200,
        body: {
          processId: process,
          columns,
          total: totalOf(seen, open),
          month: { label: period.label, won: closedAs('won'), lost: closedAs('lost') },
        },
      };
    },
    'GET /today/opportunities': async ({ query, caller }) => {
      const [seen, nextOf] = await Promise.all([viewing(deps, caller), nextMilestones()]);
      const repId = query.rep ?? repOf(seen.company, caller);
      if (repId === undefined || !maySee(seen.scope, repId) || !seen.company.reps.some((one) => one.repId === repId))
        return refused('rep-not-found', 'rep: name a rep whose opportunities you may see', { field: 'rep', value: query.rep ?? '' });
      const { found } = await opportunities.allOf([repId], 'open', mostOpen);
      const began = startOfDay(seen.today, zoneOf(seen.company));
      const lines = valued(seen, found)
        .flatMap((one) => {
          const { opportunity, silence, value, version } = one;
          if (silence === null) return [];
          const { openedAt, opportunityId, account, leadId } = opportunity.dimensions;
          const nextMilestoneId = nextOf(one);
          const state = {
            openedBeforeToday: openedAt < began,
            hasMilestone: opportunity.reached.length > 0,
            nextMilestoneId,
            silence,
            value,
          };
          const line = lineOf(state);
          const about = { opportunityId, account, leadId, reportingAmount: value && fromMoney(value), nextMilestoneId, version };
          return line === undefined ? [] : [{ ...state, about, line }];
        })
        .toSorted(byUrgency)
        .map(({ about, line }) => ({ ...about, ...line }));
      return { status: 200, body: { repId, today: seen.today, lines: lines.slice(0, mostLines), total: lines.length } };
    },
  };
};
