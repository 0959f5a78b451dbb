import { forecastOnReplayAsked } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { companyDays } from '../../pipeline-view/domain/company-days.ts';
import { isToBeDone } from '../domain/history-replay.ts';
import { momentOf, type Moment } from '../../forecasts/domain/moment.ts';
import { firstDayOfFacts } from '../domain/past-to-replay.ts';
import { replayGrades, type ReplayRead } from '../domain/replay-grades.ts';
import type { ForecastStores } from '../../stores.ts';

/** All that was recorded, what ended too. */
const readHistory = async ({ evidence, stages, estimates }: ForecastStores, { at, settings }: Moment): Promise<ReplayRead> => {
  const [processes, cells, open, ended, configured, guesses] = await Promise.all([
    evidence.processes(),
    evidence.cells(at, settings.currency, companyDays(settings.zone)),
    evidence.open(),
    evidence.ended(at),
    stages.all(),
    estimates.all(),
  ]);
  return { facts: { processes, cells, open: [...open, ...ended], past: [], heardUntil: null }, configured, guesses };
};

/** Replays the recorded history and keeps its grades; the same run twice gives the same. */
export const onReplayAsked = (deps: ForecastStores, consumer: EventConsumerDeps) =>
  onEvents(
    forecastOnReplayAsked,
    async ({ data: { run }, recordedAt }) => {
      const moment = momentOf(await deps.company.read(), recordedAt);
      if (moment === undefined || !isToBeDone(await deps.replays.state(), run)) return;
      const history = await readHistory(deps, moment);
      const made = await deps.replays.keep(run, replayGrades(moment, history));
      await deps.replays.finish({ run, firstDay: firstDayOfFacts(history.facts.cells) ?? null, ...made });
    },
    consumer,
  );
