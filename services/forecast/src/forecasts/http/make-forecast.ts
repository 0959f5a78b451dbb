import type { Caller, ForecastNode } from '@meilenstein/contracts';
import { canonicalJson, epochMillis, refused, type Instant } from '@meilenstein/kernel';
import type { HttpDeps } from '@meilenstein/runtime';
import { companyDays } from '../../pipeline-view/domain/company-days.ts';
import { followOwners } from '../../pipeline-view/domain/follow-owners.ts';
import type { EarlierForecast } from '@meilenstein/forecasting/input/forecast-input';
import { forecastNodes, replayEarlierForecasts, type NodeForecasts, type PipelineFacts } from '../domain/forecast-nodes.ts';
import { companyAsOf, teamsOf, windowKinds, windowOn, type CompanyAsOf } from '../domain/company-as-of.ts';
import { toEngine } from '../domain/node-names.ts';
import { windowsToReplay } from '../../replays/domain/windows-to-replay.ts';
import type { ForecastStores } from '../../stores.ts';
import { maySeeNode } from './visible-node.ts';

export type ForecastDeps = ForecastStores & HttpDeps;

/** With more opportunities than this a replay takes too long for a request; the nightly snapshot does it instead. */
const mostToReplay = 20_000;

/** Replays the ended windows whose first forecast was not stored. */
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

/** Reads the input of the forecasts and makes them. `replayed`: earlier forecasts that were not stored and have been replayed. */
export const makeForecasts = async (
  stores: ForecastStores,
  asOf: CompanyAsOf,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly forecasts: NodeForecasts; readonly replayed: readonly EarlierForecast[] }> => {
  const { settings, at, today, company } = asOf;
  const [processes, counters, stored, receivedUntil, ...kept] = await Promise.all([
    stores.facts.processes(),
    stores.facts.counters(at, settings.currency, companyDays(settings.zone)),
    stores.facts.open(),
    stores.facts.receivedUntil(),
    ...windowKinds.map((kind) => stores.earlierForecasts.before(kind, windowOn(asOf, kind, today).from)),
  ]);
  const open = followOwners(stored, company, { today, zone: settings.zone });
  const facts = { processes, counters, open, receivedUntil, earlierForecasts: kept.flat() };
  const replayed = await replay(stores, asOf, facts, most);
  return { forecasts: forecastNodes(asOf, { ...facts, earlierForecasts: [...facts.earlierForecasts, ...replayed] }), replayed };
};

/** Forecasts older than this are made again, even if no newer event seems to have been received. */
const maxAgeMillis = 30_000;

export type ForecastMaker = {
  readonly companyAsOf: (at: Instant) => Promise<CompanyAsOf | undefined>;
  readonly forecastsAsOf: (asOf: CompanyAsOf) => Promise<NodeForecasts>;
};

/**
 * Forecasts are made on request from the present counters, so there is no stored view to refresh. A function keeps its last forecasts until an
 * event is received, but for half a minute at most, so that a page that polls costs 16 small reads. An event that arrives late, behind a
 * newer one, is included after that half minute.
 */
export const forecastMaker = (stores: ForecastStores): ForecastMaker => {
  let kept: { readonly mark: string; readonly forecasts: NodeForecasts } | undefined;
  return {
    companyAsOf: async (at) => companyAsOf(await stores.company.read(), at),
    forecastsAsOf: async (asOf) => {
      const { today, settings, calendar, company, at } = asOf;
      const received = await stores.facts.receivedUntil();
      const members = company.reps.map(({ repId, memberships }) => [repId, memberships.at(-1)]);
      const mark = canonicalJson({ today, settings, calendar, teams: teamsOf(company), members, rates: company.rates, received });
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
  refused('node-not-found', `key: there is no ${level} ${key}, or you may not see it`, { field: 'key', value: key });

/** The company as of an instant, if the caller may see the node. A hidden node and a missing node give the same refusal. */
export const requireVisibleNode = async (
  maker: ForecastMaker,
  caller: Caller,
  { at, node }: { readonly at: Instant; readonly node: ForecastNode },
) => {
  const asOf = await maker.companyAsOf(at);
  if (asOf === undefined) return settingsMissing;
  return maySeeNode(asOf.company, caller, asOf.today, node) ? { asOf } : nodeNotFound(node);
};

/** The forecasts, if the caller may see the node. Segments and processes that do not occur in the facts are not found. */
export const requireForecasts = async (
  maker: ForecastMaker,
  caller: Caller,
  request: { readonly at: Instant; readonly node: ForecastNode },
) => {
  const visible = await requireVisibleNode(maker, caller, request);
  if ('refused' in visible) return visible;
  const forecasts = await maker.forecastsAsOf(visible.asOf);
  const { level, key } = toEngine(request.node);
  const named =
    (level !== 'segment' && level !== 'process') ||
    forecasts.nodes.some((one) => one.level === level && one.key === key) ||
    (level === 'process' && forecasts.input.processes.some((one) => one.processId === key));
  return named ? { forecasts } : nodeNotFound(request.node);
};
