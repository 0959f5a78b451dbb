import type { FollowUpView } from '@meilenstein/contracts';
import type { CapturedLead } from '../lead.ts';
import { nextStepAt, type FollowUp, type StopReason } from './follow-up.ts';

const reasons: Readonly<Record<StopReason, string>> = {
  answered: 'there was an answer',
  'consent-is-withdrawn': 'the person agrees to be written to no longer',
  'lead-has-ended': 'the lead has ended',
  'another-plan': 'another plan began',
};

const sentenceOf = (one: FollowUp): string => {
  const progress = `${one.done.length} of ${one.steps.length} steps done`;
  if (one.stopped !== null) return `Plan ${one.planId} stopped on ${one.stopped.at.slice(0, 10)}, because ${reasons[one.stopped.reason]}: ${progress}.`;
  const next = nextStepAt(one);
  return next === null
    ? `Plan ${one.planId} is through: ${progress}.`
    : `Plan ${one.planId} runs: ${progress}, the next on ${next.slice(0, 16).replace('T', ' ')} UTC.`;
}; // prettier-ignore

/** How the plan of a lead goes on, for people; null where none began. */
export const explainFollowUp = ({ followUp: one }: Pick<CapturedLead, 'followUp'>): FollowUpView | null =>
  one === null
    ? null
    : {
        planId: one.planId,
        summary: sentenceOf(one),
        startedAt: one.startedAt,
        stepsDone: [...one.done],
        nextStepAt: nextStepAt(one),
        stopped: one.stopped,
      };
