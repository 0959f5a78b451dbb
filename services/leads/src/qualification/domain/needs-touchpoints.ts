import type { ScoringRules, Segment } from '@meilenstein/contracts';
import { fieldsOf } from '@meilenstein/kernel';

/** Whether rules need the touchpoints of a lead, which cost an additional read; a list of leads is cheaper without them. */
export const needsTouchpoints = (scorings: readonly ScoringRules[], segments: readonly Segment[]): boolean =>
  scorings.some(({ engagement }) => engagement.length > 0) ||
  [...scorings.flatMap(({ fit }) => fit), ...segments].some(({ when }) => fieldsOf(when).some((field) => field.startsWith('touch')));
