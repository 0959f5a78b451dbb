import type { dwellMeasured } from '@meilenstein/contracts';
import { epochMillis, laterOf, type Instant } from '@meilenstein/kernel';
import type * as z from 'zod';
import type { ExistingOpportunity } from '../../opportunities/domain/opportunity.ts';

type MeasuredDwell = z.infer<typeof dwellMeasured.data>;
/** The days of customers who went on: of half of them, and of nine in ten. */
export type UsualDwell = { readonly wentOn: number; readonly medianDays: number; readonly usualDays: number };

/** How long the customer of an open opportunity has done nothing, and how long others took at the same milestone. */
export type Silence = {
  readonly since: Instant;
  readonly days: number;
  readonly usual: UsualDwell | null;
  readonly isStalled: boolean;
};

const millisOfDay = 86_400_000;

/** The furthest milestone that the customer has reached; null: none yet. */
export const furthestMilestone = ({ reached }: Pick<ExistingOpportunity, 'reached'>): string | null =>
  reached.toSorted((a, b) => b.position - a.position)[0]?.milestoneId ?? null;

/** How long customers usually take at a milestone: those of the same segment, or else of the whole process. */
export const usualDwellAt = (dwell: MeasuredDwell | undefined, milestoneId: string | null, segment: string | null): UsualDwell | null => {
  const here = dwell?.milestones.find((one) => one.milestoneId === milestoneId);
  return here?.segments.find((one) => one.segment === segment) ?? here?.process ?? null;
};

/** When the customer's last act became known that is in force, with or without a milestone; undefined: none yet. */
const lastHeardAt = ({ reached, responses = [] }: ExistingOpportunity): Instant | undefined =>
  [...reached, ...responses].reduce<Instant | undefined>(
    (latest, { recordedAt }) => (latest === undefined ? recordedAt : laterOf(latest, recordedAt)),
    undefined,
  );

/**
 * Whether a customer is silent for longer than nine in ten of those who went on from the same milestone: the rule of the leaks, with the
 * days that forecast measured. Null for an opportunity that is closed.
 */
export const silenceOf = (opportunity: ExistingOpportunity, dwell: MeasuredDwell | undefined, at: Instant): Silence | null => {
  if (opportunity.status !== 'open') return null;
  const { dimensions } = opportunity;
  const since = lastHeardAt(opportunity) ?? dimensions.openedAt;
  const days = Math.max(0, Math.floor((epochMillis(at) - epochMillis(since)) / millisOfDay));
  const usual = usualDwellAt(dwell, furthestMilestone(opportunity), dimensions.segment);
  return { since, days, usual, isStalled: usual !== null && days > usual.usualDays };
};
