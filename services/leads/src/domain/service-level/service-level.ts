import {
  serviceHolidays,
  serviceTerms,
  type EscalationStep,
  type ServiceLevel,
  type ServiceLevels,
  type ServiceTerms,
} from '@meilenstein/contracts';
import {
  addDays,
  checkPredicate,
  dayOf,
  dueAt,
  elapsedWorkingMillis,
  instant,
  judge,
  refused,
  type Day,
  type Facts,
  type FieldTypes,
  type Instant,
  type PredicateRefusal,
  type Refusal,
} from '@meilenstein/kernel';
import * as z from 'zod';
import { leadFieldTypes } from '../scoring/lead-facts.ts';
import { unusableHours } from '../usable-hours.ts';

/** What levels may ask of a lead: all that is known of it, its segments, its owner's team, and that team with those above it. */
export const serviceFieldTypes: FieldTypes = { ...leadFieldTypes, segments: 'texts', team: 'text', teams: 'texts' };

export type ServiceLevelRefusal = PredicateRefusal | Refusal<'level-is-there-twice' | 'steps-are-out-of-order' | 'nobody-ever-works'>;

/** The first thing that is wrong with service levels; undefined where they can be published. */
export const checkServiceLevels = ({ levels }: ServiceLevels): ServiceLevelRefusal | undefined => {
  for (const [index, level] of levels.entries()) {
    const about = { field: `levels[${index}]`, value: level.id };
    if (levels.findIndex((other) => other.id === level.id) !== index)
      return refused('level-is-there-twice', `levels: ${level.id} is there twice`, about).refused;
    const unusable = unusableHours(level.hours, `levels[${index}].hours`);
    if (unusable !== undefined) return unusable;
    if (level.escalations.some((step, at) => at > 0 && step.afterMinutes < (level.escalations[at - 1]?.afterMinutes ?? 0)))
      return refused('steps-are-out-of-order', `levels[${index}].escalations: each step comes after the one before`, about).refused;
    const wrong = checkPredicate(level.when, serviceFieldTypes, `levels[${index}].when`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

/** The first level that is true of a lead; undefined: nobody promised anything. */
export const levelFor = ({ levels }: ServiceLevels, facts: Facts, now: Instant): ServiceLevel | undefined =>
  levels.find((level) => judge(level.when, facts, now).answer === 'yes');

/** While the customer has to answer, the clock stands still; half-open, `until` null while it does. */
export const pause = z.object({ from: instant, until: instant.nullable() });

/**
 * The promise for one lead as it was made: a later version of the levels does not move it. `missedAt` is the deadline that passed,
 * `stepsDone` how many escalation steps were taken.
 */
export const serviceClock = z.object({
  level: serviceTerms,
  holidays: serviceHolidays,
  startedAt: instant,
  pauses: z.array(pause),
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  missedAt: instant.nullable(),
  stepsDone: z.int().nonnegative(),
});
export type ServiceClock = z.infer<typeof serviceClock>;

const heldDays = 366;

/** The holidays of the year after a start: no promise waits longer than that for its answer. */
export const holidaysFrom = (holidays: readonly Day[], startedAt: Instant, { hours }: Pick<ServiceTerms, 'hours'>): readonly Day[] => {
  const first = dayOf(startedAt, hours.zone);
  const last = addDays(first, heldDays);
  return holidays.filter((one) => first <= one && one <= last).toSorted();
};

export const startedClock = (
  { id, name, minutes, hours, escalations }: ServiceTerms,
  holidays: readonly Day[],
  startedAt: Instant,
): ServiceClock => ({
  level: { id, name, minutes, hours, escalations },
  holidays: [...holidays],
  startedAt,
  pauses: [],
  answeredAt: null,
  endedAt: null,
  missedAt: null,
  stepsDone: 0,
});

/** Working time from the start until an instant, in milliseconds, without the pauses. */
export const waitedMillis = ({ level, holidays, startedAt, pauses }: ServiceClock, until: Instant): number => {
  const worked = (from: Instant, to: Instant): number => elapsedWorkingMillis(level.hours, holidays, from, to);
  const paused = pauses.map((one) => worked(one.from, one.until === null || one.until > until ? until : one.until));
  return worked(startedAt, until) - paused.reduce((sum, millis) => sum + millis, 0);
};

/** The first instant by which so many minutes of working time have gone by since the start; null while the clock stands still before that. */
const instantAfter = ({ level, holidays, startedAt, pauses }: ServiceClock, minutes: number): Instant | null => {
  let [from, rest] = [startedAt, minutes * 60_000];
  for (const one of pauses) {
    const due = dueAt(level.hours, holidays, from, rest);
    if (due !== undefined && due <= one.from) return due;
    if (one.until === null) return null;
    rest -= elapsedWorkingMillis(level.hours, holidays, from, one.from);
    from = one.until;
  }
  return dueAt(level.hours, holidays, from, rest) ?? null;
};

/** When the lead must be answered; null while we wait for the customer. */
export const deadlineOf = (clock: ServiceClock): Instant | null => instantAfter(clock, clock.level.minutes);

const isStanding = ({ pauses }: ServiceClock): boolean => pauses.at(-1)?.until === null;

/**
 * When the answer is due in the books: waiting alone proves nothing, so until the customer has come back, or somebody has answered, the
 * deadline from before the waiting counts.
 */
export const bookedDeadlineOf = (clock: ServiceClock): Instant | null =>
  deadlineOf(isStanding(clock) ? { ...clock, pauses: clock.pauses.slice(0, -1) } : clock);

/** What a look at the clock finds: a deadline that has just passed, steps that are due, and when to look again. */
export type Look = {
  readonly missed: Instant | null;
  readonly steps: readonly (EscalationStep & { readonly at: Instant })[];
  /** null: nothing more can happen by itself */
  readonly lookAgainAt: Instant | null;
};

/** Whether nothing is owed any more: answered, or the lead is gone. */
export const isOver = ({ answeredAt, endedAt }: ServiceClock): boolean => answeredAt !== null || endedAt !== null;

/**
 * What time alone has brought about by now. Needs no write to the lead by anybody: a deadline that passed an hour ago is missed as of
 * its own time. At the deadline itself the lead is late: time is half-open.
 */
export const lookAt = (clock: ServiceClock, now: Instant): Look => {
  if (isOver(clock)) return { missed: null, steps: [], lookAgainAt: null };
  const deadline = deadlineOf(clock);
  if (deadline === null || deadline > now) return { missed: null, steps: [], lookAgainAt: deadline };
  const { escalations, minutes } = clock.level;
  const ahead = escalations.slice(clock.stepsDone).map((step) => ({ step, at: instantAfter(clock, minutes + step.afterMinutes) }));
  const due = ahead.flatMap(({ step, at }) => (at !== null && at <= now ? [{ ...step, at }] : []));
  return {
    missed: clock.missedAt === null ? deadline : null,
    steps: due,
    lookAgainAt: ahead[due.length]?.at ?? null,
  };
};

/** When somebody must look at the clock next; null where nothing more can happen by itself. */
export const nextLookAt = (clock: ServiceClock): Instant | null => {
  if (isOver(clock)) return null;
  if (clock.missedAt === null) return deadlineOf(clock);
  const step = clock.level.escalations[clock.stepsDone];
  return step === undefined ? null : instantAfter(clock, clock.level.minutes + step.afterMinutes);
};

/** The clock after a look: what was found is not found again. */
export const looked = (clock: ServiceClock, { missed, steps }: Look): ServiceClock => ({
  ...clock,
  missedAt: missed ?? clock.missedAt,
  stepsDone: clock.stepsDone + steps.length,
});

export type AnswerRefusal = Refusal<'answer-is-automatic' | 'time-is-before-the-start' | 'lead-has-ended'>;
export type PauseRefusal = Refusal<'lead-is-answered' | 'clock-stands-still' | 'time-is-before-the-start'>;
export type ResumeRefusal = Refusal<'clock-is-running' | 'time-is-before-the-start'>;

type Turned<R> = { readonly clock: ServiceClock } | { readonly refused: R };

/** Standing ends where the rep was faster than the customer. */
const withoutStanding = (pauses: ServiceClock['pauses'], at: Instant): ServiceClock['pauses'] =>
  pauses.filter((one) => one.from < at).map((one) => (one.until === null || one.until > at ? { ...one, until: at } : one));

/** A rep has answered, which ends the promise; an automatic reply is no answer. Of several answers the earliest counts. */
export const answerClock = (clock: ServiceClock, at: Instant, isAutomatic: boolean): Turned<AnswerRefusal> => {
  if (isAutomatic) return refused('answer-is-automatic', 'automatic: a reply that no person wrote answers nobody', { field: 'automatic' });
  if (at < clock.startedAt)
    return refused('time-is-before-the-start', `at: the lead came at ${clock.startedAt}`, { field: 'at', value: at });
  if (clock.endedAt !== null && at > clock.endedAt)
    return refused('lead-has-ended', `at: the lead ended at ${clock.endedAt}`, { field: 'at', value: at });
  if (clock.answeredAt !== null && clock.answeredAt <= at) return { clock };
  return { clock: { ...clock, answeredAt: at, pauses: withoutStanding(clock.pauses, at) } };
};

/** From now on it is the customer's turn. */
export const pauseClock = (clock: ServiceClock, at: Instant): Turned<PauseRefusal> => {
  if (isOver(clock)) return refused('lead-is-answered', 'leadId: there is nothing left to wait for');
  if (isStanding(clock)) return refused('clock-stands-still', 'leadId: we wait for the customer already');
  const last = clock.pauses.at(-1)?.until ?? clock.startedAt;
  if (at < last) return refused('time-is-before-the-start', `at: the clock runs since ${last}`, { field: 'at', value: at });
  return { clock: { ...clock, pauses: [...clock.pauses, { from: at, until: null }] } };
};

/** The customer has come back; it is our turn again. */
export const resumeClock = (clock: ServiceClock, at: Instant): Turned<ResumeRefusal> => {
  const last = clock.pauses.at(-1);
  if (last === undefined || last.until !== null) return refused('clock-is-running', 'leadId: we do not wait for the customer');
  if (at < last.from) return refused('time-is-before-the-start', `at: we wait since ${last.from}`, { field: 'at', value: at });
  return { clock: { ...clock, pauses: [...clock.pauses.slice(0, -1), { from: last.from, until: at }] } };
};

/** The lead is gone (converted, disqualified, erased): the promise ends with it. */
export const endClock = (clock: ServiceClock, at: Instant): ServiceClock => ({ ...clock, endedAt: clock.endedAt ?? at });

/** Whole minutes of working time that are left at an instant; negative: so many over it. */
export const minutesLeft = (clock: ServiceClock, now: Instant): number =>
  Math.floor(clock.level.minutes - waitedMillis(clock, now) / 60_000);
