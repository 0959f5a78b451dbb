import { instant, leadId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { routingRules, sellerProfile, territory, territoryId } from './routing-document.ts';
import { destination, exclusionCode } from './routing-events.ts';

export const sellerView = sellerProfile.extend({
  /** leads that the rep owns and that have not ended */
  openLeads: z.int().nonnegative(),
  /** the first time from now on at which the rep is available; null: not within two years, has left, or has not started */
  availableFrom: instant.nullable(),
});
export type SellerView = z.infer<typeof sellerView>;

/** A rep in the list of all. */
export const sellerListed = sellerView.extend({
  repCode: z.string(),
  /** the current team; null: has left, or has not started */
  teamId: teamId.nullable(),
  /** belongs to a team today and sells, so can receive leads unless absence or capacity forbids it */
  isActive: z.boolean(),
});
export type SellerListed = z.infer<typeof sellerListed>;

const territoryView = territory.safeExtend({
  /** the territories that contain it, the innermost first */
  within: z.array(territoryId),
  /** the territories within it, at any depth */
  descendants: z.array(territoryId),
});
export const territoriesView = z.object({ version: z.int().nonnegative(), territories: z.array(territoryView) });
export type TerritoriesView = z.infer<typeof territoriesView>;

/** `version` 0: none was published, and leads rotate among everybody who sells. */
export const routingView = z.object({ version: z.int().nonnegative(), ...routingRules.shape });

/** A queue of the rules in force. */
export const queueView = z.object({
  queueId: z.string(),
  /** the team that may pick from it; null: every rep */
  teamId: teamId.nullable(),
  leads: z.int().nonnegative(),
  overdue: z.int().nonnegative(),
  earliestDueAt: instant.nullable(),
});

/** The queue that a lead waits in. */
export const queueEntry = z.object({
  queueId: z.string(),
  teamId: teamId.nullable(),
  since: instant,
  dueAt: instant,
  reason: z.string(),
  isOverdue: z.boolean(),
});

/** How many sellers could not receive a lead, for everybody to read. Counts by kind of reason are given only where they identify nobody. */
const passedOver = z.object({
  count: z.int().nonnegative(),
  /** `other` has the rest; empty: no kind is named */
  byKind: z.partialRecord(z.enum(['team-or-territory', 'skills-or-languages', 'other']), z.int().positive()),
});
export type PassedOver = z.infer<typeof passedOver>;

/** Why a lead is with its owner or in its queue. Only managers and sales operations see which colleagues were passed over and why. */
export const routingExplanation = z.object({
  /** null if the rules did not decide, as for an import that names the owner; for a rep also if the rules had chosen another rep */
  decision: z
    .object({
      at: instant,
      version: z.int().nonnegative(),
      ruleId: z.string().nullable(),
      territoryId: territoryId.nullable(),
      to: destination,
      eligible: z.int(),
      passedOver,
      /** this and the following fields are about colleagues, and are absent for a rep */
      candidates: z.array(z.object({ repId, count: z.int(), weight: z.int() })).optional(),
      excludedBy: z.record(z.string(), z.int()).optional(),
      excluded: z.array(z.object({ repId, code: exclusionCode, words: z.string() })).optional(),
    })
    .nullable(),
  /** the same for people, in sentences */
  sentences: z.array(z.string()),
});
export type RoutingExplanation = z.infer<typeof routingExplanation>;

/** Where a lead would have gone, as data and in words. */
const outcome = z.object({ ruleId: z.string().nullable(), to: destination, because: z.string() });

export const routingRehearsal = z.object({
  since: instant,
  until: instant,
  leads: z.int().nonnegative(),
  /** false: there were more leads than are examined; the newest were examined */
  isComplete: z.boolean(),
  differences: z.int().nonnegative(),
  /** `title`: what lists call the lead; null after erasure */
  changed: z.array(z.object({ leadId, title: z.string().nullable(), at: instant, active: outcome, candidate: outcome })).max(500),
  /** how many leads each rep or queue would have received */
  active: z.record(z.string(), z.int()),
  candidate: z.record(z.string(), z.int()),
});
