import { monthName } from '../format/days.ts';
import { useWriting } from './me.ts';

type Period = { readonly label: string };

/** What a period is called: `2026-11` is November 2026; a week, quarter or year, and a month made of weeks, keep their label. */
export const usePeriodName = (): ((period: Period) => string) => {
  const { locale } = useWriting();
  return ({ label }) => (/^\d{4}-\d{2}$/.test(label) ? monthName(locale, `${label}-01`) : label);
};
