import { day, instant, predicate, repId, teamId, workingHours } from '@meilenstein/kernel';
import * as z from 'zod';

const word = z.string().min(1).max(60);

export const territoryId = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, 'has 1 to 60 letters, digits, _ or -, such as DE-North');

/** A part of the market. Its children are parts of it. `from` is included and `until` is not; null means without a limit. */
export const territory = z
  .strictObject({
    territoryId,
    name: z.string().min(1).max(120),
    parentId: territoryId.nullable(),
    when: predicate,
    /** decides between territories of equal depth: the higher number wins */
    priority: z.int().min(0).max(1000).default(0),
    from: day.nullable().default(null),
    until: day.nullable().default(null),
  })
  .refine(({ from, until }) => from === null || until === null || from < until, {
    path: ['until'],
    message: 'it must end after it begins',
  });
export type Territory = z.output<typeof territory>;
export const territories = z.array(territory).max(2000);

const ruleId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'has 1 to 60 small letters, digits or -, such as need-named');

/** Who may receive the leads of a rule. A condition that is not set excludes nobody. */
const audience = z.strictObject({
  /** one of these teams or of the teams below them; null: any team */
  teams: z.array(teamId).min(1).max(50).nullable().default(null),
  /** reps who cover the territory of the lead, or this territory or a part of it */
  territory: z
    .union([z.literal('of-lead'), z.strictObject({ territoryId })])
    .nullable()
    .default(null),
  /** a rep needs all of these */
  skills: z.array(word).max(20).default([]),
  /** a rep needs one of these; empty: any */
  languages: z.array(word).max(20).default([]),
  /** a rep who is off duty or absent is eligible if available again within this many minutes */
  waitAtMostMinutes: z.int().min(0).max(7200).default(0),
});
export type Audience = z.output<typeof audience>;

/** Where leads wait to be picked if no rep is eligible, and for how many minutes at most. */
const fallbackQueue = z.strictObject({
  queueId: ruleId,
  /** the team that may pick from it, with the teams below; null: every rep */
  teamId: teamId.nullable().default(null),
  minutes: z.int().min(1).max(14_400),
  /** the minutes count within these hours only; null: around the clock */
  hours: workingHours.nullable().default(null),
  /** the region whose holidays do not count; null: none */
  region: word.nullable().default(null),
});
export type FallbackQueue = z.output<typeof fallbackQueue>;

const routingRule = z.strictObject({
  id: ruleId,
  name: z.string().min(1).max(120),
  when: predicate,
  to: audience,
  /** overrides the queue of the document */
  queue: fallbackQueue.nullable().default(null),
});
export type RoutingRule = z.output<typeof routingRule>;

/** Rules in order: the first that matches decides. Leads that match no rule go to the queue. */
export const routingRules = z.strictObject({ rules: z.array(routingRule).max(500), queue: fallbackQueue });
export type RoutingRules = z.output<typeof routingRules>;

/** A time of absence; `until` is not included. */
export const absence = z
  .strictObject({ from: instant, until: instant })
  .refine(({ from, until }) => from < until, { path: ['until'], message: 'it must end after it begins' });

/** The routing profile of a rep: what routing must know beside the organisation. */
export const sellerSettings = z.strictObject({
  territories: z.array(territoryId).max(50).default([]),
  skills: z.array(word).max(50).default([]),
  languages: z.array(word).max(20).default([]),
  /** the largest number of open leads; null: no limit */
  capacity: z.int().min(0).max(10_000).nullable().default(null),
  /** a rep of weight 2 gets twice as many */
  weight: z.int().min(1).max(100).default(1),
  /** null: at any time */
  hours: workingHours.nullable().default(null),
  /** the region whose holidays apply; null: none */
  region: word.nullable().default(null),
  absences: z.array(absence).max(100).default([]),
});
export type SellerSettings = z.output<typeof sellerSettings>;

export const sellerProfile = z.strictObject({ repId, ...sellerSettings.shape });
export type SellerProfile = z.output<typeof sellerProfile>;
