import type { LeadStatus, ServiceView } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import { endInWords } from '../end-in-words.ts';
import type { CapturedLead } from '../lead.ts';
import { timeInWords } from '../time-in-words.ts';
import { bookedDeadlineOf, deadlineOf, minutesLeft, waitedMillis, type ServiceClock } from './service-level.ts';

const minuteMillis = 60_000;

/** A time as the people of the level read it on their wall. */
const onTheWall = (at: Instant, { level }: ServiceClock): string => timeInWords(at, level.hours.zone);

const mostMinutes = 120;

/** Working time; from two hours on in hours, which nobody wants to divide in the head. */
const minutes = (count: number): string => {
  if (count < mostMinutes) return `${count} working ${count === 1 ? 'minute' : 'minutes'}`;
  const rest = count % 60;
  return `${Math.floor(count / 60)} working hours${rest === 0 ? '' : ` and ${rest} ${rest === 1 ? 'minute' : 'minutes'}`}`;
};

const stateOf = ({ answeredAt, endedAt, pauses }: ServiceClock, isLate: boolean): ServiceView['state'] => {
  if (answeredAt !== null) return 'answered';
  if (endedAt !== null) return 'ended';
  if (isLate) return 'missed';
  return pauses.at(-1)?.until === null ? 'waiting-for-customer' : 'running';
};

/** What the ledger says as long as the customer has not come back. */
const inTheBooks = (clock: ServiceClock): string => {
  const due = bookedDeadlineOf(clock);
  return due === null ? '' : `; until the customer comes back or somebody answers, the books keep it as due on ${onTheWall(due, clock)}`;
};

type Seen = {
  readonly clock: ServiceClock;
  readonly status: LeadStatus;
  readonly dueAt: Instant | null;
  readonly waited: number;
  readonly left: number;
};

const sentences: Readonly<Record<ServiceView['state'], (seen: Seen) => string>> = {
  running: ({ clock, dueAt, left }) =>
    dueAt === null
      ? 'there is no deadline, because nobody works in these hours within two years'
      : `answer by ${onTheWall(dueAt, clock)}, ${minutes(left)} left`,
  missed: ({ clock, dueAt, left }) =>
    `overdue since ${onTheWall(dueAt ?? clock.startedAt, clock)}, by ${minutes(-left)} so far, and nobody has answered yet`,
  'waiting-for-customer': ({ clock, left }) =>
    `it has been the customer’s turn since ${onTheWall(clock.pauses.at(-1)?.from ?? clock.startedAt, clock)}, and the clock stands still with ${minutes(left)} left${inTheBooks(clock)}`,
  answered: ({ clock, dueAt, waited }) =>
    `answered after ${minutes(waited)}, ${clock.answeredAt !== null && dueAt !== null && clock.answeredAt < dueAt ? 'in time' : `too late: ${minutes(clock.level.minutes)} were promised`}`,
  ended: ({ clock, status }) =>
    `${endInWords(status)} on ${onTheWall(clock.endedAt ?? clock.startedAt, clock)}, and no answer had been recorded by then`,
};

/** How a lead stands against what was promised, for people; null where nothing was. */
export const explainService = ({ service, status }: Pick<CapturedLead, 'service' | 'status'>, now: Instant): ServiceView | null => {
  if (service === null) return null;
  const { clock } = service;
  const dueAt = deadlineOf(clock);
  const state = stateOf(clock, dueAt !== null && dueAt <= now);
  const until = clock.answeredAt ?? clock.endedAt ?? now;
  const waited = Math.floor(waitedMillis(clock, until) / minuteMillis);
  const left = minutesLeft(clock, now);
  return {
    levelId: clock.level.id,
    name: clock.level.name,
    state,
    summary: `${clock.level.name}: ${sentences[state]({ clock, status, dueAt, waited, left })}.`,
    startedAt: clock.startedAt,
    dueAt,
    minutesLeft: state === 'answered' || state === 'ended' ? null : left,
    missedAt: clock.missedAt,
    answeredAt: clock.answeredAt,
    minutesWaited: Math.max(0, waited),
    escalationsDone: clock.stepsDone,
  };
};
