import { addDays, boundsOf, periodOf } from '@meilenstein/kernel';
import { ratio, type Kpi } from '../kpi.ts';

export const attainment: Kpi = {
  id: 'attainment',
  version: 1,
  title: { de: 'Zielerreichung des Monats', en: 'Attainment of the month' },
  unit: 'ratio',
  formula: {
    de: 'Umsatzgutschriften vom Monatsanfang bis zum Ende des Zeitraums ÷ Monatsziel',
    en: 'revenue credits from the beginning of the fiscal month to the end of the period ÷ target of the month',
  },
  basis: 'CreditGranted.creditDay, CreditReversed.creditDay',
  grain: 'rep',
  kind: 'outcome',
  parts: 'money',
  measure: (facts, { period, until, zone, calendar }) => {
    const lastDay = addDays(period.until, -1);
    const month = periodOf(calendar, 'month', lastDay);
    const credits = facts.of('credit', boundsOf(month, zone).from, until);
    const achieved = credits.reduce((sum, credit) => sum + credit.minor, 0);
    const target = facts.targetOf(month);
    return [target === null ? { ...ratio(achieved, 0, month.label), denominator: null } : ratio(achieved, target, month.label)];
  },
};
