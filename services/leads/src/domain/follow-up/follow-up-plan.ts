import { refused, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

const id = z.string().regex(/^[a-z0-9-]{1,60}$/);
const minutes = z.int().min(0).max(525_600);

const wording = z.strictObject({ subject: z.string().min(1).max(200), text: z.string().min(1).max(20_000) });

const step = z.discriminatedUnion('act', [
  z.strictObject({ id, afterMinutes: minutes, act: z.literal('task'), title: z.string().min(1).max(200) }),
  /** `b` is what half of the people get where two wordings are compared */
  z.strictObject({ id, afterMinutes: minutes, act: z.literal('mail'), a: wording, b: wording.nullable().default(null) }),
]);
export type FollowUpStep = z.output<typeof step>;

/** What is done for leads of a category, step by step, each so many minutes after the plan began for the lead. */
export const followUpPlan = z.strictObject({
  planId: id,
  name: z.string().min(1).max(120),
  /** a category of the criteria; null: for every lead without a plan of its own */
  category: id.nullable(),
  /** the consent that its mails need; null where it sends none */
  purpose: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/)
    .nullable(),
  /** an answer counts for the comparison of wordings if it comes within so many days */
  horizonDays: z.int().min(1).max(90).default(14),
  steps: z.array(step).min(1).max(30),
}); // prettier-ignore
export type FollowUpPlan = z.output<typeof followUpPlan>;

export type PlanRefusal = Refusal<
  'plan-is-there-twice' | 'step-is-there-twice' | 'steps-are-out-of-order' | 'purpose-is-missing' | 'category-is-unknown'
>;

const isTwice = (ids: readonly string[], at: number): boolean => ids.indexOf(ids[at] ?? '') !== at;

const checkPlan = (plan: FollowUpPlan, place: string): PlanRefusal | undefined => {
  const ids = plan.steps.map((one) => one.id);
  for (const [index, one] of plan.steps.entries()) {
    const about = { field: `${place}.steps[${index}]`, value: one.id };
    if (isTwice(ids, index)) return refused('step-is-there-twice', `${about.field}: ${one.id} is there twice`, about).refused;
    if (one.afterMinutes < (plan.steps[index - 1]?.afterMinutes ?? 0))
      return refused('steps-are-out-of-order', `${about.field}: it comes before the step above it`, about).refused;
    if (one.act === 'mail' && plan.purpose === null)
      return refused('purpose-is-missing', `${place}.purpose: a mail needs the purpose that the person agreed to`, about).refused;
  }
  return undefined;
};

/** The first thing that is wrong with plans; undefined where they can be published. */
export const checkPlans = (plans: readonly FollowUpPlan[], categories: readonly string[]): PlanRefusal | undefined => {
  const ids = plans.map((plan) => plan.planId);
  for (const [index, plan] of plans.entries()) {
    const place = `plans[${index}]`;
    if (isTwice(ids, index)) return refused('plan-is-there-twice', `${place}: ${plan.planId} is there twice`, { field: place, value: plan.planId }).refused; // prettier-ignore
    if (plan.category !== null && !categories.includes(plan.category))
      return refused('category-is-unknown', `${place}.category: the criteria know ${categories.join(', ') || 'no category'}`, { field: `${place}.category`, value: plan.category }).refused; // prettier-ignore
    const wrong = checkPlan(plan, place);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

/** The plan of a category, else the one for every lead. */
export const planFor = (plans: readonly FollowUpPlan[], category: string | null): FollowUpPlan | undefined =>
  plans.find((plan) => plan.category === category) ?? plans.find((plan) => plan.category === null);
