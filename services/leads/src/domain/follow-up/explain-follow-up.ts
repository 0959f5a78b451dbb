import type { FollowUpView, LeadStatus } from '@meilenstein/contracts';
import { endInWords } from '../end-in-words.ts';
import type { CapturedLead } from '../lead.ts';
import { dayInWords, timeInWords } from '../time-in-words.ts';
import { nextStepAt, type FollowUp, type StopReason } from './follow-up.ts';

const reasons: Readonly<Record<StopReason, string>> = {
  answered: 'there was an answer',
  'consent-is-withdrawn': 'the person no longer agrees to be written to',
  'lead-has-ended': 'the lead has ended',
  'another-plan': 'another plan began',
};

const sentenceOf = (one: FollowUp, status: LeadStatus, zone: string): string => {
  const progress = `${one.done.length} of ${one.steps.length} steps done`;
  if (one.stopped !== null) {
    const why = one.stopped.reason === 'lead-has-ended' ? endInWords(status) : reasons[one.stopped.reason];
    return `Plan ${one.planId} stopped on ${dayInWords(one.stopped.at, zone)}, because ${why}: ${progress}.`;
  }
  const next = nextStepAt(one);
  return next === null
    ? `Plan ${one.planId} is finished: ${progress}.`
    : `Plan ${one.planId} runs: ${progress}, the next on ${timeInWords(next, zone)}.`;
};

/** How the plan of a lead goes on, for people; null where none began. */
export const explainFollowUp = ({ followUp: one, status }: Pick<CapturedLead, 'followUp' | 'status'>, zone: string): FollowUpView | null =>
  one === null
    ? null
    : {
        planId: one.planId,
        summary: sentenceOf(one, status, zone),
        startedAt: one.startedAt,
        stepsDone: [...one.done],
        nextStepAt: nextStepAt(one),
        stopped: one.stopped,
      };
