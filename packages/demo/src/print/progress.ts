/** How far a step is. */
export type Progress = { readonly done: number; readonly total: number; readonly unit: string };

const width = 24;

const duration = (seconds: number): string => (seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`);

const percentOf = ({ done, total }: Progress): number => (total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100)));

/** What is done, how fast it goes and how long it will take. @param millis since `done` was 0, or `before` */
export const progressText = (progress: Progress, millis: number, before = 0): string => {
  const { done, total, unit } = progress;
  const perSecond = millis > 0 ? ((done - before) * 1000) / millis : 0;
  const isKnown = perSecond > 0 && done < total;
  const rate = perSecond === 0 ? '' : `, ${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)} a second`;
  return `${percentOf(progress)} %, ${done} of ${total} ${unit}${rate}${isKnown ? `, ${duration((total - done) / perSecond)} left` : ''}`;
};

/** A bar for a terminal. */
export const progressBar = (progress: Progress): string => {
  const full = Math.round((percentOf(progress) / 100) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
};

export type PrintedProgress = { readonly percent: number; readonly atMillis: number };

const stepPercent = 10;
const shortestSilenceMillis = 2000;
const longestSilenceMillis = 10_000;

/**
 * Whether a line is due where there is no terminal: for each ten percent, but not sooner than two seconds after the one before, and every
 * ten seconds where something has changed.
 * @returns what is printed now; undefined if nothing is due
 */
export const dueLine = (progress: Progress, atMillis: number, last: PrintedProgress): PrintedProgress | undefined => {
  const percent = percentOf(progress);
  const silence = atMillis - last.atMillis;
  const isFarther = Math.floor(percent / stepPercent) > Math.floor(last.percent / stepPercent);
  const isDue = (isFarther && silence >= shortestSilenceMillis) || (percent !== last.percent && silence >= longestSilenceMillis);
  return isDue ? { percent, atMillis } : undefined;
};
