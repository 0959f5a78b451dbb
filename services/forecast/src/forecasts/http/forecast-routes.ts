import type { ForecastNode, HandlersOf, WindowKind, forecastApi } from '@meilenstein/contracts';
import { addDays, periodOf, refused, startOfDay, type Day } from '@meilenstein/kernel';
import { companyDays, dayNumber } from '../../pipeline-view/domain/company-days.ts';
import { nodeForecastOf, publishedForecast } from '../domain/describe-forecast.ts';
import { explainChange } from '@meilenstein/forecasting/change';
import { historiesFromTimelines, companyUnits, type NodeForecasts } from '../domain/forecast-nodes.ts';
import { ratioOf } from '../../grades/domain/grades.ts';
import { windowKinds } from '../domain/company-as-of.ts';
import { noBaselines, snapshotId, type PublishedForecast } from '../../snapshots/domain/publish-snapshot.ts';
import { toEngine } from '../domain/node-names.ts';
import { requireVisibleNode, requireForecasts, type ForecastMaker, type ForecastDeps } from './make-forecast.ts';
import { answerAsOf } from './answer-as-of.ts';
import { inMoney, quotaOf, viewOf, type Explained } from './forecast-view.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'GET /forecasts' | 'GET /forecasts/history' | 'GET /forecasts/progress'>;

const snapshotNotFound = (field: 'snapshot' | 'since', on: Day) =>
  refused('snapshot-not-found', `${field}: no forecast of that node was published on ${on}`, { field, value: on });

/** Each day from the first to the last, both included. */
const daysFrom = (first: Day, last: Day): readonly Day[] => {
  const days: Day[] = [];
  for (let on = first; on <= last; on = addDays(on, 1)) days.push(on);
  return days;
};

export const forecastRoutes = (deps: ForecastDeps, maker: ForecastMaker): Routes => {
  const published = async (on: Day, node: ForecastNode, kind: WindowKind): Promise<PublishedForecast | undefined> =>
    (await deps.snapshots.find(snapshotId(on, node, kind)))?.state?.published;

  const explain = async (forecasts: NodeForecasts, before: PublishedForecast, node: ForecastNode): Promise<Explained> => {
    const { asOf, request, input } = forecasts;
    const began = startOfDay(before.day, asOf.settings.zone);
    const ended = historiesFromTimelines(await deps.facts.endedSince(began, asOf.at), companyUnits(asOf, companyDays(asOf.settings.zone)));
    const { level, key } = toEngine(node);
    const teamIds = level === 'team' ? request.teams.find((team) => team.key === key)?.teamIds : undefined;
    const change = explainChange(
      input,
      {
        before: { today: dayNumber(before.day), forecast: nodeForecastOf(before) },
        after: forecasts.of(node, before.window.kind),
        today: request.today,
        startMonth: request.startMonth,
        ...(teamIds === undefined ? {} : { teamIds }),
      },
      [...input.open, ...ended],
    );
    return { since: before, change };
  };

  return {
    'GET /forecasts': async ({ query, caller }) => {
      const node: ForecastNode = { level: query.level, key: query.key };
      const request = { at: deps.clock.now(), node };
      if (query.snapshot !== undefined) {
        const visible = await requireVisibleNode(maker, caller, request);
        if ('refused' in visible) return visible;
        const found = await published(query.snapshot, node, query.window);
        if (found === undefined) return snapshotNotFound('snapshot', query.snapshot);
        const quota = quotaOf(await deps.targets.of(node), visible.asOf, found);
        return answerAsOf(viewOf(found, { quota, explained: null }));
      }
      const visible = await requireForecasts(maker, caller, request);
      if ('refused' in visible) return visible;
      const { forecasts } = visible;
      const now = publishedForecast(forecasts, node, query.window, noBaselines);
      const quota = quotaOf(await deps.targets.of(node), forecasts.asOf, now);
      const gaps = forecasts.gaps(node);
      if (query.since === undefined) return answerAsOf(viewOf(now, { quota, explained: null, gaps }));
      const before = await published(query.since, node, query.window);
      if (before === undefined) return snapshotNotFound('since', query.since);
      if (before.window.label !== now.window.label)
        return refused('snapshot-window-mismatch', `since: that day lies in ${before.window.label}, not in ${now.window.label}`, {
          field: 'since',
          value: query.since,
        });
      return answerAsOf(viewOf(now, { quota, explained: await explain(forecasts, before, node), gaps }));
    },

    'GET /forecasts/history': async ({ query, caller }) => {
      const node: ForecastNode = { level: query.level, key: query.key };
      const visible = await requireVisibleNode(maker, caller, { at: deps.clock.now(), node });
      if ('refused' in visible) return visible;
      const { today, calendar } = visible.asOf;
      const { label, from, until } = periodOf(calendar, query.window, today);
      const found = await deps.snapshots.findMany(daysFrom(from, today).map((on) => snapshotId(on, node, query.window)));
      const days = found.flatMap((one) => (one?.state?.published.window.label === label ? [one.state.published] : []));
      return {
        status: 200,
        body: {
          node,
          window: { kind: query.window, label, from, until },
          days: days.map(({ day, currency, figures: { mean, p10, p50, p90, booked }, enoughFacts }) => {
            const text = inMoney(currency);
            return { day, booked: text(booked), mean: text(mean), p10: text(p10), p50: text(p50), p90: text(p90), enoughFacts };
          }),
        },
      };
    },

    'GET /forecasts/progress': async ({ query, caller }) => {
      const node: ForecastNode = { level: query.level, key: query.key };
      const visible = await requireForecasts(maker, caller, { at: deps.clock.now(), node });
      if ('refused' in visible) return visible;
      const { forecasts } = visible;
      const text = inMoney(forecasts.asOf.settings.currency);
      const quantiles = ({ mean, p10, p50, p90 }: Pick<PublishedForecast['figures'], 'mean' | 'p10' | 'p50' | 'p90'>) => ({
        mean: text(mean),
        p10: text(p10),
        p50: text(p50),
        p90: text(p90),
      });
      const starts = await Promise.all(windowKinds.map((kind) => published(forecasts.windows[kind].from, node, kind)));
      const windows = windowKinds.map((kind, index) => {
        const now = forecasts.of(node, kind);
        const start = starts[index];
        return {
          window: forecasts.windows[kind],
          actual: text(now.booked),
          atStart: start === undefined ? null : { day: start.day, ...quantiles(start.figures) },
          now: quantiles(now),
          reached: start === undefined ? null : ratioOf(now.booked, start.figures.mean),
        };
      });
      return answerAsOf({ node, asOf: forecasts.asOf.at, windows });
    },
  };
};
