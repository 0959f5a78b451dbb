import { addDays, addMillis, type Instant } from '@meilenstein/kernel';
import { leadsOf, ratio, type Facts, type Kpi, type LeadFact, type Measure, type Question } from '../kpi.ts';

const horizonDays = 30;
const horizonMillis = horizonDays * 86_400_000;

/** A lead is judged by what is known at the end of its own horizon, so that it is judged once and alike by every report. */
const horizonOf = (lead: LeadFact): Instant => addMillis(lead.recordedAt, horizonMillis);
const isPerson = (lead: LeadFact): boolean => lead.merges.findLast((merge) => merge.recordedAt < horizonOf(lead))?.by !== -1;
const isConverted = (lead: LeadFact): boolean => lead.converted !== null && lead.converted.recordedAt < horizonOf(lead);

type Span = { readonly from: Instant; readonly until: Instant; readonly dimension: string };

/** Of the leads of a span, those that became opportunities within the horizon. The others stay in the denominator. */
const cohort = (facts: Facts, { node }: Question, { from, until, dimension }: Span): Measure => {
  const persons = leadsOf(facts, node, from, until).filter(isPerson);
  return ratio(persons.filter(isConverted).length, persons.length, dimension);
};

export const leadToOpportunity: Kpi = {
  id: 'lead-to-opportunity',
  version: 2,
  title: { de: 'Lead zu Verkaufschance', en: 'Lead to opportunity' },
  unit: 'ratio',
  formula: {
    de: `binnen ${horizonDays} Tagen nach Bekanntwerden als Verkaufschance bekannte Leads ÷ bekannt gewordene Leads derselben Kohorte`,
    en: `leads known as opportunities within ${horizonDays} days of becoming known ÷ leads that became known, of the same cohort`,
  },
  basis: 'LeadCaptured.recordedAt, LeadAssigned.recordedAt, LeadConverted.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, question) => {
    const { period, from, until } = question;
    const mature = { from: addMillis(from, -horizonMillis), until: addMillis(until, -horizonMillis) };
    return [
      // The cohort of the same length whose horizon has just ended; and the youngest one, which must not be judged yet.
      cohort(facts, question, { ...mature, dimension: `cohort from ${addDays(period.from, -horizonDays)}` }),
      { ...cohort(facts, question, { from, until, dimension: `cohort from ${period.from}` }), value: null, immature: true },
    ];
  },
};
