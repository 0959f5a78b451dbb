import type { ForecastWindow } from '@meilenstein/contracts';
import type { Day } from '@meilenstein/kernel';
import { dayNumber, dayOfNumber } from '../../pipeline-view/domain/company-days.ts';
import type { CountedCell, PastForecast } from '@meilenstein/forecasting/input/evidence';
import { firstDayOf } from '@meilenstein/forecasting/input/months';
import { windowsToLearnFrom } from '@meilenstein/forecasting/replay/replay-past';
import type { DayNumber } from '@meilenstein/forecasting/input/history';
import { windowKinds, windowOn, type Moment } from '../../forecasts/domain/moment.ts';
import { endedWindows } from '../../grades/domain/rivals.ts';

const firstFactOf = (cells: readonly CountedCell[]): DayNumber | undefined => {
  let first: DayNumber | undefined;
  for (const { cell, counts } of cells) {
    if (cell.kind === 'flow') continue;
    for (const name of Object.keys(counts)) {
      const number = Number(name.startsWith('w') ? name.slice(1) : name);
      if (!(number > 0)) continue;
      const day = firstDayOf(cell.month) + number - 1;
      first = first === undefined ? day : Math.min(first, day);
    }
  }
  return first;
};

/** The day of the first arrival or order; undefined before anything happened. */
export const firstDayOfFacts = (cells: readonly CountedCell[]): Day | undefined => {
  const first = firstFactOf(cells);
  return first === undefined ? undefined : dayOfNumber(first);
};

/**
 * Ended windows of which nobody kept the first forecast: the history was imported, or the system came later. What would have been forecast
 * then follows from what was recorded by then.
 */
export const windowsToReplay = (
  moment: Moment,
  cells: readonly CountedCell[],
  kept: readonly PastForecast[],
): readonly ForecastWindow[] => {
  const first = firstDayOfFacts(cells);
  const known = new Set(kept.map(({ window }) => `${window.kind} ${window.from}`));
  return windowKinds.flatMap((kind) =>
    endedWindows(moment.calendar, windowOn(moment, kind, moment.today), first, windowsToLearnFrom).filter(
      (window) => !known.has(`${kind} ${dayNumber(window.from)}`),
    ),
  );
};
