import type { HandlersOf, forecastApi } from '@meilenstein/contracts';
import { settingsAreMissing, type Desk, type ForecastDeps } from '../../forecasts/http/forecast-desk.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'POST /forecasts/replays'>;

export const replayRoutes = ({ clock, replays }: ForecastDeps, desk: Desk): Routes => ({
  'POST /forecasts/replays': async () => {
    const now = clock.now();
    if ((await desk.momentAt(now)) === undefined) return settingsAreMissing;
    const { askedAt, finished } = await replays.ask(now);
    return { status: 202, body: { askedAt, replayedAt: finished?.at ?? null } };
  },
});
