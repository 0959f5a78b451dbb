import { isAnswerDue, isAnsweredInTime, isOverdue, stage, type VolumeCommitment } from '@meilenstein/contracts';
import { earlierOf, instant, leadId, sourceId, type Instant, type LeadId, type SourceId } from '@meilenstein/kernel';
import * as z from 'zod';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { resultOf, serviceLevelResult } from './service-level-result.ts';

type WithServiceLevels = Pick<CapturedLead, 'leadId' | 'sourceId' | 'owner' | 'serviceLevel' | 'earlierServiceLevels'>;

/** One service level of a lead, as an entry of the report. */
export const serviceLevelEntry = serviceLevelResult.extend({
  leadId,
  sourceId,
  /** from 1; each requalification begins the next */
  round: z.int().positive().default(1),
});
export type ServiceLevelEntry = z.infer<typeof serviceLevelEntry>;

/** All service levels of a lead; those from before a requalification are final. */
export const serviceLevelEntriesOf = (lead: WithServiceLevels): readonly ServiceLevelEntry[] => {
  const { leadId: id, sourceId: source, serviceLevel, earlierServiceLevels } = lead;
  const running = serviceLevel === null ? [] : [resultOf(serviceLevel, lead.owner)];
  return [...earlierServiceLevels, ...running].map((one, index) => ({ ...one, leadId: id, sourceId: source, round: index + 1 }));
};

/** Half-open. */
export type Span = { readonly from: Instant; readonly until: Instant };

/** A share with numerator and denominator; the value is null for a denominator of 0. */
type Share = { readonly numerator: number; readonly denominator: number; readonly value: number | null };

const shareOf = (numerator: number, denominator: number): Share => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
});

/** Nearest-rank percentile; null for no values. */
export const percentile = (values: readonly number[], part: number): number | null =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(part * values.length) - 1)] ?? null;

/** Working time from the start to the answer, in milliseconds. */
type SpeedToLead = { readonly answered: number; readonly medianMillis: number | null; readonly p90Millis: number | null };

const speedToLead = (entries: readonly ServiceLevelEntry[]): SpeedToLead => {
  const times = entries.flatMap((entry) => entry.waitedMillis ?? []);
  return { answered: times.length, medianMillis: percentile(times, 0.5), p90Millis: percentile(times, 0.9) };
};

const isWithin = (at: Instant | null, { from, until }: Span): boolean => at !== null && from <= at && at < until;

export type Compliance = {
  readonly due: number;
  /** answered before the deadline ÷ due in the period; by due date, so that unanswered leads count too */
  readonly kept: Share;
  readonly missed: readonly LeadId[];
  readonly speed: SpeedToLead;
};

/** A period up to now: a later deadline is not missed yet. */
export type SpanUntilNow = Span & { readonly now: Instant };

const complianceOf = (entries: readonly ServiceLevelEntry[], span: SpanUntilNow): Compliance => {
  const passed = { from: span.from, until: earlierOf(span.until, span.now) };
  const due = entries.filter((entry) => isWithin(entry.dueAt, passed) && isAnswerDue(entry));
  const kept = due.filter(isAnsweredInTime);
  const missed = due.filter((entry) => isOverdue(entry, span.now)).map((entry) => entry.leadId);
  const answered = entries.filter((entry) => isWithin(entry.answeredAt, span));
  return { due: due.length, kept: shareOf(kept.length, due.length), missed: missed.toSorted(), speed: speedToLead(answered) };
};

/** A lead that reached a stage for the first time, with its segments at that time. */
export const qualifiedLead = z.object({ leadId, stage, at: instant, segments: z.array(z.string()) });
export type QualifiedLead = z.infer<typeof qualifiedLead>;

export type CommitmentResult = VolumeCommitment & { readonly delivered: number; readonly kept: Share; readonly gap: number };

/** What was committed and delivered in a period; each lead counts once. */
export const commitmentResults = (
  commitments: readonly VolumeCommitment[],
  qualified: readonly QualifiedLead[],
  span: Span,
): readonly CommitmentResult[] =>
  commitments.map((commitment) => {
    const { segmentId } = commitment;
    const leads = qualified.filter(
      (one) => isWithin(one.at, span) && one.stage === commitment.stage && (segmentId === null || one.segments.includes(segmentId)),
    );
    const delivered = new Set(leads.map((one) => one.leadId)).size;
    return { ...commitment, delivered, kept: shareOf(delivered, commitment.committed), gap: Math.max(0, commitment.committed - delivered) };
  });

/** Service levels of sales and volume commitments of marketing. */
export type ServiceLevelReport = {
  readonly sales: Compliance;
  readonly bySource: readonly (Compliance & { readonly sourceId: SourceId })[];
  readonly byMarket: readonly (Compliance & { readonly market: string | null })[];
  readonly marketing: readonly CommitmentResult[];
};

const grouped = <Key extends string | null>(
  entries: readonly ServiceLevelEntry[],
  span: SpanUntilNow,
  keyOf: (entry: ServiceLevelEntry) => Key,
): readonly (readonly [Key, Compliance])[] =>
  [...Map.groupBy(entries, keyOf)]
    .toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([key, own]) => [key, complianceOf(own, span)] as const);

/** The service-level report of a period, as of now. */
export const serviceLevelReport = (
  entries: readonly ServiceLevelEntry[],
  marketing: { readonly commitments: readonly VolumeCommitment[]; readonly qualified: readonly QualifiedLead[] },
  span: SpanUntilNow,
): ServiceLevelReport => ({
  sales: complianceOf(entries, span),
  bySource: grouped(entries, span, (entry) => entry.sourceId).map(([source, account]) => ({ ...account, sourceId: source })),
  byMarket: grouped(entries, span, (entry) => entry.market).map(([market, account]) => ({ ...account, market })),
  marketing: commitmentResults(marketing.commitments, marketing.qualified, span),
});
