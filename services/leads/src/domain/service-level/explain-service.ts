import type { LeadStatus, ServiceView } from '@meilenstein/contracts';
import { Temporal, type Instant } from '@meilenstein/kernel';
import type { CapturedLead } from '../lead.ts';
import { bookedDeadlineOf, deadlineOf, minutesLeft, waitedMillis, type ServiceClock } from './service-level.ts';

const minuteMillis = 60_000;

/** A time as the people of the level read it on their wall. */
const onTheWall = (at: Instant, { level }: ServiceClock): string => {
  const { zone } = level.hours;
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} (${zone})`;
};

const minutes = (count: number): string => `${count} working ${count === 1 ? 'minute' : 'minutes'}`;

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

const noMore = (on: string): string => `The lead ended on ${on} before anybody answered`;

/** How a promise ends that nobody has answered. */
const endings: Readonly<Record<LeadStatus, (on: string) => string>> = {
  new: noMore,
  working: noMore,
  mql: noMore,
  sql: noMore,
  converted: (on) => `It became an opportunity on ${on}; an answer was not recorded before, and none is owed any more`,
  disqualified: (on) => `It was given up on ${on} before anybody answered`,
  merged: (on) => `It became a part of another lead on ${on} before anybody answered; what is promised to the person stands there`,
  erased: (on) => `The person was erased on ${on} before anybody answered`,
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
    dueAt === null ? 'Nobody works within two years by these hours' : `Answer until ${onTheWall(dueAt, clock)}: ${minutes(left)} left`,
  missed: ({ clock, dueAt, left }) => `Missed on ${onTheWall(dueAt ?? clock.startedAt, clock)}, by ${minutes(-left)} so far; nobody has answered yet`,
  'waiting-for-customer': ({ clock, left }) =>
    `It is the customer’s turn since ${onTheWall(clock.pauses.at(-1)?.from ?? clock.startedAt, clock)}: the clock stands still with ${minutes(left)} left${inTheBooks(clock)}`,
  answered: ({ clock, dueAt, waited }) =>
    `Answered after ${minutes(waited)}, ${clock.answeredAt !== null && dueAt !== null && clock.answeredAt < dueAt ? 'in time' : `too late: promised were ${minutes(clock.level.minutes)}`}`,
  ended: ({ clock, status }) => endings[status](onTheWall(clock.endedAt ?? clock.startedAt, clock)),
}; // prettier-ignore

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
