import type { ForecastNode, HandlersOf, WindowKind, forecastApi } from '@meilenstein/contracts';
import { canonicalJson, refused, startOfDay, type Day } from '@meilenstein/kernel';
import { deriveId } from '@meilenstein/runtime';
import { companyDays, dayNumber } from '../../pipeline-view/domain/company-days.ts';
import { forecastOfPublished, publishedOf } from '../domain/describe-forecast.ts';
import { explainChange } from '@meilenstein/forecasting/change';
import { historiesOf, sightOf, type Book } from '../domain/forecast-book.ts';
import { ratioOf } from '../../grades/domain/grades.ts';
import { windowKinds } from '../domain/moment.ts';
import { noRivals, snapshotId, type Published } from '../../snapshots/domain/publish-snapshot.ts';
import { toEngine } from '../domain/node-names.ts';
import { lookAt, openBook, type Desk, type ForecastDeps } from './forecast-desk.ts';
import { inMoney, quotaOf, viewOf, type Explained } from './forecast-view.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'GET /forecasts' | 'GET /forecasts/course'>;

/** The answer and a tag that changes only when a figure does, so that polling costs no bytes. */
const answer = <View extends { readonly asOf: unknown }>(view: View) => ({
  status: 200 as const,
  body: view,
  weakEtag: deriveId(canonicalJson({ ...view, asOf: null })),
});

const unknownSnapshot = (field: 'snapshot' | 'since', on: Day) =>
  refused('snapshot-is-unknown', `${field}: no forecast of that node was published on ${on}`, { field, value: on });

export const forecastRoutes = (deps: ForecastDeps, desk: Desk): Routes => {
  const published = async (on: Day, node: ForecastNode, kind: WindowKind): Promise<Published | undefined> =>
    (await deps.snapshots.find(snapshotId(on, node, kind)))?.state?.published;

  const explain = async (book: Book, before: Published, node: ForecastNode): Promise<Explained> => {
    const { moment, asked, evidence } = book;
    const began = startOfDay(before.day, moment.settings.zone);
    const ended = historiesOf(await deps.evidence.endedSince(began, moment.at), sightOf(moment, companyDays(moment.settings.zone)));
    const { level, key } = toEngine(node);
    const teamIds = level === 'team' ? asked.teams.find((team) => team.key === key)?.teamIds : undefined;
    const change = explainChange(
      evidence,
      {
        before: { today: dayNumber(before.day), forecast: forecastOfPublished(before) },
        after: book.of(node, before.window.kind),
        today: asked.today,
        startMonth: asked.startMonth,
        ...(teamIds === undefined ? {} : { teamIds }),
      },
      [...evidence.open, ...ended],
    );
    return { since: before, change };
  };

  return {
    'GET /forecasts': async ({ query, caller }) => {
      const node: ForecastNode = { level: query.level, key: query.key };
      const asked = { at: deps.clock.now(), node };
      if (query.snapshot !== undefined) {
        const looked = await lookAt(desk, caller, asked);
        if ('refused' in looked) return looked;
        const found = await published(query.snapshot, node, query.window);
        if (found === undefined) return unknownSnapshot('snapshot', query.snapshot);
        const quota = quotaOf(await deps.targets.of(node), looked.moment.calendar, found.window);
        return answer(viewOf(found, { quota, explained: null }));
      }
      const opened = await openBook(desk, caller, asked);
      if ('refused' in opened) return opened;
      const { book } = opened;
      const now = publishedOf(book, node, query.window, noRivals);
      const quota = quotaOf(await deps.targets.of(node), book.moment.calendar, now.window);
      const gaps = book.gaps(node);
      if (query.since === undefined) return answer(viewOf(now, { quota, explained: null, gaps }));
      const before = await published(query.since, node, query.window);
      if (before === undefined) return unknownSnapshot('since', query.since);
      if (before.window.label !== now.window.label)
        return refused('snapshot-is-of-another-window', `since: that day lies in ${before.window.label}, not in ${now.window.label}`, {
          field: 'since',
          value: query.since,
        });
      return answer(viewOf(now, { quota, explained: await explain(book, before, node), gaps }));
    },

    'GET /forecasts/course': async ({ query, caller }) => {
      const node: ForecastNode = { level: query.level, key: query.key };
      const opened = await openBook(desk, caller, { at: deps.clock.now(), node });
      if ('refused' in opened) return opened;
      const { book } = opened;
      const text = inMoney(book.moment.settings.currency);
      const quantiles = ({ mean, p10, p50, p90 }: Pick<Published['figures'], 'mean' | 'p10' | 'p50' | 'p90'>) => ({
        mean: text(mean),
        p10: text(p10),
        p50: text(p50),
        p90: text(p90),
      });
      const starts = await Promise.all(windowKinds.map((kind) => published(book.windows[kind].from, node, kind)));
      const windows = windowKinds.map((kind, index) => {
        const now = book.of(node, kind);
        const start = starts[index];
        return {
          window: book.windows[kind],
          actual: text(now.booked),
          atStart: start === undefined ? null : { day: start.day, ...quantiles(start.figures) },
          now: quantiles(now),
          reached: start === undefined ? null : ratioOf(now.booked, start.figures.mean),
        };
      });
      return answer({ node, asOf: book.moment.at, windows });
    },
  };
};
