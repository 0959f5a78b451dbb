import { leadSequence, type LeadSequence } from '@meilenstein/contracts';
import { addMillis, epochMillis, instant, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

const stopReason = z.enum(['answered', 'consent-withdrawn', 'lead-closed', 'another-sequence']);
export type StopReason = z.infer<typeof stopReason>;

/** A plan as it runs for one lead: the plan as it was when it began, which steps are done, and why it stopped. */
export const followUp = leadSequence.extend({
  startedAt: instant,
  done: z.array(z.string()),
  /** how long the plan stood still while the lead was part of another one */
  pausedMillis: z.int().nonnegative().optional(),
  stopped: z.object({ at: instant, reason: stopReason }).nullable(),
});
export type FollowUp = z.infer<typeof followUp>;
type Step = FollowUp['steps'][number];

export const startedFollowUp = (course: LeadSequence, at: Instant): FollowUp => ({
  ...course,
  startedAt: at,
  done: [],
  stopped: null,
});

export const dueTime = (
  { startedAt, pausedMillis = 0 }: Pick<FollowUp, 'startedAt' | 'pausedMillis'>,
  { afterMinutes }: Pick<Step, 'afterMinutes'>,
): Instant => addMillis(startedAt, pausedMillis + afterMinutes * 60_000);

const open = ({ steps, done, stopped }: FollowUp): readonly Step[] =>
  stopped === null ? steps.filter((step) => !done.includes(step.id)) : [];

/** When the next step is due; null once it has stopped or all is done. */
export const nextStepAt = (one: FollowUp): Instant | null => {
  const [next] = open(one);
  return next === undefined ? null : dueTime(one, next);
};

/** What is to be done for a step: a task, a mail, or nothing where the person did not agree to be written to. */
export type Ordered = { readonly step: Step; readonly at: Instant; readonly did: 'task' | 'mail' | 'skipped' };

/** The steps that have become due. Who did not agree is written no mail, and the rep is reminded all the same. */
export const dueSteps = (one: FollowUp, hasConsent: boolean, now: Instant): readonly Ordered[] =>
  open(one)
    .filter((step) => dueTime(one, step) <= now)
    .map((step) => ({ step, at: dueTime(one, step), did: step.act === 'mail' && !hasConsent ? 'skipped' : step.act }));

/** The plan after a step was taken. */
export const withDone = (one: FollowUp, stepId: string): FollowUp =>
  one.done.includes(stepId) ? one : { ...one, done: [...one.done, stepId] };

/** The plan after a reason to stop; the first one stays. */
export const stoppedFollowUp = (one: FollowUp, reason: StopReason, at: Instant): FollowUp =>
  one.stopped === null && nextStepAt(one) !== null ? { ...one, stopped: { at, reason } } : one;

/** The plan of a lead that was part of another one since then: it goes on where it stood, and what fell due meanwhile comes later. */
export const resumedFollowUp = (one: FollowUp, since: Instant, at: Instant): FollowUp =>
  one.stopped?.at === since && one.stopped.reason === 'lead-closed'
    ? { ...one, stopped: null, pausedMillis: (one.pausedMillis ?? 0) + Math.max(0, epochMillis(at) - epochMillis(since)) }
    : one;
