import { forecastApi } from '@meilenstein/contracts';
import { auditHandler, http } from '@meilenstein/runtime';
import { auditedForecast } from '../../audited.ts';
import { forecastMaker, type ForecastDeps } from './make-forecast.ts';
import { forecastRoutes } from './forecast-routes.ts';
import { gradeRoutes } from '../../grades/http/grade-routes.ts';
import { judgementRoutes } from '../../judgements/http/judgement-routes.ts';
import { stallRoutes } from '../../leaks/http/stall-routes.ts';
import { leakRoutes } from '../../leaks/http/leak-routes.ts';
import { partRoutes } from './part-routes.ts';
import { replayRoutes } from '../../replays/http/replay-routes.ts';
import { stageRoutes } from '../../snapshots/http/stage-routes.ts';
import { whatIfRoutes } from './what-if-routes.ts';

export const forecastHttp = (deps: ForecastDeps) => {
  const maker = forecastMaker(deps);
  return http(
    forecastApi,
    {
      ...forecastRoutes(deps, maker),
      ...partRoutes(deps, maker),
      ...gradeRoutes(deps, maker),
      ...replayRoutes(deps, maker),
      ...stageRoutes(deps),
      ...judgementRoutes(deps, maker),
      ...whatIfRoutes(deps, maker),
      ...leakRoutes(deps, maker),
      ...stallRoutes(deps, maker),
      'GET /audit/forecast': auditHandler(deps, 'forecast', auditedForecast(deps)),
    },
    { ...deps, readCompany: deps.company.read },
  );
};
