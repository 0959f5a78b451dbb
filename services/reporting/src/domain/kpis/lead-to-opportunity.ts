import { addDays, addMillis, type Instant } from '@meilenstein/kernel';
import { ratio, type Facts, type Kpi, type Measure } from '../kpi.ts';

const horizonDays = 30;
const horizonMillis = horizonDays * 86_400_000;

/** Of the leads that were captured in a span, those that became opportunities within the horizon. The others stay in the denominator. */
const cohort = (facts: Facts, from: Instant, until: Instant, dimension: string): Measure => {
  const captured = facts.of('lead', from, until);
  const converted = captured.filter(
    (lead) => lead.converted !== null && lead.converted.occurredAt < addMillis(lead.occurredAt, horizonMillis),
  );
  return ratio(converted.length, captured.length, dimension);
};

export const leadToOpportunity: Kpi = {
  id: 'lead-to-opportunity',
  version: 1,
  title: { de: 'Lead zu Verkaufschance', en: 'Lead to opportunity' },
  unit: 'ratio',
  formula: {
    de: `binnen ${horizonDays} Tagen zur Verkaufschance gewordene Leads ÷ erfasste Leads derselben Kohorte`,
    en: `leads that became opportunities within ${horizonDays} days ÷ leads captured, of the same cohort`,
  },
  basis: 'LeadCaptured.occurredAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { period, from, until }) => [
    // The cohort of the same length whose horizon has just ended; and the youngest one, which must not be judged yet.
    cohort(facts, addMillis(from, -horizonMillis), addMillis(until, -horizonMillis), `cohort from ${addDays(period.from, -horizonDays)}`),
    { ...cohort(facts, from, until, `cohort from ${period.from}`), value: null, immature: true },
  ],
};
