import { addMillis, instant, leadId, type Instant, type LeadId } from '@meilenstein/kernel';
import * as z from 'zod';
import { followUpPlan, type FollowUpPlan, type FollowUpStep } from './follow-up-plan.ts';

export const variant = z.enum(['a', 'b']);
export type Variant = z.infer<typeof variant>;

export const stopReason = z.enum(['answered', 'consent-is-withdrawn', 'lead-has-ended', 'by-hand']);
export type StopReason = z.infer<typeof stopReason>;

/** A plan as it runs for one lead: the plan as it was when it began, which steps are done, and why it stopped. */
export const followUp = z.object({
  leadId,
  plan: followUpPlan,
  startedAt: instant,
  variant,
  done: z.array(z.string()),
  stopped: z.object({ at: instant, reason: stopReason }).nullable(),
});
export type FollowUp = z.infer<typeof followUp>;

/** FNV-1a: half of the leads, for each plan another half, and always the same. */
const isEven = (text: string): boolean => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (value ^ (value >>> 15)) % 2 === 0;
};

export const variantOf = (planId: string, lead: LeadId): Variant => (isEven(`${planId}\n${lead}`) ? 'a' : 'b');

export const startedFollowUp = (plan: FollowUpPlan, lead: LeadId, at: Instant): FollowUp => ({
  leadId: lead,
  plan,
  startedAt: at,
  variant: variantOf(plan.planId, lead),
  done: [],
  stopped: null,
});

/** What a step asks somebody to do: a task for the owner, or a mail in the wording of the lead's variant. */
export type Ordered =
  | { readonly stepId: string; readonly act: 'task'; readonly title: string }
  | { readonly stepId: string; readonly act: 'mail'; readonly subject: string; readonly text: string; readonly variant: Variant };

const ordered = (step: FollowUpStep, which: Variant): Ordered => {
  if (step.act === 'task') return { stepId: step.id, act: 'task', title: step.title };
  const { subject, text } = which === 'b' && step.b !== null ? step.b : step.a;
  return { stepId: step.id, act: 'mail', subject, text, variant: which };
};

const dueTime = ({ startedAt }: FollowUp, step: FollowUpStep): Instant => addMillis(startedAt, step.afterMinutes * 60_000);

const open = ({ plan, done, stopped }: FollowUp): readonly FollowUpStep[] =>
  stopped === null ? plan.steps.filter((step) => !done.includes(step.id)) : [];

/** What is due by now, and when to look again; nothing more once it has stopped. */
export type FollowUpLook = { readonly orders: readonly Ordered[]; readonly lookAgainAt: Instant | null };

/**
 * Which steps have become due. A mail needs the consent as it stands now: without it nothing is ordered, and the caller stops the plan.
 */
export const lookAtFollowUp = (one: FollowUp, hasConsent: boolean, now: Instant): FollowUpLook & { readonly stop: StopReason | null } => {
  const due = open(one).filter((step) => dueTime(one, step) <= now);
  if (due.some((step) => step.act === 'mail') && !hasConsent) return { orders: [], lookAgainAt: null, stop: 'consent-is-withdrawn' };
  const next = open(one).find((step) => dueTime(one, step) > now);
  return { orders: due.map((step) => ordered(step, one.variant)), lookAgainAt: next === undefined ? null : dueTime(one, next), stop: null };
};

/** The plan after steps were ordered. */
export const withDone = (one: FollowUp, orders: readonly Ordered[]): FollowUp => ({
  ...one,
  done: [...one.done, ...orders.map((order) => order.stepId).filter((id) => !one.done.includes(id))],
});

/** The plan after a reason to stop; the first one stays. */
export const stoppedFollowUp = (one: FollowUp, reason: StopReason, at: Instant): FollowUp =>
  one.stopped === null ? { ...one, stopped: { at, reason } } : one;
