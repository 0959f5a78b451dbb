import { leadSequence, type LeadSequence } from '@meilenstein/contracts';
import { addMillis, epochMillis, instant, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

const stopReason = z.enum(['answered', 'consent-withdrawn', 'lead-closed', 'another-sequence']);
export type StopReason = z.infer<typeof stopReason>;

/** A sequence as it runs for one lead: its terms at the start, the steps that are done, and why it stopped. */
export const followUp = leadSequence.extend({
  startedAt: instant,
  done: z.array(z.string()),
  /** how long the sequence was paused while the lead was merged into another */
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

/** What to do for a due step: a task, an e-mail, or nothing if the person has not consented to e-mails. */
export type Ordered = { readonly step: Step; readonly at: Instant; readonly did: 'task' | 'mail' | 'skipped' };

/** The steps that are due. Without consent no e-mail is sent, but tasks are still created. */
export const dueSteps = (one: FollowUp, hasConsent: boolean, now: Instant): readonly Ordered[] =>
  open(one)
    .filter((step) => dueTime(one, step) <= now)
    .map((step) => ({ step, at: dueTime(one, step), did: step.act === 'mail' && !hasConsent ? 'skipped' : step.act }));

/** The sequence after a step was taken. */
export const withDone = (one: FollowUp, stepId: string): FollowUp =>
  one.done.includes(stepId) ? one : { ...one, done: [...one.done, stepId] };

/** The sequence after a reason to stop; the first reason stays. */
export const stoppedFollowUp = (one: FollowUp, reason: StopReason, at: Instant): FollowUp =>
  one.stopped === null && nextStepAt(one) !== null ? { ...one, stopped: { at, reason } } : one;

/** The sequence of a lead whose merge is undone: it continues where it stopped, and its steps are delayed by the time of the merge. */
export const resumedFollowUp = (one: FollowUp, since: Instant, at: Instant): FollowUp =>
  one.stopped?.at === since && one.stopped.reason === 'lead-closed'
    ? { ...one, stopped: null, pausedMillis: (one.pausedMillis ?? 0) + Math.max(0, epochMillis(at) - epochMillis(since)) }
    : one;
