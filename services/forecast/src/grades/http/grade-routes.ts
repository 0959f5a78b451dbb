import type { HandlersOf, forecastApi } from '@meilenstein/contracts';
import { gradesOf, baselineGradesOf } from '../domain/grades.ts';
import type { ForecastGrade } from '../../snapshots/domain/publish-snapshot.ts';
import { requireVisibleNode, type ForecastMaker, type ForecastDeps } from '../../forecasts/http/make-forecast.ts';
import { inMoney } from '../../forecasts/http/forecast-view.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'GET /forecasts/grades'>;

const horizons = ['start', 'middle', 'last-week'] as const;
/** The number of windows that are shown one by one. */
const shown = 12;

type Text = ReturnType<typeof inMoney>;

/** Grades by horizon, and the newest windows as forecast at their start. */
const gradedView = (graded: readonly (readonly ForecastGrade[])[], text: Text) => {
  const latest = (graded[0] ?? [])
    .toSorted((a, b) => (a.window.from === b.window.from ? (a.node.key < b.node.key ? -1 : 1) : a.window.from < b.window.from ? 1 : -1))
    .slice(0, shown);
  return {
    horizons: horizons.map((horizon, index) => {
      const some = graded[index] ?? [];
      return { horizon, ...gradesOf(some), baselines: [...baselineGradesOf(some)] };
    }),
    latest: latest.map((one) => ({
      node: one.node,
      window: one.window,
      actual: text(one.actual),
      mean: text(one.mean),
      p10: text(one.p10),
      p50: text(one.p50),
      p90: text(one.p90),
      judgement: one.judgement === null ? null : text(one.judgement),
    })),
  };
};

export const gradeRoutes = (deps: ForecastDeps, maker: ForecastMaker): Routes => ({
  'GET /forecasts/grades': async ({ query, caller }) => {
    const at = deps.clock.now();
    const key = query.level === 'company' ? 'company' : query.key;
    // all nodes of a level together are the company's figures: the caller must be allowed to see the company
    const node = key === undefined ? { level: 'company' as const, key: 'company' } : { level: query.level, key };
    const visible = await requireVisibleNode(maker, caller, { at, node });
    if ('refused' in visible) return visible;
    const about = { level: query.level, key, kind: query.window };
    const [made, replayed] = await Promise.all([
      Promise.all(horizons.map((horizon) => deps.snapshots.graded(about, horizon))),
      Promise.all(horizons.map((horizon) => deps.replays.graded(about, horizon))),
    ]);
    const text = inMoney(visible.asOf.settings.currency);
    const [first] = replayed;
    return {
      status: 200,
      body: {
        level: query.level,
        key: key ?? null,
        window: query.window,
        ...gradedView(made, text),
        replayed:
          first === undefined
            ? null
            : {
                replayedAt: first.at,
                ...gradedView(
                  replayed.map((one) => one?.grades ?? []),
                  text,
                ),
              },
      },
    };
  },
});
