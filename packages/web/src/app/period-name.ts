import { monthName } from '../format/days.ts';
import { useMe, useWriting } from './me.ts';

type Period = { readonly kind: string; readonly label: string; readonly from: string };

/** What a period is called: the month where months are those of the calendar, else the label of the company's own calendar. */
export const usePeriodName = (): ((period: Period) => string) => {
  const { calendar } = useMe();
  const { locale } = useWriting();
  return ({ kind, label, from }) => (kind === 'month' && calendar.inForce.kind === 'months' ? monthName(locale, from) : label);
};
