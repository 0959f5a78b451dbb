import { addDays, day, earlierOf, startOfDay } from '@meilenstein/kernel';
import type { Countable } from '../../../facts/domain/countable.ts';
import { ratio, type Facts, type Kpi, type Measure, type Question } from '../kpi.ts';

type Promised = Extract<Countable, { kind: 'promise' }>;

const thingOf = ({ stage, segmentId }: Promised): string => `${stage} ${segmentId ?? 'all'}`;

const byThing = (a: Promised, b: Promised): number => (thingOf(a) < thingOf(b) ? -1 : 1);

const ofMonth = (facts: Facts, month: string, { until, zone }: Question): readonly Measure[] => {
  const first = day.parse(`${month}-01`);
  // A promise occurs when its month begins in UTC, wherever the company is.
  const around = facts.of('promise', startOfDay(addDays(first, -1), zone), startOfDay(addDays(first, 2), zone));
  const next = startOfDay(day.parse(`${addDays(first, 31).slice(0, 7)}-01`), zone);
  const qualified = facts.of('qualified', startOfDay(first, zone), earlierOf(next, until));
  const promises = around.filter((one) => one.month === month).toSorted(byThing);
  return promises.map((promise) => {
    const { stage, segmentId, committed } = promise;
    const delivered = qualified.filter((one) => one.stage === stage && (segmentId === null || one.segments.includes(segmentId)));
    return ratio(delivered.length, committed, `${month} ${thingOf(promise)}`);
  });
};

export const marketingVolume: Kpi = {
  id: 'marketing-volume',
  version: 2,
  title: { de: 'Qualifizierte Leads des Monats gegen Zusage', en: 'Qualified leads of the month against the promise' },
  unit: 'ratio',
  formula: {
    de: 'seit Monatsanfang als erstmals qualifiziert bekannt gewordene ÷ für den ganzen Monat zugesagte Leads, je Stufe und Segment; endet ein Monat im Zeitraum, auch dieser bis zu seinem Ende',
    en: 'leads that became known as first qualified since the month began ÷ promised for the whole month, by stage and segment; a month that ends within the period, too, up to its end',
  },
  basis: 'LeadQualified.recordedAt, VolumeCommitted.month',
  grain: 'company',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, question) => {
    const { period, node } = question;
    const months = new Set([period.from, addDays(period.until, -1)].map((on) => on.slice(0, 7)));
    return node.level === 'company' ? [...months].flatMap((month) => ofMonth(facts, month, question)) : [];
  },
};
