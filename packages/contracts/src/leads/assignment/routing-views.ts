import { instant, leadId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { routingRules, sellerProfile, territory, territoryId } from './routing-document.ts';
import { destination, exclusionCode } from './routing-events.ts';

export const sellerView = sellerProfile.extend({
  /** leads that the rep owns and that have not ended */
  openLeads: z.int().nonnegative(),
  /** the first time, from now on, at which the rep is there and works; null: not within two years, has left, or has not begun */
  availableFrom: instant.nullable(),
});
export type SellerView = z.infer<typeof sellerView>;

/** A rep in the list of all. */
export const sellerListed = sellerView.extend({
  repCode: z.string(),
  /** of today; null: has left, or has not begun */
  teamId: teamId.nullable(),
  /** belongs to a team today and sells, so that leads may come, absence and capacity aside */
  isActive: z.boolean(),
});
export type SellerListed = z.infer<typeof sellerListed>;

const territoryView = territory.safeExtend({
  /** what it lies in, from the inside out */
  within: z.array(territoryId),
  /** all that lies in it, at any depth */
  descendants: z.array(territoryId),
});
export const territoriesView = z.object({ version: z.int().nonnegative(), territories: z.array(territoryView) });
export type TerritoriesView = z.infer<typeof territoriesView>;

/** `version` 0: none was published, and every lead goes in turn to everybody who sells. */
export const routingView = z.object({ version: z.int().nonnegative(), ...routingRules.shape });

/** The queue that a lead waits in. */
export const queueEntry = z.object({
  queueId: z.string(),
  teamId: teamId.nullable(),
  since: instant,
  dueAt: instant,
  reason: z.string(),
  isOverdue: z.boolean(),
});

/** How many of those who sell may not receive a lead, for everybody to read: by kind of reason only where that points at nobody. */
const passedOver = z.object({
  count: z.int().nonnegative(),
  /** `other` is what no kind is told of; empty: no kind is told at all */
  byKind: z.partialRecord(z.enum(['team-or-territory', 'skills-or-languages', 'other']), z.int().positive()),
});
export type PassedOver = z.infer<typeof passedOver>;

/** Why a lead is where it is. Who of the colleagues was passed over for what is told to managers and sales operations only. */
export const routingExplanation = z.object({
  /** null where no rules were asked, as for an import that names the owner; for a rep also where they chose somebody else before */
  decision: z
    .object({
      at: instant,
      version: z.int().nonnegative(),
      ruleId: z.string().nullable(),
      territoryId: territoryId.nullable(),
      to: destination,
      eligible: z.int(),
      passedOver,
      /** this and what follows is about colleagues: absent for a rep */
      candidates: z.array(z.object({ repId, count: z.int(), weight: z.int() })).optional(),
      excludedBy: z.record(z.string(), z.int()).optional(),
      excluded: z.array(z.object({ repId, code: exclusionCode, words: z.string() })).optional(),
    })
    .nullable(),
  /** the same for people, one thought a sentence */
  sentences: z.array(z.string()),
});
export type RoutingExplanation = z.infer<typeof routingExplanation>;

/** Where a lead would have gone, in data and in words. */
const outcome = z.object({ ruleId: z.string().nullable(), to: destination, because: z.string() });

export const routingRehearsal = z.object({
  since: instant,
  until: instant,
  leads: z.int().nonnegative(),
  /** false: there were more leads than are looked at; the newest were */
  isComplete: z.boolean(),
  differences: z.int().nonnegative(),
  changed: z.array(z.object({ leadId, at: instant, active: outcome, candidate: outcome })).max(500),
  /** how many leads each rep or queue would have got */
  active: z.record(z.string(), z.int()),
  candidate: z.record(z.string(), z.int()),
});
