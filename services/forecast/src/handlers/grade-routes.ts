import type { HandlersOf, forecastApi } from '@meilenstein/contracts';
import { gradesOf } from '../domain/grades.ts';
import { lookAt, type Desk, type ForecastDeps } from './forecast-desk.ts';
import { inMoney } from './forecast-view.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'GET /forecasts/grades'>;

const horizons = ['start', 'middle', 'last-week'] as const;
/** Windows that are shown one by one. */
const shown = 12;

export const gradeRoutes = (deps: ForecastDeps, desk: Desk): Routes => ({
  'GET /forecasts/grades': async ({ query, caller }) => {
    const at = deps.clock.now();
    const key = query.level === 'company' ? 'company' : query.key;
    // all nodes of a level together are the company's figures
    const node = key === undefined ? { level: 'company' as const, key: 'company' } : { level: query.level, key };
    const looked = await lookAt(desk, caller, { at, node });
    if ('refused' in looked) return looked;
    const about = { level: query.level, key, kind: query.window };
    const graded = await Promise.all(horizons.map((horizon) => deps.snapshots.graded(about, horizon)));
    const latest = (graded[0] ?? [])
      .toSorted((a, b) => (a.window.from === b.window.from ? (a.node.key < b.node.key ? -1 : 1) : a.window.from < b.window.from ? 1 : -1))
      .slice(0, shown);
    const text = inMoney(looked.moment.settings.currency);
    return {
      status: 200,
      body: {
        level: query.level,
        key: key ?? null,
        window: query.window,
        horizons: horizons.map((horizon, index) => {
          const { rivals, ...grades } = gradesOf(graded[index] ?? []);
          return { horizon, ...grades, rivals: [...rivals] };
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
      },
    };
  },
});
