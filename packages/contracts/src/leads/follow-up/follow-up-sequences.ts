import { instant, leadId } from '@meilenstein/kernel';
import * as z from 'zod';
import { disqualifyReason } from '../qualification/qualification.ts';

const id = z.string().regex(/^[a-z0-9-]{1,60}$/, 'has 1 to 60 small letters, digits or -, such as need-named');
const minutes = z.int().min(0).max(525_600);
const purpose = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'begins with a small letter and has at most 40 small letters, digits or -, such as newsletter');

const wording = z.strictObject({ subject: z.string().min(1).max(200), text: z.string().min(1).max(5000) });

const step = z.discriminatedUnion('act', [
  z.strictObject({ id, afterMinutes: minutes, act: z.literal('task'), title: z.string().min(1).max(200) }),
  /** `b` is what half of the people get if two wordings are compared */
  z.strictObject({ id, afterMinutes: minutes, act: z.literal('mail'), a: wording, b: wording.nullable().default(null) }),
]);

/** The status of the leads that a sequence is for; null: any status that sales works on. */
const followedStatus = z.enum(['new', 'working', 'mql', 'sql', 'disqualified']);

/** A follow-up sequence: steps for the leads of a category, each a number of minutes after the sequence started for the lead. */
export const followUpSequence = z.strictObject({
  sequenceId: id,
  name: z.string().min(1).max(120),
  /** a category of the criteria, or the reason of a disqualified lead; null: every lead for which no other sequence is meant */
  category: id.nullable(),
  status: followedStatus.nullable().default(null),
  /** the consent that its e-mails need; null if it sends none */
  purpose: purpose.nullable(),
  /** an answer counts in the comparison of wordings if it comes within this many days */
  horizonDays: z.int().min(1).max(90).default(14),
  steps: z.array(step).min(1).max(30),
});
export type FollowUpSequence = z.output<typeof followUpSequence>;

export const followUpSequences = z.array(followUpSequence).max(50);

/** The reasons for disqualification are categories too. */
export const reasonCategories: readonly string[] = disqualifyReason.options;

export const variant = z.enum(['a', 'b']);
export type Variant = z.infer<typeof variant>;

/** A sequence as it runs for one lead, without its texts, which stay with the version of the sequences. */
export const leadSequence = z.object({
  sequenceId: id,
  sequencesVersion: z.int().positive(),
  purpose: purpose.nullable(),
  variant,
  /** a digest of the two wordings that are compared; null if there is only one */
  experiment: z.string().nullable(),
  steps: z.array(z.object({ id, afterMinutes: minutes, act: z.enum(['task', 'mail']), compared: z.boolean() })),
});
export type LeadSequence = z.infer<typeof leadSequence>;

/** Made of a lead, a sequence (or an escalation) and a step. */
export const taskId = z
  .string()
  .max(250)
  .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9-]+\.[a-z0-9-]+$/, 'is a link as it was sent');

export const taskView = z.object({
  taskId,
  leadId,
  kind: z.enum(['follow-up', 'escalation']),
  /** what to do */
  title: z.string(),
  dueAt: instant,
  doneAt: instant.nullable(),
  /** the person or company of the lead, as in lists of leads */
  leadTitle: z.string().nullable(),
  /** of the lead, for `If-Match` of a command on it */
  leadVersion: z.int().positive(),
});
export type TaskView = z.infer<typeof taskView>;

/** The progress of a sequence for one lead. */
export const followUpView = z.object({
  sequenceId: id,
  /** the sentence that a rep reads first */
  summary: z.string(),
  startedAt: instant,
  stepsDone: z.array(z.string()),
  nextStepAt: instant.nullable(),
  stopped: z.object({ at: instant, reason: z.string() }).nullable(),
});
export type FollowUpView = z.infer<typeof followUpView>;

const arm = z.object({ leads: z.int(), answered: z.int() });

/** How two wordings compare; valid however often it is read. */
export const comparisonView = z.object({
  sequenceId: id,
  a: arm,
  b: arm,
  /** of one lead for each wording, in the order in which the e-mails were sent */
  pairs: z.int(),
  /** an anytime-valid p-value: without a difference it falls below a level with at most that probability */
  pValue: z.number().min(0).max(1),
  verdict: z.enum(['a-is-better', 'b-is-better', 'not-decided']),
});
