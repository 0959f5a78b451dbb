import type { FollowUpSequence } from '@meilenstein/contracts';
import type { LeadTask } from './lead-follow-up.ts';

/** What to do, in the words of the version of the sequences with which the lead started; undefined for an escalation. */
export const taskTitle = (
  { step }: Pick<LeadTask, 'step'>,
  versions: ReadonlyMap<number, readonly FollowUpSequence[]>,
): string | undefined => {
  const sequence = step === null ? undefined : versions.get(step.sequencesVersion)?.find((one) => one.sequenceId === step.sequenceId);
  const worded = sequence?.steps.find((one) => one.id === step?.stepId);
  return worded?.act === 'task' ? worded.title : undefined;
};
