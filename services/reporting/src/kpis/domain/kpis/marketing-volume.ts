import { addDays, day, earlierOf, startOfDay } from '@meilenstein/kernel';
import type { ReportFact } from '../../../facts/domain/report-fact.ts';
import { ratio, type NodeFacts, type Kpi, type Measure, type MeasureContext } from '../kpi.ts';

type Commitment = Extract<ReportFact, { kind: 'commitment' }>;

const labelOf = ({ stage, segmentId }: Commitment): string => `${stage} ${segmentId ?? 'all'}`;

const byLabel = (a: Commitment, b: Commitment): number => (labelOf(a) < labelOf(b) ? -1 : 1);

const ofMonth = (facts: NodeFacts, month: string, { until, zone }: MeasureContext): readonly Measure[] => {
  const first = day.parse(`${month}-01`);
  // A commitment occurs at the beginning of its month in UTC, whatever the company's zone.
  const around = facts.of('commitment', startOfDay(addDays(first, -1), zone), startOfDay(addDays(first, 2), zone));
  const next = startOfDay(day.parse(`${addDays(first, 31).slice(0, 7)}-01`), zone);
  const qualified = facts.of('qualified', startOfDay(first, zone), earlierOf(next, until));
  const commitments = around.filter((one) => one.month === month).toSorted(byLabel);
  return commitments.map((commitment) => {
    const { stage, segmentId, committed } = commitment;
    const delivered = qualified.filter((one) => one.stage === stage && (segmentId === null || one.segments.includes(segmentId)));
    return ratio(delivered.length, committed, `${month} ${labelOf(commitment)}`);
  });
};

export const marketingVolume: Kpi = {
  id: 'marketing-volume',
  version: 2,
  title: { de: 'Qualifizierte Leads des Monats gegenüber der Mengenzusage', en: 'Qualified leads of the month against the commitment' },
  unit: 'ratio',
  formula: {
    de: 'seit Monatsanfang als erstmals qualifiziert bekannt gewordene ÷ für den ganzen Monat zugesagte Leads, je Stufe und Segment; endet ein Monat im Zeitraum, auch dieser bis zu seinem Ende',
    en: 'leads that became known as first qualified since the month began ÷ committed for the whole month, by stage and segment; also for a month that ends within the period, up to its end',
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
