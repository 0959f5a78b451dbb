import type { LeadStatus, ServiceLevelView } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import { describeEnd } from '../../lead/domain/describe-end.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { timeInWords } from '../../lead/domain/time-in-words.ts';
import { reportedDeadlineOf, deadlineOf, minutesLeft, waitedMillis, type ServiceLevelState } from './service-level.ts';

const minuteMillis = 60_000;

/** A time in the zone of the service level. */
const onTheWall = (at: Instant, { level }: ServiceLevelState): string => timeInWords(at, level.hours.zone);

const mostMinutes = 120;

/** Working time in words, in hours from two hours on. */
const minutes = (count: number): string => {
  if (count < mostMinutes) return `${count} working ${count === 1 ? 'minute' : 'minutes'}`;
  const rest = count % 60;
  return `${Math.floor(count / 60)} working hours${rest === 0 ? '' : ` and ${rest} ${rest === 1 ? 'minute' : 'minutes'}`}`;
};

const phaseOf = ({ answeredAt, endedAt, pauses }: ServiceLevelState, isLate: boolean): ServiceLevelView['state'] => {
  if (answeredAt !== null) return 'answered';
  if (endedAt !== null) return 'ended';
  if (isLate) return 'missed';
  return pauses.at(-1)?.until === null ? 'waiting-for-customer' : 'running';
};

/** The deadline that the report keeps until the customer replies. */
const inTheBooks = (state: ServiceLevelState): string => {
  const due = reportedDeadlineOf(state);
  return due === null ? '' : `; until the customer replies or a rep answers, the report keeps it as due on ${onTheWall(due, state)}`;
};

type Seen = {
  readonly state: ServiceLevelState;
  readonly status: LeadStatus;
  readonly dueAt: Instant | null;
  readonly waited: number;
  readonly left: number;
};

const sentences: Readonly<Record<ServiceLevelView['state'], (seen: Seen) => string>> = {
  running: ({ state, dueAt, left }) =>
    dueAt === null
      ? 'there is no deadline, because these hours hold no working time within two years'
      : `answer by ${onTheWall(dueAt, state)}, ${minutes(left)} left`,
  missed: ({ state, dueAt, left }) =>
    `overdue since ${onTheWall(dueAt ?? state.startedAt, state)}, by ${minutes(-left)} so far, and nobody has answered yet`,
  'waiting-for-customer': ({ state, left }) =>
    `waiting for the customer since ${onTheWall(state.pauses.at(-1)?.from ?? state.startedAt, state)}, with ${minutes(left)} left${inTheBooks(state)}`,
  answered: ({ state, dueAt, waited }) =>
    `answered after ${minutes(waited)}, ${state.answeredAt !== null && dueAt !== null && state.answeredAt < dueAt ? 'in time' : `too late: the service level is ${minutes(state.level.minutes)}`}`,
  ended: ({ state, status }) =>
    `${describeEnd(status)} on ${onTheWall(state.endedAt ?? state.startedAt, state)}, and no answer had been recorded by then`,
};

/** The service level of a lead, in words; null if none applies. */
export const explainServiceLevel = (
  { serviceLevel, status }: Pick<CapturedLead, 'serviceLevel' | 'status'>,
  now: Instant,
): ServiceLevelView | null => {
  if (serviceLevel === null) return null;
  const { state } = serviceLevel;
  const dueAt = deadlineOf(state);
  const phase = phaseOf(state, dueAt !== null && dueAt <= now);
  const until = state.answeredAt ?? state.endedAt ?? now;
  const waited = Math.floor(waitedMillis(state, until) / minuteMillis);
  const left = minutesLeft(state, now);
  return {
    levelId: state.level.id,
    name: state.level.name,
    state: phase,
    summary: `${state.level.name}: ${sentences[phase]({ state, status, dueAt, waited, left })}.`,
    startedAt: state.startedAt,
    dueAt,
    minutesLeft: phase === 'answered' || phase === 'ended' ? null : left,
    missedAt: state.missedAt,
    answeredAt: state.answeredAt,
    minutesWaited: Math.max(0, waited),
    escalationsDone: state.stepsDone,
  };
};
