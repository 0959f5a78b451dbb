import {
  isOverdue,
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
import { checkWorkingHours } from './check-working-hours.ts';

/** The fields that levels may use: those of the lead, its segments, its owner's team, and that team with the teams above it. */
const serviceFieldTypes: FieldTypes = { ...leadFieldTypes, segments: 'texts', team: 'text', teams: 'texts' };

export type ServiceLevelRefusal = PredicateRefusal | Refusal<'duplicate-service-level' | 'steps-out-of-order' | 'no-working-time'>;

/** The first fault of the service levels; undefined if they can be published. */
export const checkServiceLevels = ({ levels }: ServiceLevels): ServiceLevelRefusal | undefined => {
  for (const [index, level] of levels.entries()) {
    const about = { field: `levels[${index}]`, value: level.id };
    if (levels.findIndex((other) => other.id === level.id) !== index)
      return refused('duplicate-service-level', `levels: ${level.id} appears more than once`, about).refused;
    const unusable = checkWorkingHours(level.hours, `levels[${index}].hours`);
    if (unusable !== undefined) return unusable;
    if (level.escalations.some((step, at) => at > 0 && step.afterMinutes < (level.escalations[at - 1]?.afterMinutes ?? 0)))
      return refused('steps-out-of-order', `levels[${index}].escalations: no step may be due before the step above it`, about).refused;
    const wrong = checkPredicate(level.when, serviceFieldTypes, `levels[${index}].when`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

/** The first level that matches a lead; undefined if none does. */
export const levelFor = ({ levels }: ServiceLevels, facts: Facts, now: Instant): ServiceLevel | undefined =>
  levels.find((level) => judge(level.when, facts, now).answer === 'yes');

/** A pause while sales waits for the customer; `until` is not included, and null while the pause lasts. */
const pause = z.object({ from: instant, until: instant.nullable() });

/**
 * The service level of one lead with the terms at its start: a later version of the levels does not change it. `missedAt` is the
 * deadline that passed, `stepsDone` the number of escalation steps taken.
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

/** The holidays of the year after a start, which is longer than any service level runs. */
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

/** The first instant at which this many working minutes have passed since the start; null during a pause before that. */
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

/** The response deadline; null during a pause. */
export const deadlineOf = (state: ServiceLevelState): Instant | null => instantAfter(state, state.level.minutes);

const isPaused = ({ pauses }: ServiceLevelState): boolean => pauses.at(-1)?.until === null;

/**
 * The deadline for the report: a pause alone proves nothing, so the deadline from before the pause counts until the customer replies
 * or a rep answers.
 */
export const reportedDeadlineOf = (state: ServiceLevelState): Instant | null =>
  deadlineOf(isPaused(state) ? { ...state, pauses: state.pauses.slice(0, -1) } : state);

/** The result of a due check: a deadline that passed, steps that are due, and the time of the next check. */
export type DueCheck = {
  readonly missed: Instant | null;
  readonly steps: readonly (EscalationStep & { readonly at: Instant })[];
  /** null: nothing more can happen by itself */
  readonly nextCheckAt: Instant | null;
};

/** Whether no answer is due any more: the lead is answered or closed. */
export const isOver = ({ answeredAt, endedAt }: ServiceLevelState): boolean => answeredAt !== null || endedAt !== null;

/**
 * What time alone has caused by now, without any write to the lead: a deadline that passed an hour ago is missed as of its own time.
 * At the deadline itself the lead is late.
 */
export const checkDue = (state: ServiceLevelState, now: Instant): DueCheck => {
  if (isOver(state)) return { missed: null, steps: [], nextCheckAt: null };
  const deadline = deadlineOf(state);
  if (deadline === null || !isOverdue({ dueAt: deadline, answeredAt: null, endedAt: null }, now))
    return { missed: null, steps: [], nextCheckAt: deadline };
  const { escalations, minutes } = state.level;
  const ahead = escalations.slice(state.stepsDone).map((step) => ({ step, at: instantAfter(state, minutes + step.afterMinutes) }));
  const due = ahead.flatMap(({ step, at }) => (at !== null && at <= now ? [{ ...step, at }] : []));
  return {
    missed: state.missedAt === null ? deadline : null,
    steps: due,
    nextCheckAt: ahead[due.length]?.at ?? null,
  };
};

/** When the next due check must run; null if nothing more can happen by itself. */
export const nextCheckAt = (state: ServiceLevelState): Instant | null => {
  if (isOver(state)) return null;
  if (state.missedAt === null) return deadlineOf(state);
  const step = state.level.escalations[state.stepsDone];
  return step === undefined ? null : instantAfter(state, state.level.minutes + step.afterMinutes);
};

/** The state after a due check: what was found is not found again. */
export const applyDueCheck = (state: ServiceLevelState, { missed, steps }: DueCheck): ServiceLevelState => ({
  ...state,
  missedAt: missed ?? state.missedAt,
  stepsDone: state.stepsDone + steps.length,
});

export type AnswerRefusal = Refusal<'automatic-answer' | 'time-before-start' | 'lead-closed'>;
export type PauseRefusal = Refusal<'lead-answered' | 'service-level-paused' | 'time-before-start'>;
export type ResumeRefusal = Refusal<'service-level-not-paused' | 'time-before-start'>;

type Transition<R> = { readonly state: ServiceLevelState } | { readonly refused: R };

/** An answer ends an open pause and removes later ones. */
const closePauses = (pauses: ServiceLevelState['pauses'], at: Instant): ServiceLevelState['pauses'] =>
  pauses.filter((one) => one.from < at).map((one) => (one.until === null || one.until > at ? { ...one, until: at } : one));

/** An answer of a rep fulfils the service level; an automatic reply does not. Of several answers the earliest counts. */
export const applyAnswer = (state: ServiceLevelState, at: Instant, isAutomatic: boolean): Transition<AnswerRefusal> => {
  if (isAutomatic) return refused('automatic-answer', 'automatic: an automatic reply does not count as an answer', { field: 'automatic' });
  if (at < state.startedAt) return refused('time-before-start', `at: the lead arrived at ${state.startedAt}`, { field: 'at', value: at });
  if (state.endedAt !== null && at > state.endedAt)
    return refused('lead-closed', `at: the lead was closed at ${state.endedAt}`, { field: 'at', value: at });
  if (state.answeredAt !== null && state.answeredAt <= at) return { state };
  return { state: { ...state, answeredAt: at, pauses: closePauses(state.pauses, at) } };
};

/** Pauses the service level while sales waits for the customer. */
export const applyPause = (state: ServiceLevelState, at: Instant): Transition<PauseRefusal> => {
  if (isOver(state)) return refused('lead-answered', 'leadId: the lead is answered or closed, so there is nothing to wait for');
  if (isPaused(state)) return refused('service-level-paused', 'leadId: the service level is paused already');
  const last = state.pauses.at(-1)?.until ?? state.startedAt;
  if (at < last) return refused('time-before-start', `at: the service level has been running since ${last}`, { field: 'at', value: at });
  return { state: { ...state, pauses: [...state.pauses, { from: at, until: null }] } };
};

/** The customer replied, so the service level continues. */
export const applyResume = (state: ServiceLevelState, at: Instant): Transition<ResumeRefusal> => {
  const last = state.pauses.at(-1);
  if (last === undefined || last.until !== null) return refused('service-level-not-paused', 'leadId: the service level is not paused');
  if (at < last.from)
    return refused('time-before-start', `at: the service level has been paused since ${last.from}`, { field: 'at', value: at });
  return { state: { ...state, pauses: [...state.pauses.slice(0, -1), { from: last.from, until: at }] } };
};

/** The lead was closed (converted, disqualified, merged or erased), and its service level with it. */
export const applyEnd = (state: ServiceLevelState, at: Instant): ServiceLevelState => ({ ...state, endedAt: state.endedAt ?? at });

/** Whole working minutes that are left at an instant; negative after the deadline. */
export const minutesLeft = (state: ServiceLevelState, now: Instant): number =>
  Math.floor(state.level.minutes - waitedMillis(state, now) / 60_000);
