import type { Caller, ForecastNode } from '@meilenstein/contracts';
import { canonicalJson, epochMillis, refused, type Instant } from '@meilenstein/kernel';
import type { HttpDeps } from '@meilenstein/runtime';
import { companyDays } from '../../pipeline-view/domain/company-days.ts';
import type { EarlierForecast } from '@meilenstein/forecasting/input/forecast-input';
import { forecastNodes, replayEarlierForecasts, type NodeForecasts, type PipelineFacts } from '../domain/forecast-nodes.ts';
import { companyAsOf, teamsOf, windowKinds, windowOn, type CompanyAsOf } from '../domain/company-as-of.ts';
import { toEngine } from '../domain/node-names.ts';
import { windowsToReplay } from '../../replays/domain/windows-to-replay.ts';
import type { ForecastStores } from '../../stores.ts';
import { maySeeNode } from './visible-node.ts';

export type ForecastDeps = ForecastStores & HttpDeps;

/** Replaying more than this while somebody waits would take too long; the night does it. */
const mostToReplay = 20_000;

/** What would have been forecast in ended windows of which nobody kept it. */
const replay = async (
  stores: ForecastStores,
  asOf: CompanyAsOf,
  facts: PipelineFacts,
  most: number,
): Promise<readonly EarlierForecast[]> => {
  const windows = windowsToReplay(asOf, facts.counters, facts.earlierForecasts);
  if (windows.length === 0 || facts.open.length > most) return [];
  const known = [...facts.open, ...(await stores.facts.ended(asOf.at))];
  return known.length > most ? [] : replayEarlierForecasts(asOf, { ...facts, open: known }, windows);
};

/** Reads all that a forecast stands on, and forecasts. `replayed`: what nobody had kept of ended windows. */
export const makeForecasts = async (
  stores: ForecastStores,
  asOf: CompanyAsOf,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly forecasts: NodeForecasts; readonly replayed: readonly EarlierForecast[] }> => {
  const { settings, at, today } = asOf;
  const [processes, counters, open, receivedUntil, ...kept] = await Promise.all([
    stores.facts.processes(),
    stores.facts.counters(at, settings.currency, companyDays(settings.zone)),
    stores.facts.open(),
    stores.facts.receivedUntil(),
    ...windowKinds.map((kind) => stores.earlierForecasts.before(kind, windowOn(asOf, kind, today).from)),
  ]);
  const facts = { processes, counters, open, receivedUntil, earlierForecasts: kept.flat() };
  const replayed = await replay(stores, asOf, facts, most);
  return { forecasts: forecastNodes(asOf, { ...facts, earlierForecasts: [...facts.earlierForecasts, ...replayed] }), replayed };
};

/** A forecasts may be so old; after that it is made anew even where nothing new seems to have been received. */
const maxAgeMillis = 30_000;

export type ForecastMaker = {
  readonly companyAsOf: (at: Instant) => Promise<CompanyAsOf | undefined>;
  readonly forecastsAsOf: (asOf: CompanyAsOf) => Promise<NodeForecasts>;
};

/**
 * Forecasts are made when somebody asks, from the counters as they are then: there is nothing to refresh and nothing that can be stale.
 * One function keeps the last forecasts while nothing new was received and for half a minute at most, so that a page that polls costs 16 small
 * reads. What arrives late behind something newer is seen after that half minute.
 */
export const forecastMaker = (stores: ForecastStores): ForecastMaker => {
  let kept: { readonly mark: string; readonly forecasts: NodeForecasts } | undefined;
  return {
    companyAsOf: async (at) => companyAsOf(await stores.company.read(), at),
    forecastsAsOf: async (asOf) => {
      const { today, settings, calendar, company, at } = asOf;
      const received = await stores.facts.receivedUntil();
      const mark = canonicalJson({ today, settings, calendar, teams: teamsOf(company), rates: company.rates, received });
      const age = kept === undefined ? maxAgeMillis : epochMillis(at) - epochMillis(kept.forecasts.asOf.at);
      if (kept?.mark === mark && age >= 0 && age < maxAgeMillis) return kept.forecasts;
      const { forecasts } = await makeForecasts(stores, asOf, mostToReplay);
      kept = { mark, forecasts };
      return forecasts;
    },
  };
};

export const settingsMissing = refused('settings-missing', 'the company has no zone and reporting currency yet: PUT /settings first');

const nodeNotFound = ({ level, key }: ForecastNode) =>
  refused('node-not-found', `key: there is no ${level} ${key} that you may see`, { field: 'key', value: key });

/** The asOf and the node that a caller asks about, or why not: what one may not see looks like what is not there. */
export const requireVisibleNode = async (
  maker: ForecastMaker,
  caller: Caller,
  { at, node }: { readonly at: Instant; readonly node: ForecastNode },
) => {
  const asOf = await maker.companyAsOf(at);
  if (asOf === undefined) return settingsMissing;
  return maySeeNode(asOf.company, caller, asOf.today, node) ? { asOf } : nodeNotFound(node);
};

/** As `requireVisibleNode`, with the forecasts; segments and processes that no fact names are unknown. */
export const requireForecasts = async (
  maker: ForecastMaker,
  caller: Caller,
  asked: { readonly at: Instant; readonly node: ForecastNode },
) => {
  const visible = await requireVisibleNode(maker, caller, asked);
  if ('refused' in visible) return visible;
  const forecasts = await maker.forecastsAsOf(visible.asOf);
  const { level, key } = toEngine(asked.node);
  const named =
    (level !== 'segment' && level !== 'process') ||
    forecasts.nodes.some((one) => one.level === level && one.key === key) ||
    (level === 'process' && forecasts.evidence.processes.some((one) => one.processId === key));
  return named ? { forecasts } : nodeNotFound(asked.node);
};
