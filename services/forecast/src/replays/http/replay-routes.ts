import type { HandlersOf, forecastApi } from '@meilenstein/contracts';
import { settingsMissing, type ForecastMaker, type ForecastDeps } from '../../forecasts/http/make-forecast.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'POST /forecasts/replays'>;

export const replayRoutes = ({ clock, replays }: ForecastDeps, maker: ForecastMaker): Routes => ({
  'POST /forecasts/replays': async () => {
    const now = clock.now();
    if ((await maker.companyAsOf(now)) === undefined) return settingsMissing;
    const { requestedAt, finished } = await replays.request(now);
    return { status: 202, body: { requestedAt, replayedAt: finished?.at ?? null } };
  },
});
