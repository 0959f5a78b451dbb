import {
  followUpPlans,
  followUpPlansPublished,
  reasonCategories,
  type FollowUpCourse,
  type FollowUpPlan,
  type Happened,
  type PlansFact,
  type Variant,
} from '@meilenstein/contracts';
import { decided, refused, type Decision, type LeadId, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

/** The plans that hold; version 0: none. */
export const plansInForce = z.object({ version: z.int().nonnegative(), plans: followUpPlans });
export type PlansInForce = z.output<typeof plansInForce>;

export const noPlans: PlansInForce = { version: 0, plans: [] };

export type PlanRefusal = Refusal<
  | 'plan-is-there-twice'
  | 'step-is-there-twice'
  | 'steps-are-out-of-order'
  | 'purpose-is-missing'
  | 'category-is-unknown'
  | 'plans-are-too-large'
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

/** Who is given up is followed by the reason, everybody else by the categories of the criteria. */
const categoriesOf = (plan: FollowUpPlan, categories: readonly string[]): readonly string[] =>
  plan.status === 'disqualified' ? reasonCategories : categories;

const mostLetters = 300_000;

/** The first thing that is wrong with plans; undefined where they can be published. */
export const checkPlans = (plans: readonly FollowUpPlan[], categories: readonly string[]): PlanRefusal | undefined => {
  const ids = plans.map((plan) => plan.planId);
  for (const [index, plan] of plans.entries()) {
    const place = `plans[${index}]`;
    if (isTwice(ids, index))
      return refused('plan-is-there-twice', `${place}: ${plan.planId} is there twice`, { field: place, value: plan.planId }).refused;
    const known = categoriesOf(plan, categories);
    if (plan.category !== null && !known.includes(plan.category))
      return refused('category-is-unknown', `${place}.category: there is ${known.join(', ') || 'no category'}`, {
        field: `${place}.category`,
        value: plan.category,
      }).refused;
    const wrong = checkPlan(plan, place);
    if (wrong !== undefined) return wrong;
  }
  const letters = JSON.stringify(plans).length;
  if (letters <= mostLetters) return undefined;
  return refused('plans-are-too-large', `plans: together ${letters} letters, at most ${mostLetters}`, { field: 'plans' }).refused;
};

export const evolvePlans = (_before: PlansInForce, { data }: Happened<PlansFact>): PlansInForce => data;

/** A new version, for leads that begin a plan from now on. */
export const publishPlans = (
  before: PlansInForce,
  plans: readonly FollowUpPlan[],
  categories: readonly string[],
): Decision<PlansFact, PlanRefusal> => {
  const wrong = checkPlans(plans, categories);
  return wrong === undefined ? decided(followUpPlansPublished.of({ version: before.version + 1, plans: [...plans] })) : { refused: wrong };
};

type Standing = { readonly category: string | null; readonly status: string };

/** The plan of a category, else the one for every lead; of a plan for one status before one for all that sales works on. */
export const planFor = (plans: readonly FollowUpPlan[], { category, status }: Standing): FollowUpPlan | undefined => {
  const fitting = plans.filter((plan) => plan.status === status || (plan.status === null && status !== 'disqualified'));
  const ranked = [...fitting.filter((plan) => plan.status !== null), ...fitting.filter((plan) => plan.status === null)];
  return ranked.find((plan) => plan.category === category) ?? ranked.find((plan) => plan.category === null);
};

/** FNV-1a. */
const digest = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (value ^ (value >>> 15)) >>> 0;
};

/** Half of the leads each, for each plan another half, and always the same. */
export const variantOf = (planId: string, lead: LeadId): Variant => (digest(`${planId}\n${lead}`) % 2 === 0 ? 'a' : 'b');

const compared = ({ steps }: FollowUpPlan) =>
  steps.flatMap((one) => (one.act === 'mail' && one.b !== null ? [[one.a, one.b] as const] : []));

/** The two wordings that a plan compares; other words are another experiment. Null where it compares nothing. */
export const experimentOf = (plan: FollowUpPlan): string | null =>
  compared(plan).length === 0 ? null : digest(JSON.stringify(compared(plan))).toString(36);

/** A plan as it runs for one lead. */
export const courseOf = (plan: FollowUpPlan, plansVersion: number, lead: LeadId): FollowUpCourse => ({
  planId: plan.planId,
  plansVersion,
  purpose: plan.purpose,
  variant: variantOf(plan.planId, lead),
  experiment: experimentOf(plan),
  steps: plan.steps.map((one) => ({
    id: one.id,
    afterMinutes: one.afterMinutes,
    act: one.act,
    compared: one.act === 'mail' && one.b !== null,
  })),
});
