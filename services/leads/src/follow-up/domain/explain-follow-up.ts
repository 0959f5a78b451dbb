import type { FollowUpView, LeadStatus } from '@meilenstein/contracts';
import { describeEnd } from '../../lead/domain/describe-end.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { dayInWords, timeInWords, type Locale } from '../../lead/domain/time-in-words.ts';
import { nextStepAt, type FollowUp } from './follow-up.ts';
import { followUpTexts } from './texts.ts';

const sentenceOf = ({ sequenceId, done, steps, stopped, ...rest }: FollowUp, status: LeadStatus, locale: Locale): string => {
  const texts = followUpTexts[locale.language];
  const progress = texts.progress(done.length, steps.length);
  if (stopped !== null) {
    const why = stopped.reason === 'lead-closed' ? describeEnd(status, locale.language) : texts.reasons[stopped.reason];
    return texts.stopped(sequenceId, dayInWords(stopped.at, locale), why, progress);
  }
  const next = nextStepAt({ sequenceId, done, steps, stopped, ...rest });
  return next === null ? texts.finished(sequenceId, progress) : texts.running(sequenceId, progress, timeInWords(next, locale));
};

/** The progress of the sequence of a lead, in words; null if none started. */
export const explainFollowUp = (
  { followUp: one, status }: Pick<CapturedLead, 'followUp' | 'status'>,
  locale: Locale,
): FollowUpView | null =>
  one === null
    ? null
    : {
        sequenceId: one.sequenceId,
        summary: sentenceOf(one, status, locale),
        startedAt: one.startedAt,
        stepsDone: [...one.done],
        nextStepAt: nextStepAt(one),
        stopped: one.stopped,
      };
