import { addDays, day, startOfDay } from '@meilenstein/kernel';
import type { Countable } from '../facts.ts';
import { ratio, type Kpi } from '../kpi.ts';

type Promised = Extract<Countable, { kind: 'promise' }>;

const thingOf = ({ stage, segmentId }: Promised): string => `${stage} ${segmentId ?? 'all'}`;

const byThing = (a: Promised, b: Promised): number => (thingOf(a) < thingOf(b) ? -1 : 1);

export const marketingVolume: Kpi = {
  id: 'marketing-volume',
  version: 1,
  title: { de: 'Qualifizierte Leads des Monats gegen Zusage', en: 'Qualified leads of the month against the promise' },
  unit: 'ratio',
  formula: {
    de: 'seit Monatsanfang erstmals qualifizierte ÷ für den ganzen Monat zugesagte Leads, je Stufe und Segment',
    en: 'leads first qualified since the month began ÷ promised for the whole month, by stage and segment',
  },
  basis: 'LeadQualified.occurredAt, MarketingPromised.month',
  grain: 'company',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { period, until, zone, node }) => {
    if (node.level !== 'company') return [];
    const month = addDays(period.until, -1).slice(0, 7);
    const first = day.parse(`${month}-01`);
    // A promise occurs when its month begins in UTC, wherever the company is.
    const around = facts.of('promise', startOfDay(addDays(first, -1), zone), startOfDay(addDays(first, 2), zone));
    const qualified = facts.of('qualified', startOfDay(first, zone), until);
    const promises = around.filter((one) => one.month === month).toSorted(byThing);
    return promises.map((promise) => {
      const { stage, segmentId, promised } = promise;
      const delivered = qualified.filter((one) => one.stage === stage && (segmentId === null || one.segments.includes(segmentId)));
      return ratio(delivered.length, promised, `${month} ${thingOf(promise)}`);
    });
  },
};
