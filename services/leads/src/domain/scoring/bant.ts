import { day, refused, type Day, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

export const bantSlot = z.enum(['budget', 'authority', 'need', 'timing']);
export type BantSlot = z.infer<typeof bantSlot>;
export const bantSlots = bantSlot.options;

/** What is known, by what it can be proved (a mail, a call, a submission), and the day the customer said it. */
export const bantAnswer = z.object({ value: z.string().max(500), evidence: z.string().max(300), on: day });
export type BantAnswer = z.infer<typeof bantAnswer>;

export const bant = z.partialRecord(bantSlot, bantAnswer);
export type Bant = z.infer<typeof bant>;

export type BantRefusal = Refusal<'value-is-missing' | 'evidence-is-missing' | 'date-is-missing' | 'date-is-in-the-future'>;

export type FillSlot = { readonly slot: BantSlot; readonly value?: string; readonly evidence?: string; readonly on?: Day | undefined };

const isBlank = (text: string | undefined): text is undefined => text === undefined || text.trim() === '';

/** A slot with its proof; an opinion without one is refused. The same answer again changes nothing. */
export const fillSlot = (
  before: Bant,
  { slot, value, evidence, on }: FillSlot,
  today: Day,
): { readonly answer: BantAnswer | null } | { readonly refused: BantRefusal } => {
  // prettier-ignore
  if (isBlank(value)) return refused('value-is-missing', `${slot}.value: say what the customer's ${slot} is`, { field: `${slot}.value` });
  if (isBlank(evidence))
    return refused('evidence-is-missing', `${slot}.evidence: name the mail, call or submission in which the customer said it`, { field: `${slot}.evidence` }); // prettier-ignore
  if (on === undefined) return refused('date-is-missing', `${slot}.on: say on which day the customer said it`, { field: `${slot}.on` });
  if (on > today)
    return refused('date-is-in-the-future', `${slot}.on: ${on} is still to come; today is ${today}`, { field: `${slot}.on`, value: on });
  const answer = { value: value.trim(), evidence: evidence.trim(), on };
  const there = before[slot];
  const isSame = there?.value === answer.value && there.evidence === answer.evidence && there.on === answer.on;
  return { answer: isSame ? null : answer };
};
