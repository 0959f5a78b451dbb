import type { OpportunityLine } from '@meilenstein/contracts';
import { addMillis, type Instant, type Money } from '@meilenstein/kernel';
import type { Silence } from './silence.ts';

/** An open opportunity with what decides whether it needs attention. */
export type Attended = {
  readonly openedBeforeToday: boolean;
  readonly hasMilestone: boolean;
  readonly nextMilestoneId: string | null;
  readonly silence: Silence;
  readonly value: Money | null;
};

type Line = Pick<OpportunityLine, 'dueAt' | 'reason'>;

const millisOfDay = 86_400_000;
const percentOfUsual = 90;

/** The end of the days within which nine in ten go on. */
const dueAt = ({ since, usual }: Silence): Instant | null =>
  usual === null ? null : addMillis(since, (usual.usualDays + 1) * millisOfDay);

/** Why an opportunity needs attention; undefined if it needs none. */
export const lineOf = ({ openedBeforeToday, hasMilestone, nextMilestoneId, silence }: Attended): Line | undefined => {
  const { days, usual, isStalled } = silence;
  const due = dueAt(silence);
  if (isStalled && usual !== null) {
    const { usualDays, wentOn } = usual;
    return { dueAt: due, reason: { code: 'customer-silent', days, usualDays, percent: percentOfUsual, wentOn } };
  }
  if (!hasMilestone) return openedBeforeToday ? { dueAt: due, reason: { code: 'no-milestone-yet', days } } : undefined;
  if (usual === null || nextMilestoneId === null || days < usual.medianDays) return undefined;
  const { medianDays, usualDays } = usual;
  return { dueAt: due, reason: { code: 'next-milestone-likely', days, medianDays, usualDays, milestoneId: nextMilestoneId } };
};

const rank: Readonly<Record<OpportunityLine['reason']['code'], number>> = {
  'customer-silent': 0,
  'next-milestone-likely': 1,
  'no-milestone-yet': 2,
};

/** Silent customers first, then those that are likely to go on, then those without a milestone; the larger amount first, then the longer silence. */
export const byUrgency = (a: { readonly line: Line } & Attended, b: { readonly line: Line } & Attended): number =>
  rank[a.line.reason.code] - rank[b.line.reason.code] || (b.value?.minor ?? 0) - (a.value?.minor ?? 0) || b.silence.days - a.silence.days;
