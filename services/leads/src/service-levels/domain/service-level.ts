import {
  serviceLevelHolidays,
  serviceLevelTerms,
  type EscalationStep,
  type ServiceLevel,
  type ServiceLevels,
  type ServiceLevelTerms,
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
import { leadFieldTypes } from '../../scoring/domain/lead-facts.ts';
import { unusableHours } from './usable-hours.ts';

/** What levels may ask of a lead: all that is known of it, its segments, its owner's team, and that team with those above it. */
const serviceFieldTypes: FieldTypes = { ...leadFieldTypes, segments: 'texts', team: 'text', teams: 'texts' };

export type ServiceLevelRefusal = PredicateRefusal | Refusal<'duplicate-service-level' | 'steps-out-of-order' | 'no-working-time'>;

/** The first thing that is wrong with service levels; undefined where they can be published. */
export const checkServiceLevels = ({ levels }: ServiceLevels): ServiceLevelRefusal | undefined => {
  for (const [index, level] of levels.entries()) {
    const about = { field: `levels[${index}]`, value: level.id };
    if (levels.findIndex((other) => other.id === level.id) !== index)
      return refused('duplicate-service-level', `levels: ${level.id} appears more than once`, about).refused;
    const unusable = unusableHours(level.hours, `levels[${index}].hours`);
    if (unusable !== undefined) return unusable;
    if (level.escalations.some((step, at) => at > 0 && step.afterMinutes < (level.escalations[at - 1]?.afterMinutes ?? 0)))
      return refused('steps-out-of-order', `levels[${index}].escalations: no step may be due before the step above it`, about).refused;
    const wrong = checkPredicate(level.when, serviceFieldTypes, `levels[${index}].when`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

/** The first level that is true of a lead; undefined: nobody promised anything. */
export const levelFor = ({ levels }: ServiceLevels, facts: Facts, now: Instant): ServiceLevel | undefined =>
  levels.find((level) => judge(level.when, facts, now).answer === 'yes');

/** While the customer has to answer, the state stands still; half-open, `until` null while it does. */
const pause = z.object({ from: instant, until: instant.nullable() });

/**
 * The promise for one lead as it was made: a later version of the levels does not move it. `missedAt` is the deadline that passed,
 * `stepsDone` how many escalation steps were taken.
 */
export const serviceLevelState = z.object({
  level: serviceLevelTerms,
  holidays: serviceLevelHolidays,
  startedAt: instant,
  pauses: z.array(pause),
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  missedAt: instant.nullable(),
  stepsDone: z.int().nonnegative(),
});
export type ServiceLevelState = z.infer<typeof serviceLevelState>;

const heldDays = 366;

/** The holidays of the year after a start: no promise waits longer than that for its answer. */
export const holidaysFrom = (holidays: readonly Day[], startedAt: Instant, { hours }: Pick<ServiceLevelTerms, 'hours'>): readonly Day[] => {
  const first = dayOf(startedAt, hours.zone);
  const last = addDays(first, heldDays);
  return holidays.filter((one) => first <= one && one <= last).toSorted();
};

export const newServiceLevel = (
  { id, name, minutes, hours, escalations }: ServiceLevelTerms,
  holidays: readonly Day[],
  startedAt: Instant,
): ServiceLevelState => ({
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
export const waitedMillis = ({ level, holidays, startedAt, pauses }: ServiceLevelState, until: Instant): number => {
  const worked = (from: Instant, to: Instant): number => elapsedWorkingMillis(level.hours, holidays, from, to);
  const paused = pauses.map((one) => worked(one.from, one.until === null || one.until > until ? until : one.until));
  return worked(startedAt, until) - paused.reduce((sum, millis) => sum + millis, 0);
};

/** The first instant by which so many minutes of working time have gone by since the start; null while the state stands still before that. */
const instantAfter = ({ level, holidays, startedAt, pauses }: ServiceLevelState, minutes: number): Instant | null => {
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
export const deadlineOf = (state: ServiceLevelState): Instant | null => instantAfter(state, state.level.minutes);

const isPaused = ({ pauses }: ServiceLevelState): boolean => pauses.at(-1)?.until === null;

/**
 * When the answer is due in the books: waiting alone proves nothing, so until the customer has come back, or somebody has answered, the
 * deadline from before the waiting counts.
 */
export const reportedDeadlineOf = (state: ServiceLevelState): Instant | null =>
  deadlineOf(isPaused(state) ? { ...state, pauses: state.pauses.slice(0, -1) } : state);

/** What a look at the state finds: a deadline that has just passed, steps that are due, and when to look again. */
export type DueCheck = {
  readonly missed: Instant | null;
  readonly steps: readonly (EscalationStep & { readonly at: Instant })[];
  /** null: nothing more can happen by itself */
  readonly nextCheckAt: Instant | null;
};

/** Whether nothing is owed any more: answered, or the lead is gone. */
export const isOver = ({ answeredAt, endedAt }: ServiceLevelState): boolean => answeredAt !== null || endedAt !== null;

/**
 * What time alone has brought about by now. Needs no write to the lead by anybody: a deadline that passed an hour ago is missed as of
 * its own time. At the deadline itself the lead is late: time is half-open.
 */
export const checkDue = (state: ServiceLevelState, now: Instant): DueCheck => {
  if (isOver(state)) return { missed: null, steps: [], nextCheckAt: null };
  const deadline = deadlineOf(state);
  if (deadline === null || deadline > now) return { missed: null, steps: [], nextCheckAt: deadline };
  const { escalations, minutes } = state.level;
  const ahead = escalations.slice(state.stepsDone).map((step) => ({ step, at: instantAfter(state, minutes + step.afterMinutes) }));
  const due = ahead.flatMap(({ step, at }) => (at !== null && at <= now ? [{ ...step, at }] : []));
  return {
    missed: state.missedAt === null ? deadline : null,
    steps: due,
    nextCheckAt: ahead[due.length]?.at ?? null,
  };
};

/** When somebody must look at the state next; null where nothing more can happen by itself. */
export const nextCheckAt = (state: ServiceLevelState): Instant | null => {
  if (isOver(state)) return null;
  if (state.missedAt === null) return deadlineOf(state);
  const step = state.level.escalations[state.stepsDone];
  return step === undefined ? null : instantAfter(state, state.level.minutes + step.afterMinutes);
};

/** The state after a look: what was found is not found again. */
export const applyDueCheck = (state: ServiceLevelState, { missed, steps }: DueCheck): ServiceLevelState => ({
  ...state,
  missedAt: missed ?? state.missedAt,
  stepsDone: state.stepsDone + steps.length,
});

export type AnswerRefusal = Refusal<'automatic-answer' | 'time-before-start' | 'lead-closed'>;
export type PauseRefusal = Refusal<'lead-answered' | 'service-level-paused' | 'time-before-start'>;
export type ResumeRefusal = Refusal<'service-level-not-paused' | 'time-before-start'>;

type Transition<R> = { readonly state: ServiceLevelState } | { readonly refused: R };

/** Standing ends where the rep was faster than the customer. */
const closePauses = (pauses: ServiceLevelState['pauses'], at: Instant): ServiceLevelState['pauses'] =>
  pauses.filter((one) => one.from < at).map((one) => (one.until === null || one.until > at ? { ...one, until: at } : one));

/** A rep has answered, which ends the promise; an automatic reply is no answer. Of several answers the earliest counts. */
export const applyAnswer = (state: ServiceLevelState, at: Instant, isAutomatic: boolean): Transition<AnswerRefusal> => {
  if (isAutomatic) return refused('automatic-answer', 'automatic: an automatic reply does not count as an answer', { field: 'automatic' });
  if (at < state.startedAt) return refused('time-before-start', `at: the lead arrived at ${state.startedAt}`, { field: 'at', value: at });
  if (state.endedAt !== null && at > state.endedAt)
    return refused('lead-closed', `at: the lead was closed at ${state.endedAt}`, { field: 'at', value: at });
  if (state.answeredAt !== null && state.answeredAt <= at) return { state };
  return { state: { ...state, answeredAt: at, pauses: closePauses(state.pauses, at) } };
};

/** From now on it is the customer's turn. */
export const applyPause = (state: ServiceLevelState, at: Instant): Transition<PauseRefusal> => {
  if (isOver(state)) return refused('lead-answered', 'leadId: the lead is answered or closed, so there is nothing to wait for');
  if (isPaused(state)) return refused('service-level-paused', 'leadId: the service level is paused already');
  const last = state.pauses.at(-1)?.until ?? state.startedAt;
  if (at < last) return refused('time-before-start', `at: the service level has been running since ${last}`, { field: 'at', value: at });
  return { state: { ...state, pauses: [...state.pauses, { from: at, until: null }] } };
};

/** The customer has come back; it is our turn again. */
export const applyResume = (state: ServiceLevelState, at: Instant): Transition<ResumeRefusal> => {
  const last = state.pauses.at(-1);
  if (last === undefined || last.until !== null) return refused('service-level-not-paused', 'leadId: the service level is not paused');
  if (at < last.from)
    return refused('time-before-start', `at: the service level has been paused since ${last.from}`, { field: 'at', value: at });
  return { state: { ...state, pauses: [...state.pauses.slice(0, -1), { from: last.from, until: at }] } };
};

/** The lead is gone (converted, disqualified, erased): the promise ends with it. */
export const applyEnd = (state: ServiceLevelState, at: Instant): ServiceLevelState => ({ ...state, endedAt: state.endedAt ?? at });

/** Whole minutes of working time that are left at an instant; negative: so many over it. */
export const minutesLeft = (state: ServiceLevelState, now: Instant): number =>
  Math.floor(state.level.minutes - waitedMillis(state, now) / 60_000);
