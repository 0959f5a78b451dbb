import type { Instant, LeadId, RepId, SourceId } from '@meilenstein/kernel';
import { deadlineOf, waitedMillis, type ServiceClock } from './service-level.ts';

/** How one promise stands: when it is due, and what became of it. */
export type ServiceStanding = {
  /** null while we wait for the customer */
  readonly dueAt: Instant | null;
  readonly answeredAt: Instant | null;
  /** working time from the start to the answer */
  readonly waitedMillis: number | null;
  readonly endedAt: Instant | null;
};

export const standingOf = (clock: ServiceClock): ServiceStanding => ({
  dueAt: deadlineOf(clock),
  answeredAt: clock.answeredAt,
  waitedMillis: clock.answeredAt === null ? null : waitedMillis(clock, clock.answeredAt),
  endedAt: clock.endedAt,
});

/** One lead's promise in the books of sales. */
export type SalesEntry = ServiceStanding & {
  readonly leadId: LeadId;
  readonly sourceId: SourceId;
  /** country code; null where nobody knows it */
  readonly market: string | null;
  readonly ownerId: RepId | null;
};

/** Half-open. */
export type Span = { readonly from: Instant; readonly until: Instant };

/** A share with both its parts; null of nothing. */
export type Share = { readonly numerator: number; readonly denominator: number; readonly value: number | null };

export const shareOf = (numerator: number, denominator: number): Share => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
});

/** Nearest rank: the smallest value that so much of all are not above. Null of nothing. */
export const percentile = (values: readonly number[], part: number): number | null =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(part * values.length) - 1)] ?? null;

/** Working time from the lead to its answer, in milliseconds. */
export type SpeedToLead = { readonly answered: number; readonly medianMillis: number | null; readonly p90Millis: number | null };

export const speedToLead = (entries: readonly SalesEntry[]): SpeedToLead => {
  const times = entries.flatMap((entry) => entry.waitedMillis ?? []);
  return { answered: times.length, medianMillis: percentile(times, 0.5), p90Millis: percentile(times, 0.9) };
};

const isWithin = (at: Instant | null, { from, until }: Span): boolean => at !== null && from <= at && at < until;

const isKept = ({ answeredAt, dueAt }: ServiceStanding): boolean => answeredAt !== null && dueAt !== null && answeredAt < dueAt;

/** Whoever is gone before the deadline was owed nothing more. */
const isOwed = ({ endedAt, answeredAt, dueAt }: ServiceStanding): boolean =>
  answeredAt !== null || endedAt === null || (dueAt !== null && endedAt >= dueAt);

export type SalesAccount = {
  readonly due: number;
  /** answered before the deadline ÷ due in the time; by due date, so that what was never answered counts too */
  readonly kept: Share;
  readonly missed: readonly LeadId[];
  readonly speed: SpeedToLead;
};

const salesAccountOf = (entries: readonly SalesEntry[], span: Span): SalesAccount => {
  const due = entries.filter((entry) => isWithin(entry.dueAt, span) && isOwed(entry));
  const kept = due.filter(isKept);
  const missed = due.filter((entry) => !isKept(entry)).map((entry) => entry.leadId);
  const answered = entries.filter((entry) => isWithin(entry.answeredAt, span));
  return { due: due.length, kept: shareOf(kept.length, due.length), missed: missed.toSorted(), speed: speedToLead(answered) };
};

/** Marketing's half: so many leads of a stage, in a segment or altogether, in a month. */
export type MarketingPromise = {
  readonly month: string;
  readonly segmentId: string | null;
  readonly stage: 'mql' | 'sql';
  readonly promised: number;
};

/** A lead that reached a stage for the first time, with the segments it was in then. */
export type QualifiedLead = {
  readonly leadId: LeadId;
  readonly stage: 'mql' | 'sql';
  readonly month: string;
  readonly segments: readonly string[];
};

export type MarketingAccount = MarketingPromise & { readonly delivered: number; readonly kept: Share; readonly gap: number };

/** Promised and delivered; every lead once, by the month in which it first was qualified. */
export const marketingAccount = (promises: readonly MarketingPromise[], qualified: readonly QualifiedLead[]): readonly MarketingAccount[] =>
  promises.map((promise) => {
    const leads = qualified.filter(
      (one) =>
        one.month === promise.month &&
        one.stage === promise.stage &&
        (promise.segmentId === null || one.segments.includes(promise.segmentId)),
    );
    const delivered = new Set(leads.map((one) => one.leadId)).size;
    return { ...promise, delivered, kept: shareOf(delivered, promise.promised), gap: Math.max(0, promise.promised - delivered) };
  });

/** Both promises on one page. */
export type ServiceLedger = {
  readonly sales: SalesAccount;
  readonly bySource: Readonly<Record<string, SalesAccount>>;
  readonly byMarket: Readonly<Record<string, SalesAccount>>;
  readonly marketing: readonly MarketingAccount[];
};

const grouped = (
  entries: readonly SalesEntry[],
  span: Span,
  nameOf: (entry: SalesEntry) => string,
): Readonly<Record<string, SalesAccount>> => {
  const names = [...new Set(entries.map(nameOf))].toSorted();
  return Object.fromEntries(names.map((name) => [name, salesAccountOf(entries.filter((entry) => nameOf(entry) === name), span)])); // prettier-ignore
};

export const serviceLedger = (
  sales: { readonly entries: readonly SalesEntry[]; readonly span: Span },
  marketing: { readonly promises: readonly MarketingPromise[]; readonly qualified: readonly QualifiedLead[] },
): ServiceLedger => ({
  sales: salesAccountOf(sales.entries, sales.span),
  bySource: grouped(sales.entries, sales.span, (entry) => entry.sourceId),
  byMarket: grouped(sales.entries, sales.span, (entry) => entry.market ?? 'unknown'),
  marketing: marketingAccount(marketing.promises, marketing.qualified),
});
