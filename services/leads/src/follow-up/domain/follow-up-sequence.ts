import {
  followUpSequences,
  followUpSequencesPublished,
  reasonCategories,
  type LeadSequence,
  type FollowUpSequence,
  type Happened,
  type FollowUpSequencesFact,
  type Variant,
} from '@meilenstein/contracts';
import { decided, refused, type Decision, type LeadId, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

/** The sequences in force; version 0: none. */
export const sequencesInForce = z.object({ version: z.int().nonnegative(), sequences: followUpSequences });
export type SequencesInForce = z.output<typeof sequencesInForce>;

export const noSequences: SequencesInForce = { version: 0, sequences: [] };

export type SequenceRefusal = Refusal<
  'duplicate-sequence' | 'duplicate-step' | 'steps-out-of-order' | 'purpose-missing' | 'category-not-found' | 'sequences-too-large'
>;

const isDuplicate = (ids: readonly string[], at: number): boolean => ids.indexOf(ids[at] ?? '') !== at;

const checkSequence = (sequence: FollowUpSequence, field: string): SequenceRefusal | undefined => {
  const ids = sequence.steps.map((one) => one.id);
  for (const [index, one] of sequence.steps.entries()) {
    const about = { field: `${field}.steps[${index}]`, value: one.id };
    if (isDuplicate(ids, index)) return refused('duplicate-step', `${about.field}: ${one.id} appears more than once`, about).refused;
    if (one.afterMinutes < (sequence.steps[index - 1]?.afterMinutes ?? 0))
      return refused('steps-out-of-order', `${about.field}: it is due before the step above it`, about).refused;
    if (one.act === 'mail' && sequence.purpose === null)
      return refused('purpose-missing', `${field}.purpose: an e-mail needs the purpose to which people consent`, about).refused;
  }
  return undefined;
};

/** The categories of disqualified leads are their reasons, those of all others come from the criteria. */
const categoriesOf = (sequence: FollowUpSequence, categories: readonly string[]): readonly string[] =>
  sequence.status === 'disqualified' ? reasonCategories : categories;

const mostLetters = 300_000;

/** The first fault of the sequences; undefined if they can be published. */
export const checkSequences = (sequences: readonly FollowUpSequence[], categories: readonly string[]): SequenceRefusal | undefined => {
  const ids = sequences.map((sequence) => sequence.sequenceId);
  for (const [index, sequence] of sequences.entries()) {
    const field = `sequences[${index}]`;
    if (isDuplicate(ids, index))
      return refused('duplicate-sequence', `${field}: ${sequence.sequenceId} appears more than once`, { field, value: sequence.sequenceId })
        .refused;
    const known = categoriesOf(sequence, categories);
    if (sequence.category !== null && !known.includes(sequence.category))
      return refused('category-not-found', `${field}.category: the known categories are ${known.join(', ') || 'none'}`, {
        field: `${field}.category`,
        value: sequence.category,
      }).refused;
    const wrong = checkSequence(sequence, field);
    if (wrong !== undefined) return wrong;
  }
  const letters = JSON.stringify(sequences).length;
  if (letters <= mostLetters) return undefined;
  return refused('sequences-too-large', `sequences: together they have ${letters} characters; the limit is ${mostLetters}`, {
    field: 'sequences',
  }).refused;
};

export const evolveSequences = (_before: SequencesInForce, { data }: Happened<FollowUpSequencesFact>): SequencesInForce => data;

/** Publishes a new version, for leads that start a sequence from now on. */
export const publishSequences = (
  before: SequencesInForce,
  sequences: readonly FollowUpSequence[],
  categories: readonly string[],
): Decision<FollowUpSequencesFact, SequenceRefusal> => {
  const wrong = checkSequences(sequences, categories);
  return wrong === undefined
    ? decided(followUpSequencesPublished.of({ version: before.version + 1, sequences: [...sequences] }))
    : { refused: wrong };
};

type LeadStage = { readonly category: string | null; readonly status: string };

/** The sequence of the category, otherwise the general one; a sequence for one status takes precedence over one for any status. */
export const sequenceFor = (sequences: readonly FollowUpSequence[], { category, status }: LeadStage): FollowUpSequence | undefined => {
  const fitting = sequences.filter((sequence) => sequence.status === status || (sequence.status === null && status !== 'disqualified'));
  const ranked = [...fitting.filter((sequence) => sequence.status !== null), ...fitting.filter((sequence) => sequence.status === null)];
  return ranked.find((sequence) => sequence.category === category) ?? ranked.find((sequence) => sequence.category === null);
};

/** FNV-1a. */
const digest = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (value ^ (value >>> 15)) >>> 0;
};

/** Assigns half of the leads to each wording, a different half for each sequence, always in the same way. */
export const variantOf = (sequenceId: string, lead: LeadId): Variant => (digest(`${sequenceId}\n${lead}`) % 2 === 0 ? 'a' : 'b');

const compared = ({ steps }: FollowUpSequence) =>
  steps.flatMap((one) => (one.act === 'mail' && one.b !== null ? [[one.a, one.b] as const] : []));

/** A digest of the wordings that a sequence compares; other wordings are another experiment. Null if it compares nothing. */
export const experimentOf = (sequence: FollowUpSequence): string | null =>
  compared(sequence).length === 0 ? null : digest(JSON.stringify(compared(sequence))).toString(36);

/** A plan as it runs for one lead. */
export const sequenceForLead = (sequence: FollowUpSequence, sequencesVersion: number, lead: LeadId): LeadSequence => ({
  sequenceId: sequence.sequenceId,
  sequencesVersion,
  purpose: sequence.purpose,
  variant: variantOf(sequence.sequenceId, lead),
  experiment: experimentOf(sequence),
  steps: sequence.steps.map((one) => ({
    id: one.id,
    afterMinutes: one.afterMinutes,
    act: one.act,
    compared: one.act === 'mail' && one.b !== null,
  })),
});
