import type { FollowUpView, LeadStatus } from '@meilenstein/contracts';
import { describeEnd } from '../../lead/domain/describe-end.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { dayInWords, timeInWords } from '../../lead/domain/time-in-words.ts';
import { nextStepAt, type FollowUp, type StopReason } from './follow-up.ts';

const reasons: Readonly<Record<StopReason, string>> = {
  answered: 'there was an answer',
  'consent-withdrawn': 'the person withdrew the consent to e-mails',
  'lead-closed': 'the lead has ended',
  'another-sequence': 'another sequence started',
};

const sentenceOf = (one: FollowUp, status: LeadStatus, zone: string): string => {
  const progress = `${one.done.length} of ${one.steps.length} steps done`;
  if (one.stopped !== null) {
    const why = one.stopped.reason === 'lead-closed' ? describeEnd(status) : reasons[one.stopped.reason];
    return `Sequence ${one.sequenceId} stopped on ${dayInWords(one.stopped.at, zone)}, because ${why}: ${progress}.`;
  }
  const next = nextStepAt(one);
  return next === null
    ? `Sequence ${one.sequenceId} is finished: ${progress}.`
    : `Sequence ${one.sequenceId} is running: ${progress}, the next on ${timeInWords(next, zone)}.`;
};

/** The progress of the sequence of a lead, in words; null if none started. */
export const explainFollowUp = ({ followUp: one, status }: Pick<CapturedLead, 'followUp' | 'status'>, zone: string): FollowUpView | null =>
  one === null
    ? null
    : {
        sequenceId: one.sequenceId,
        summary: sentenceOf(one, status, zone),
        startedAt: one.startedAt,
        stepsDone: [...one.done],
        nextStepAt: nextStepAt(one),
        stopped: one.stopped,
      };
