import { useMemo } from 'react';
import type { Answer } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import type { Asked } from './forecast-reading.ts';

/** What was booked and forecast for a window on one of its days. */
export type HistoryDay = Pick<Answer<'GET /forecasts/history'>['days'][number], 'booked' | 'p10' | 'p50' | 'p90'> & {
  readonly day: string;
};

export type History = {
  readonly days: readonly HistoryDay[];
  /** the days of which a snapshot is known, the newest first; the present figure can be compared with each */
  readonly comparable: readonly string[];
};

/** The days of the window so far, on which a snapshot was made. */
export const useHistory = ({ level, key, window }: Asked): History => {
  const { data, isPlaceholderData } = useRead('GET /forecasts/history', { query: { level, key, window } }, { rhythm: 'calm' });
  return useMemo(() => {
    const days = isPlaceholderData ? [] : (data?.body.days ?? []);
    return { days, comparable: days.map(({ day }) => day).toReversed() };
  }, [data, isPlaceholderData]);
};
