import { day, instant, predicate, workingHours } from '@meilenstein/kernel';
import * as z from 'zod';

const levelId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'has 1 to 60 small letters, digits or -, such as need-named');

/** What happens if a lead is still unanswered a number of working minutes after its deadline. */
export const escalationStep = z.strictObject({
  afterMinutes: z.int().min(0).max(14_400),
  /** tell the owner, tell the team's managers, or give the lead to somebody else */
  act: z.enum(['tell-owner', 'tell-managers', 'requeue']),
});
export type EscalationStep = z.output<typeof escalationStep>;

/** Sales answers these leads within a number of working minutes, by the hours and holidays of their market. */
export const serviceLevel = z.strictObject({
  id: levelId,
  name: z.string().min(1).max(120),
  when: predicate,
  minutes: z.int().min(1).max(14_400),
  hours: workingHours,
  /** the region whose public holidays apply; null: none */
  region: z.string().min(1).max(60).nullable().default(null),
  escalations: z.array(escalationStep).max(10).default([]),
});
export type ServiceLevel = z.output<typeof serviceLevel>;

export const serviceLevels = z.strictObject({ levels: z.array(serviceLevel).max(50) });
export type ServiceLevels = z.output<typeof serviceLevels>;

/** The terms for one lead when its service level started; a later version of the levels does not change them. */
export const serviceLevelTerms = z.object({
  id: levelId,
  name: z.string(),
  minutes: z.int().positive(),
  hours: workingHours,
  escalations: z.array(escalationStep),
});
export type ServiceLevelTerms = z.output<typeof serviceLevelTerms>;

/** The holidays of the year after the start. */
export const serviceLevelHolidays = z.array(day).max(400);

/** How a rep got in touch. */
export const answerChannel = z.enum(['call', 'email', 'meeting', 'video', 'message', 'letter']);

/** The state of the service level of a lead. */
export const serviceLevelView = z.object({
  levelId,
  name: z.string(),
  state: z.enum(['running', 'waiting-for-customer', 'missed', 'answered', 'ended']),
  /** the sentence that a rep reads first */
  summary: z.string(),
  startedAt: instant,
  /** null while the service level is paused */
  dueAt: instant.nullable(),
  /** of working time; negative after the deadline. Null once the lead is answered or closed */
  minutesLeft: z.int().nullable(),
  missedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  /** working time from the start to the answer, or until now */
  minutesWaited: z.int().nonnegative(),
  escalationsDone: z.int().nonnegative(),
});
export type ServiceLevelView = z.infer<typeof serviceLevelView>;
