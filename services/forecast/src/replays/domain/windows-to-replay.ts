import type { ForecastWindow } from '@meilenstein/contracts';
import type { Day } from '@meilenstein/kernel';
import { dayNumber, dayOfNumber } from '../../pipeline-view/domain/company-days.ts';
import type { Counter, EarlierForecast } from '@meilenstein/forecasting/input/forecast-input';
import { firstDayOf } from '@meilenstein/forecasting/input/months';
import { windowsToLearnFrom } from '@meilenstein/forecasting/replay/replay-days';
import type { DayNumber } from '@meilenstein/forecasting/input/history';
import { windowKinds, windowOn, type CompanyAsOf } from '../../forecasts/domain/company-as-of.ts';
import { endedWindows } from '../../grades/domain/baselines.ts';

const firstFactOf = (counters: readonly Counter[]): DayNumber | undefined => {
  let first: DayNumber | undefined;
  for (const { key, counts } of counters) {
    if (key.kind === 'flow') continue;
    for (const name of Object.keys(counts)) {
      const number = Number(name.startsWith('w') ? name.slice(1) : name);
      if (!(number > 0)) continue;
      const day = firstDayOf(key.month) + number - 1;
      first = first === undefined ? day : Math.min(first, day);
    }
  }
  return first;
};

/** The day of the first arrival or order; undefined without any. */
export const firstDayOfFacts = (counters: readonly Counter[]): Day | undefined => {
  const first = firstFactOf(counters);
  return first === undefined ? undefined : dayOfNumber(first);
};

/**
 * The ended windows whose first forecast was not stored, because the history was imported or is older than the system. Their forecasts follow
 * from what was recorded by then.
 */
export const windowsToReplay = (
  asOf: CompanyAsOf,
  counters: readonly Counter[],
  kept: readonly EarlierForecast[],
): readonly ForecastWindow[] => {
  const first = firstDayOfFacts(counters);
  const known = new Set(kept.map(({ window }) => `${window.kind} ${window.from}`));
  return windowKinds.flatMap((kind) =>
    endedWindows(asOf.calendar, windowOn(asOf, kind, asOf.today), first, windowsToLearnFrom).filter(
      (window) => !known.has(`${kind} ${dayNumber(window.from)}`),
    ),
  );
};
