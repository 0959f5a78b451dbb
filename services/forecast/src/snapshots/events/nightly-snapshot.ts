import type { WindowKind } from '@meilenstein/contracts';
import { onSchedule } from '@meilenstein/runtime';
import { dayNumber, dayOfNumber } from '../../pipeline-view/domain/company-days.ts';
import { publishedForecast } from '../../forecasts/domain/describe-forecast.ts';
import { netOrdersOf, companyUnits, type NodeForecasts } from '../../forecasts/domain/forecast-nodes.ts';
import { companyAsOf, nodesOn, windowKinds } from '../../forecasts/domain/company-as-of.ts';
import { fromEngine, toEngine } from '../../forecasts/domain/node-names.ts';
import { publishSnapshot, snapshotId } from '../domain/publish-snapshot.ts';
import { firstDayOfFacts } from '../../replays/domain/windows-to-replay.ts';
import { baselinesOf, type BaselineInput } from '../../grades/domain/baselines.ts';
import { openOpportunitiesOn } from '../../pipeline-view/domain/open-opportunities.ts';
import type { ForecastStores } from '../../stores.ts';
import { makeForecasts } from '../../forecasts/http/make-forecast.ts';

/** The number of snapshots decided at once: their states are read together and held in memory. */
const together = 500;

/** What the baselines may use at the time of the forecasts. */
const baselineInput = (forecasts: NodeForecasts, read: Pick<BaselineInput, 'configured' | 'estimates'>): BaselineInput => {
  const { asOf, input, request } = forecasts;
  return {
    ...read,
    calendar: asOf.calendar,
    netOrders: netOrdersOf(forecasts),
    firstDay: firstDayOfFacts(input.counters),
    on: request.today,
    open: openOpportunitiesOn(input.open, request.today),
    dayOf: companyUnits(asOf).dayOf,
    teams: request.teams,
  };
};

/** One entry for each node: its forecast for the current window of a kind, beside the baselines. */
const entriesOf = (forecasts: NodeForecasts, kind: WindowKind, input: BaselineInput) => {
  const baselines = baselinesOf(input, forecasts.windows[kind]);
  return nodesOn(forecasts.asOf, forecasts.asOf.today, forecasts.nodes).map((node) => ({
    id: snapshotId(forecasts.asOf.today, node, kind),
    made: publishedForecast(forecasts, node, kind, baselines(toEngine(node), forecasts.of(node, kind).booked)),
  }));
};

/** Stores the first forecasts of a window, from which later ones learn. */
const keepFirstForecasts = async ({ earlierForecasts }: ForecastStores, forecasts: NodeForecasts, kind: WindowKind): Promise<void> => {
  const window = forecasts.windows[kind];
  const origin = dayNumber(forecasts.asOf.today);
  await earlierForecasts.keep(
    window.from,
    forecasts.nodes
      .flatMap((node) => fromEngine(node) ?? [])
      .map((node) => {
        const { node: engineNode, window: days, record } = forecasts.of(node, kind);
        return { window: days, origin, node: engineNode, record };
      }),
  );
};

/** Publishes the forecast of every node for week, month and quarter. The day is that of the scheduled time, so that a retry gives the same. */
export const nightlySnapshot = (deps: ForecastStores) =>
  onSchedule('nightly-snapshot', async (at) => {
    const asOf = companyAsOf(await deps.company.read(), at);
    // without zone and currency there are no windows
    if (asOf === undefined) return;
    const { forecasts, replayed } = await makeForecasts(deps, asOf);
    for (const [from, some] of Map.groupBy(replayed, ({ window }) => window.from)) {
      const byKind = Map.groupBy(some, ({ window }) => window.kind);
      for (const forecasts of byKind.values()) await deps.earlierForecasts.keep(dayOfNumber(from), forecasts);
    }
    const [configured, estimates] = await Promise.all([deps.stages.all(), deps.estimates.all()]);
    const input = baselineInput(forecasts, { configured, estimates });
    for (const kind of windowKinds) {
      const entries = entriesOf(forecasts, kind, input).map(({ id, made }) => ({
        id,
        decide: (snapshot: Parameters<typeof publishSnapshot>[0]) => publishSnapshot(snapshot, made),
      }));
      for (let first = 0; first < entries.length; first += together)
        await deps.snapshots.changeMany(entries.slice(first, first + together), 'live');
      await keepFirstForecasts(deps, forecasts, kind);
    }
  });
