import { bantSlot, earliestFact, recordedBant, type BantAnswer, type BantSlot } from '@meilenstein/contracts';
import { refused, utcDayOf, type Day, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

export const bantSlots = bantSlot.options;

/** The filled ones of the four slots. */
export const bant = z.partialRecord(bantSlot, recordedBant);
export type Bant = z.infer<typeof bant>;

/** Merges two records: for each slot, the answer that was recorded later. */
export const latestAnswers = (some: Bant, others: Bant): Bant =>
  Object.fromEntries(
    bantSlots.flatMap((slot) => {
      const [a, b] = [some[slot], others[slot]];
      const latest = a === undefined || (b !== undefined && b.recordedAt > a.recordedAt) ? b : a;
      return latest === undefined ? [] : [[slot, latest]];
    }),
  );

export type BantRefusal = Refusal<'value-missing' | 'evidence-missing' | 'date-missing' | 'date-too-old' | 'date-in-future'>;

export type FillSlot = {
  readonly slot: BantSlot;
  readonly value?: string | undefined;
  readonly evidence?: string | undefined;
  readonly on?: Day | undefined;
};

const earliestDay = utcDayOf(earliestFact);

const isBlank = (text: string | undefined): text is undefined => text === undefined || text.trim() === '';

/** Fills a slot with an answer and its evidence; without evidence it is refused. The same answer again changes nothing. */
export const fillSlot = (
  before: Readonly<Partial<Record<BantSlot, BantAnswer>>>,
  { slot, value, evidence, on }: FillSlot,
  today: Day,
): { readonly answer: BantAnswer | null } | { readonly refused: BantRefusal } => {
  if (isBlank(value)) return refused('value-missing', `${slot}.value: say what the customer's ${slot} is`, { field: `${slot}.value` });
  if (isBlank(evidence))
    return refused('evidence-missing', `${slot}.evidence: name the mail, call or submission in which the customer said it`, {
      field: `${slot}.evidence`,
    });
  if (on === undefined) return refused('date-missing', `${slot}.on: say on which day the customer said it`, { field: `${slot}.on` });
  if (on > today)
    return refused('date-in-future', `${slot}.on: ${on} is in the future; today is ${today}`, { field: `${slot}.on`, value: on });
  if (on < earliestDay) return refused('date-too-old', `${slot}.on: must be ${earliestDay} or later`, { field: `${slot}.on`, value: on });
  const answer = { value: value.trim(), evidence: evidence.trim(), on };
  const current = before[slot];
  const isSame = current?.value === answer.value && current.evidence === answer.evidence && current.on === answer.on;
  return { answer: isSame ? null : answer };
};
