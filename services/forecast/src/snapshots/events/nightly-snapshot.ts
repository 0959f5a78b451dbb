import type { WindowKind } from '@meilenstein/contracts';
import { onSchedule } from '@meilenstein/runtime';
import { dayNumber, dayOfNumber } from '../../pipeline-view/domain/company-days.ts';
import { publishedOf } from '../../forecasts/domain/describe-forecast.ts';
import { ledgerOf, sightOf, type Book } from '../../forecasts/domain/forecast-book.ts';
import { momentOf, nodesOn, windowKinds } from '../../forecasts/domain/moment.ts';
import { fromEngine, toEngine } from '../../forecasts/domain/node-names.ts';
import { publishSnapshot, snapshotId } from '../domain/publish-snapshot.ts';
import { firstDayOfFacts } from '../../replays/domain/past-to-replay.ts';
import { rivalsOf, type RivalSight } from '../../grades/domain/rivals.ts';
import { standingOn } from '../../pipeline-view/domain/standing.ts';
import type { ForecastStores } from '../../stores.ts';
import { readBook } from '../../forecasts/http/forecast-desk.ts';

/** As many snapshots are decided at once: their states are read together, and lie in memory. */
const together = 500;

/** What the rivals know at the moment of a book. */
const sightOfRivals = (book: Book, read: Pick<RivalSight, 'configured' | 'guesses'>): RivalSight => {
  const { moment, evidence, asked } = book;
  return {
    ...read,
    calendar: moment.calendar,
    ledger: ledgerOf(book),
    firstDay: firstDayOfFacts(evidence.cells),
    on: asked.today,
    open: standingOn(evidence.open, asked.today),
    dayOf: sightOf(moment).dayOf,
    teams: asked.teams,
  };
};

/** One entry for each node: its forecast for the current window of a kind, beside what simpler methods say. */
const entriesOf = (book: Book, kind: WindowKind, sight: RivalSight) => {
  const rivals = rivalsOf(sight, book.windows[kind]);
  return nodesOn(book.moment, book.moment.today, book.nodes).map((node) => ({
    id: snapshotId(book.moment.today, node, kind),
    made: publishedOf(book, node, kind, rivals(toEngine(node), book.of(node, kind).booked)),
  }));
};

/** The first forecasts of a window are what later ones learn from. */
const keepTracks = async ({ tracks }: ForecastStores, book: Book, kind: WindowKind): Promise<void> => {
  const window = book.windows[kind];
  const origin = dayNumber(book.moment.today);
  await tracks.keep(
    window.from,
    book.nodes
      .flatMap((node) => fromEngine(node) ?? [])
      .map((node) => {
        const { node: engineNode, window: days, track } = book.of(node, kind);
        return { window: days, origin, node: engineNode, track };
      }),
  );
};

/** Publishes the forecast of every node for week, month and quarter; the day is that of the scheduled time, so a retry is the same. */
export const nightlySnapshot = (deps: ForecastStores) =>
  onSchedule('nightly-snapshot', async (at) => {
    const moment = momentOf(await deps.company.read(), at);
    // before anybody has set zone and currency there is no window to speak about
    if (moment === undefined) return;
    const { book, replayed } = await readBook(deps, moment);
    for (const [from, some] of Map.groupBy(replayed, ({ window }) => window.from)) {
      const byKind = Map.groupBy(some, ({ window }) => window.kind);
      for (const forecasts of byKind.values()) await deps.tracks.keep(dayOfNumber(from), forecasts);
    }
    const [configured, guesses] = await Promise.all([deps.stages.all(), deps.estimates.all()]);
    const sight = sightOfRivals(book, { configured, guesses });
    for (const kind of windowKinds) {
      const entries = entriesOf(book, kind, sight).map(({ id, made }) => ({
        id,
        decide: (snapshot: Parameters<typeof publishSnapshot>[0]) => publishSnapshot(snapshot, made),
      }));
      for (let first = 0; first < entries.length; first += together)
        await deps.snapshots.changeMany(entries.slice(first, first + together), 'live');
      await keepTracks(deps, book, kind);
    }
  });
