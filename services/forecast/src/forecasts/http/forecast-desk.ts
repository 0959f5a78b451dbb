import type { Caller, ForecastNode } from '@meilenstein/contracts';
import { canonicalJson, epochMillis, refused, type Instant } from '@meilenstein/kernel';
import type { HttpDeps } from '@meilenstein/runtime';
import { companyDays } from '../../pipeline-view/domain/company-days.ts';
import type { PastForecast } from '@meilenstein/forecasting/input/evidence';
import { bookOf, replayedPast, type Book, type FactsRead } from '../domain/forecast-book.ts';
import { momentOf, teamsOf, windowKinds, windowOn, type Moment } from '../domain/moment.ts';
import { toEngine } from '../domain/node-names.ts';
import { windowsToReplay } from '../../replays/domain/past-to-replay.ts';
import type { ForecastStores } from '../../stores.ts';
import { mayLookAt } from './visible-node.ts';

export type ForecastDeps = ForecastStores & HttpDeps;

/** Replaying more than this while somebody waits would take too long; the night does it. */
const mostToReplay = 20_000;

/** What would have been forecast in ended windows of which nobody kept it. */
const replay = async (stores: ForecastStores, moment: Moment, facts: FactsRead, most: number): Promise<readonly PastForecast[]> => {
  const windows = windowsToReplay(moment, facts.cells, facts.past);
  if (windows.length === 0 || facts.open.length > most) return [];
  const known = [...facts.open, ...(await stores.evidence.ended(moment.at))];
  return known.length > most ? [] : replayedPast(moment, { ...facts, open: known }, windows);
};

/** Reads all that a forecast stands on, and forecasts. `replayed`: what nobody had kept of ended windows. */
export const readBook = async (
  stores: ForecastStores,
  moment: Moment,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly book: Book; readonly replayed: readonly PastForecast[] }> => {
  const { settings, at, today } = moment;
  const [processes, cells, open, heardUntil, ...kept] = await Promise.all([
    stores.evidence.processes(),
    stores.evidence.cells(at, settings.currency, companyDays(settings.zone)),
    stores.evidence.open(),
    stores.evidence.heardUntil(),
    ...windowKinds.map((kind) => stores.tracks.before(kind, windowOn(moment, kind, today).from)),
  ]);
  const facts = { processes, cells, open, heardUntil, past: kept.flat() };
  const replayed = await replay(stores, moment, facts, most);
  return { book: bookOf(moment, { ...facts, past: [...facts.past, ...replayed] }), replayed };
};

/** A book may be so old; after that it is made anew even where nothing new seems to have been heard. */
const oldestBook = 30_000;

export type Desk = {
  readonly momentAt: (at: Instant) => Promise<Moment | undefined>;
  readonly bookAt: (moment: Moment) => Promise<Book>;
};

/**
 * Forecasts are made when somebody asks, from the counters as they are then: there is nothing to refresh and nothing that can be stale.
 * One function keeps the last book while nothing new was heard and for half a minute at most, so that a page that polls costs 16 small
 * reads. What arrives late behind something newer is seen after that half minute.
 */
export const forecastDesk = (stores: ForecastStores): Desk => {
  let kept: { readonly mark: string; readonly book: Book } | undefined;
  return {
    momentAt: async (at) => momentOf(await stores.company.read(), at),
    bookAt: async (moment) => {
      const { today, settings, calendar, company, at } = moment;
      const heard = await stores.evidence.heardUntil();
      const mark = canonicalJson({ today, settings, calendar, teams: teamsOf(company), rates: company.rates, heard });
      const age = kept === undefined ? oldestBook : epochMillis(at) - epochMillis(kept.book.moment.at);
      if (kept?.mark === mark && age >= 0 && age < oldestBook) return kept.book;
      const { book } = await readBook(stores, moment, mostToReplay);
      kept = { mark, book };
      return book;
    },
  };
};

export const settingsAreMissing = refused(
  'settings-are-missing',
  'the company has no zone and reporting currency yet: PUT /settings first',
);

const unknownNode = ({ level, key }: ForecastNode) =>
  refused('node-is-unknown', `key: there is no ${level} ${key} that you may see`, { field: 'key', value: key });

/** The moment and the node that a caller asks about, or why not: what one may not see looks like what is not there. */
export const lookAt = async (desk: Desk, caller: Caller, { at, node }: { readonly at: Instant; readonly node: ForecastNode }) => {
  const moment = await desk.momentAt(at);
  if (moment === undefined) return settingsAreMissing;
  return mayLookAt(moment.company, caller, moment.today, node) ? { moment } : unknownNode(node);
};

/** As `lookAt`, with the forecasts; segments and processes that no fact names are unknown. */
export const openBook = async (desk: Desk, caller: Caller, asked: { readonly at: Instant; readonly node: ForecastNode }) => {
  const looked = await lookAt(desk, caller, asked);
  if ('refused' in looked) return looked;
  const book = await desk.bookAt(looked.moment);
  const { level, key } = toEngine(asked.node);
  const named =
    (level !== 'segment' && level !== 'process') ||
    book.nodes.some((one) => one.level === level && one.key === key) ||
    (level === 'process' && book.evidence.processes.some((one) => one.processId === key));
  return named ? { book } : unknownNode(asked.node);
};
