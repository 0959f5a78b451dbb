import { useMemo } from 'react';
import { useRead } from '../api/use-read.ts';
import type { Amount, Asked } from './forecast-reading.ts';

/** What was forecast for a window on one of its days. */
export type HistoryDay = {
  readonly day: string;
  readonly booked: Amount;
  readonly p10: Amount;
  readonly p50: Amount;
  readonly p90: Amount;
};

export type History = {
  readonly days: readonly HistoryDay[];
  /** the days of which a snapshot is known, the newest first; the present figure can be compared with each */
  readonly comparable: readonly string[];
};

/** The days before now of the window; the first one is all that the API tells today. */
export const useHistory = ({ level, key, window }: Asked): History => {
  const { data } = useRead('GET /forecasts/progress', { query: { level, key } }, { rhythm: 'calm' });
  return useMemo(() => {
    const asked = data?.body.windows.find((each) => each.window.kind === window);
    const starts = data?.body.windows.map(({ atStart }) => atStart?.day).filter((day) => day !== undefined) ?? [];
    const inWindow = starts.filter((day) => asked !== undefined && day >= asked.window.from && day < asked.window.until);
    return { days: [], comparable: [...new Set(inWindow)].toSorted().toReversed() };
  }, [data, window]);
};
