import type { ForecastNode, HandlersOf, JudgementView, forecastApi } from '@meilenstein/contracts';
import { refused, toMoney } from '@meilenstein/kernel';
import { repOf } from '@meilenstein/runtime';
import { judgementId, makeJudgement, type Judgement } from '../domain/judgement.ts';
import type { ForecastGrade } from '../../snapshots/domain/publish-snapshot.ts';
import { requireVisibleNode, requireForecasts, type ForecastMaker, type ForecastDeps } from '../../forecasts/http/make-forecast.ts';
import { inMoney } from '../../forecasts/http/forecast-view.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'POST /forecasts/judgements' | 'GET /forecasts/judgements'>;

const horizons = ['start', 'middle', 'last-week'] as const;

const viewOf = ({ node, window, currency, versions }: NonNullable<Judgement>, actual: number | undefined): JudgementView => {
  const text = inMoney(currency);
  const last = versions.at(-1);
  return {
    node,
    window,
    versions: versions.map(({ judgementVersion, minor, reason, madeBy, madeAt, computed }) => ({
      version: judgementVersion,
      amount: text(minor),
      reason,
      madeBy,
      madeAt,
      computed: text(computed),
    })),
    outcome:
      actual === undefined || last === undefined
        ? null
        : { actual: text(actual), judgementError: text(last.minor - actual), computedError: text(last.computed - actual) },
  };
};

export const judgementRoutes = (deps: ForecastDeps, maker: ForecastMaker): Routes => ({
  'POST /forecasts/judgements': async ({ body, caller }) => {
    const node: ForecastNode = { level: body.level, key: body.key };
    const visible = await requireForecasts(maker, caller, { at: deps.clock.now(), node });
    if ('refused' in visible) return visible;
    const { forecasts } = visible;
    const { currency } = forecasts.asOf.settings;
    if (body.amount.currency !== currency)
      return refused('currency-not-reporting-currency', `amount: forecasts are in ${currency}`, {
        field: 'amount.currency',
        value: body.amount.currency,
      });
    const window = forecasts.windows[body.window];
    const made = {
      node,
      window,
      currency,
      minor: toMoney(body.amount).minor,
      madeBy: repOf(forecasts.asOf.company, caller) ?? null,
      computed: forecasts.of(node, body.window).mean,
      reason: body.reason,
    };
    const result = await deps.judgements.change(judgementId(node, window), (judgement) => makeJudgement(judgement, made));
    if (!('changed' in result) || result.changed.state === null) throw new Error('a judgement is never refused');
    return { status: 201, body: viewOf(result.changed.state, undefined) };
  },

  'GET /forecasts/judgements': async ({ query, caller }) => {
    const node: ForecastNode = { level: query.level, key: query.key };
    const visible = await requireVisibleNode(maker, caller, { at: deps.clock.now(), node });
    if ('refused' in visible) return visible;
    const page = await deps.judgements.page({ node, kind: query.window }, query);
    const about = { level: node.level, key: node.key, kind: query.window };
    const graded: readonly ForecastGrade[] = (await Promise.all(horizons.map((horizon) => deps.snapshots.graded(about, horizon)))).flat();
    const actuals = new Map(graded.map((one) => [one.window.label, one.actual]));
    return {
      status: 200,
      body: {
        items: page.items.map((judgement) => viewOf(judgement, actuals.get(judgement.window.label))),
        next: page.next,
      },
    };
  },
});
