import type { Caller, ForecastNode, HandlersOf, forecastApi } from '@meilenstein/contracts';
import type { ExpectedOpportunity } from '@meilenstein/forecasting/result';
import { opportunityId, processId, refused, repId, teamId } from '@meilenstein/kernel';
import { maySee, scopeOf, sortedPage } from '@meilenstein/runtime';
import { expectedOpportunities, totalExpected } from '../domain/expected-opportunities.ts';
import type { NodeForecasts } from '../domain/forecast-nodes.ts';
import { answerAsOf } from './answer-as-of.ts';
import { inMoney } from './forecast-view.ts';
import { requireForecasts, type ForecastDeps, type ForecastMaker } from './make-forecast.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'GET /forecasts/parts'>;
type Asked = { readonly process?: string | undefined; readonly milestone?: string | undefined };

/** Refuses a process or a milestone that does not exist: an empty list would be taken for the truth. */
const checkNames = ({ input }: NodeForecasts, { process, milestone }: Asked) => {
  const asked = input.processes.filter(({ processId: id }) => process === undefined || id === process);
  if (process !== undefined && asked.length === 0)
    return refused('process-not-found', 'no sales process with this id was published', { field: 'process', value: process });
  const isKnown =
    milestone === undefined || milestone === 'none' || asked.some((one) => one.milestones.some((each) => each.milestone === milestone));
  return isKnown
    ? undefined
    : refused('milestone-not-found', 'milestone: no process that was asked for has this milestone', {
        field: 'milestone',
        value: milestone,
      });
};

const seenBy = ({ asOf: { company, today } }: NodeForecasts, caller: Caller) => {
  const scope = scopeOf(company, caller, today);
  return ({ cell }: ExpectedOpportunity): boolean => maySee(scope, repId.parse(cell.ownerId));
};

export const partRoutes = (deps: ForecastDeps, maker: ForecastMaker): Routes => ({
  'GET /forecasts/parts': async ({ query, caller }) => {
    const { level, key, window, process, milestone, limit, cursor } = query;
    const node: ForecastNode = { level, key };
    const found = await requireForecasts(maker, caller, { at: deps.clock.now(), node });
    if ('refused' in found) return found;
    const { forecasts } = found;
    const refusal = checkNames(forecasts, query);
    if (refusal !== undefined) return refusal;
    const all = expectedOpportunities(forecasts, { node, window, process, milestone });
    const isSeen = seenBy(forecasts, caller);
    const visible = all.filter(isSeen);
    const page = sortedPage(visible, { placeOf: ({ expected, id }) => ({ value: expected, id }), descending: true }, { limit, cursor });
    const text = inMoney(forecasts.asOf.settings.currency);
    const total = (of: readonly ExpectedOpportunity[]) => {
      const { opportunities, expected } = totalExpected(of);
      return { opportunities, expected: text(expected) };
    };
    return answerAsOf({
      node,
      window: forecasts.windows[window],
      asOf: forecasts.asOf.at,
      existing: total(all),
      visible: total(visible),
      hidden: total(all.filter((one) => !isSeen(one))),
      items: page.items.map(({ id, cell, milestone: reached, known, expected }) => ({
        opportunityId: opportunityId.parse(id),
        processId: processId.parse(cell.processId),
        milestoneId: reached === '' ? null : reached,
        repId: repId.parse(cell.ownerId),
        teamId: teamId.parse(cell.teamId),
        segment: cell.segment === '' ? null : cell.segment,
        amount: known === null ? null : text(known),
        expected: text(expected),
      })),
      next: page.next,
    });
  },
});
