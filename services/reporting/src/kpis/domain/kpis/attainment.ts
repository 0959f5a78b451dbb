import { addDays, boundsOf, earlierOf, periodOf, type Period } from '@meilenstein/kernel';
import { ratio, type NodeFacts, type Kpi, type Measure, type MeasureContext } from '../kpi.ts';

const ofMonth = (facts: NodeFacts, month: Period, { until, zone }: MeasureContext): Measure => {
  const bounds = boundsOf(month, zone);
  const achieved = facts.of('credit', bounds.from, earlierOf(bounds.until, until)).reduce((sum, credit) => sum + credit.minor, 0);
  const target = facts.targetOf(month);
  return target === null ? { ...ratio(achieved, 0, month.label), denominator: null } : ratio(achieved, target, month.label);
};

export const attainment: Kpi = {
  id: 'attainment',
  version: 2,
  title: { de: 'Zielerreichung des Monats', en: 'Attainment of the month' },
  unit: 'ratio',
  formula: {
    de: 'vom Monatsanfang bis zum Ende des Zeitraums bekannt gewordene Umsatzgutschriften ÷ Monatsziel; endet ein Monat im Zeitraum, auch dieser bis zu seinem Ende',
    en: 'revenue credits that became known from the beginning of the fiscal month to the end of the period ÷ target of the month; also for a month that ends within the period, up to its end',
  },
  basis: 'CreditGranted.recordedAt, CreditReversed.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'money',
  measure: (facts, question) => {
    const { period, calendar } = question;
    const first = periodOf(calendar, 'month', period.from);
    const last = periodOf(calendar, 'month', addDays(period.until, -1));
    return (first.label === last.label ? [last] : [first, last]).map((month) => ofMonth(facts, month, question));
  },
};
