import { forecastOnReplayRequested } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { companyDays } from '../../pipeline-view/domain/company-days.ts';
import { isPending } from '../domain/history-replay.ts';
import { companyAsOf, type CompanyAsOf } from '../../forecasts/domain/company-as-of.ts';
import { firstDayOfFacts } from '../domain/windows-to-replay.ts';
import { replayGrades, type ReplayRead } from '../domain/replay-grades.ts';
import type { ForecastStores } from '../../stores.ts';

/** Everything that was recorded, including ended opportunities. */
const readHistory = async (stores: ForecastStores, { at, settings }: CompanyAsOf): Promise<ReplayRead> => {
  const [processes, counters, open, ended, configured, estimates] = await Promise.all([
    stores.facts.processes(),
    stores.facts.counters(at, settings.currency, companyDays(settings.zone)),
    stores.facts.open(),
    stores.facts.ended(at),
    stores.stages.all(),
    stores.estimates.all(),
  ]);
  return { facts: { processes, counters, open: [...open, ...ended], earlierForecasts: [], receivedUntil: null }, configured, estimates };
};

/** Replays the recorded history and stores its grades. Doing a run twice gives the same grades. */
export const onReplayRequested = (deps: ForecastStores, consumer: EventConsumerDeps) =>
  onEvents(
    forecastOnReplayRequested,
    async ({ data: { run }, recordedAt }) => {
      const asOf = companyAsOf(await deps.company.read(), recordedAt);
      if (asOf === undefined || !isPending(await deps.replays.state(), run)) return;
      const history = await readHistory(deps, asOf);
      const made = await deps.replays.keep(run, replayGrades(asOf, history));
      await deps.replays.finish({ run, firstDay: firstDayOfFacts(history.facts.counters) ?? null, ...made });
    },
    consumer,
  );
