import type { HandlersOf, forecastApi } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { expectedVersion, versionConflict } from '@meilenstein/runtime';
import { setStageProbabilities } from '../domain/stage-probabilities.ts';
import type { ForecastDeps } from '../../forecasts/http/make-forecast.ts';

type Routes = Pick<
  HandlersOf<typeof forecastApi>,
  'GET /forecasts/stage-probabilities/{processId}' | 'PUT /forecasts/stage-probabilities/{processId}'
>;

export const stageRoutes = (deps: ForecastDeps): Routes => ({
  'GET /forecasts/stage-probabilities/{processId}': async ({ path }) => {
    const found = await deps.stages.find(path.processId);
    if (found === undefined || found.state === null)
      return refused('stage-probabilities-not-found', 'processId: no probabilities were set for this process', {
        field: 'processId',
        value: path.processId,
      });
    const { processId, probabilities, since } = found.state;
    return { status: 200, body: { processId, probabilities, since }, etag: String(found.version) };
  },

  'PUT /forecasts/stage-probabilities/{processId}': async ({ path, body, ifMatch }) => {
    const processes = await deps.facts.processes();
    const wanted = { processId: path.processId, ...body };
    const result = await deps.stages.change(
      path.processId,
      (before) => setStageProbabilities(before, wanted, processes),
      expectedVersion(ifMatch),
    );
    if ('refused' in result) return result;
    if ('stale' in result) return versionConflict;
    if ('taken' in result) throw new Error('stage probabilities have no unique keys');
    return { status: 200, body: { ...wanted, since: result.changed.state?.since }, etag: String(result.changed.version) };
  },
});
