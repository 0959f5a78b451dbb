import type { ForecastNode, HandlersOf, WindowKind, forecastApi } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { maySee, scopeOf } from '@meilenstein/runtime';
import { forecastWhatIf, type NodeForecasts } from '../domain/forecast-nodes.ts';
import { requireForecasts, type ForecastMaker, type ForecastDeps } from './make-forecast.ts';
import { inMoney } from './forecast-view.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'POST /forecasts/what-if'>;

const figuresOf = (forecasts: NodeForecasts, node: ForecastNode, kind: WindowKind) => {
  const { mean, p10, p50, p90, booked, existing, future } = forecasts.of(node, kind);
  return { mean, p10, p50, p90, booked, existing: existing.reduce((sum, one) => sum + one.expected, 0), future };
};

const inText = (figures: ReturnType<typeof figuresOf>, text: ReturnType<typeof inMoney>) => ({
  mean: text(figures.mean),
  p10: text(figures.p10),
  p50: text(figures.p50),
  p90: text(figures.p90),
  booked: text(figures.booked),
  existing: text(figures.existing),
  future: text(figures.future),
});

export const whatIfRoutes = (deps: ForecastDeps, maker: ForecastMaker): Routes => ({
  'POST /forecasts/what-if': async ({ body, caller }) => {
    const node: ForecastNode = { level: body.level, key: body.key };
    const visible = await requireForecasts(maker, caller, { at: deps.clock.now(), node });
    if ('refused' in visible) return visible;
    const { forecasts } = visible;
    const { company, today, settings } = forecasts.asOf;
    const scope = scopeOf(company, caller, today);
    const stranger = body.lostReps.find((rep) => !company.reps.some((one) => one.repId === rep) || !maySee(scope, rep));
    if (stranger !== undefined)
      return refused('rep-not-found', 'lostReps: there is no such rep, or you may not see them', { field: 'lostReps', value: stranger });
    const { amount, winRate, arrivals, lostReps } = body;
    const before = figuresOf(forecasts, node, body.window);
    const after = figuresOf(forecastWhatIf(forecasts, { amount, winRate, arrivals, lostOwners: lostReps }), node, body.window);
    const text = inMoney(settings.currency);
    return {
      status: 200,
      body: {
        node,
        window: forecasts.windows[body.window],
        asOf: forecasts.asOf.at,
        asItIs: inText(before, text),
        whatIf: inText(after, text),
        difference: text(after.mean - before.mean),
      },
    };
  },
});
