import { isAnsweredInTime, isOverdue, type LeadStatus, type ServiceLevelView } from '@meilenstein/contracts';
import type { Instant, Language } from '@meilenstein/kernel';
import { describeEnd } from '../../lead/domain/describe-end.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { timeInWords } from '../../lead/domain/time-in-words.ts';
import { reportedDeadlineOf, deadlineOf, minutesLeft, waitedMillis, type ServiceLevelState } from './service-level.ts';
import { serviceLevelTexts } from './texts.ts';

const minuteMillis = 60_000;

const mostMinutes = 120;

/** Working time in words, in hours from two hours on. */
const minutes = (count: number, language: Language): string => {
  const texts = serviceLevelTexts[language];
  return count < mostMinutes ? texts.workingMinutes(count) : texts.workingHours(Math.floor(count / 60), count % 60);
};

const phaseOf = (state: ServiceLevelState, dueAt: Instant | null, now: Instant): ServiceLevelView['state'] => {
  const { answeredAt, endedAt, pauses } = state;
  if (answeredAt !== null) return 'answered';
  if (endedAt !== null) return 'ended';
  if (isOverdue({ dueAt, answeredAt, endedAt }, now)) return 'missed';
  return pauses.at(-1)?.until === null ? 'waiting-for-customer' : 'running';
};

type Phase = {
  readonly state: ServiceLevelState;
  readonly status: LeadStatus;
  readonly dueAt: Instant | null;
  readonly waited: number;
  readonly left: number;
  readonly language: Language;
};

/** A time in the zone of the service level. */
const timeOf = (at: Instant, { state, language }: Phase): string => timeInWords(at, { language, zone: state.level.hours.zone });

const sentences: Readonly<Record<ServiceLevelView['state'], (phase: Phase) => string>> = {
  running: (phase) => {
    const { dueAt, left, language } = phase;
    const texts = serviceLevelTexts[language];
    return dueAt === null ? texts.noDeadline : texts.running(timeOf(dueAt, phase), minutes(left, language));
  },
  missed: (phase) => {
    const { state, dueAt, left, language } = phase;
    return serviceLevelTexts[language].missed(timeOf(dueAt ?? state.startedAt, phase), minutes(-left, language));
  },
  'waiting-for-customer': (phase) => {
    const { state, left, language } = phase;
    const texts = serviceLevelTexts[language];
    const reported = reportedDeadlineOf(state);
    const since = timeOf(state.pauses.at(-1)?.from ?? state.startedAt, phase);
    return `${texts.waiting(since, minutes(left, language))}${reported === null ? '' : texts.reported(timeOf(reported, phase))}`;
  },
  answered: ({ state, dueAt, waited, language }) => {
    const texts = serviceLevelTexts[language];
    return isAnsweredInTime({ ...state, dueAt })
      ? texts.answered(minutes(waited, language))
      : texts.answeredLate(minutes(waited, language), minutes(state.level.minutes, language));
  },
  ended: (phase) => {
    const { state, status, language } = phase;
    return serviceLevelTexts[language].ended(describeEnd(status, language), timeOf(state.endedAt ?? state.startedAt, phase));
  },
};

/** The service level of a lead, in words; null if none applies. */
export const explainServiceLevel = (
  { serviceLevel, status }: Pick<CapturedLead, 'serviceLevel' | 'status'>,
  now: Instant,
  language: Language,
): ServiceLevelView | null => {
  if (serviceLevel === null) return null;
  const { state } = serviceLevel;
  const dueAt = deadlineOf(state);
  const phase = phaseOf(state, dueAt, now);
  const until = state.answeredAt ?? state.endedAt ?? now;
  const waited = Math.floor(waitedMillis(state, until) / minuteMillis);
  const left = minutesLeft(state, now);
  return {
    levelId: state.level.id,
    name: state.level.name,
    state: phase,
    summary: `${state.level.name}: ${sentences[phase]({ state, status, dueAt, waited, left, language })}.`,
    startedAt: state.startedAt,
    dueAt,
    minutesLeft: phase === 'answered' || phase === 'ended' ? null : left,
    missedAt: state.missedAt,
    answeredAt: state.answeredAt,
    minutesWaited: Math.max(0, waited),
    escalationsDone: state.stepsDone,
  };
};
