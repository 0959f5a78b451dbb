import { forecastApi } from '@meilenstein/contracts';
import { http } from '@meilenstein/runtime';
import { forecastDesk, type ForecastDeps } from './forecast-desk.ts';
import { forecastRoutes } from './forecast-routes.ts';
import { gradeRoutes } from '../../grades/http/grade-routes.ts';
import { judgementRoutes } from '../../judgements/http/judgement-routes.ts';
import { leakRoutes } from '../../leaks/http/leak-routes.ts';
import { replayRoutes } from '../../replays/http/replay-routes.ts';
import { stageRoutes } from '../../snapshots/http/stage-routes.ts';
import { whatIfRoutes } from './what-if-routes.ts';

export const forecastHttp = (deps: ForecastDeps) => {
  const desk = forecastDesk(deps);
  return http(
    forecastApi,
    {
      ...forecastRoutes(deps, desk),
      ...gradeRoutes(deps, desk),
      ...replayRoutes(deps, desk),
      ...stageRoutes(deps),
      ...judgementRoutes(deps, desk),
      ...whatIfRoutes(deps, desk),
      ...leakRoutes(deps, desk),
    },
    deps,
  );
};
