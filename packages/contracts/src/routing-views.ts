import { instant, leadId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { routingRules, sellerProfile, territory, territoryId } from './routing-document.ts';
import { destination, exclusionCode } from './routing-events.ts';

export const sellerView = sellerProfile.extend({
  /** leads that the rep owns and that have not ended */
  openLeads: z.int().nonnegative(),
  /** the first time, from now on, at which the rep is there and works; null: not within two years */
  availableFrom: instant.nullable(),
});
export type SellerView = z.infer<typeof sellerView>;

export const territoryView = territory.safeExtend({
  /** what it lies in, from the inside out */
  within: z.array(territoryId),
  /** all that lies in it, at any depth */
  descendants: z.array(territoryId),
});
export const territoriesView = z.object({ version: z.int().nonnegative(), territories: z.array(territoryView) });
export type TerritoriesView = z.infer<typeof territoriesView>;

/** `version` 0: none was published, and every lead goes in turn to everybody who sells. */
export const routingView = z.object({ version: z.int().nonnegative(), ...routingRules.shape });
export type RoutingView = z.infer<typeof routingView>;

/** The queue that a lead waits in. */
export const queuePlace = z.object({
  queueId: z.string(),
  teamId: teamId.nullable(),
  since: instant,
  dueAt: instant,
  reason: z.string(),
  isOverdue: z.boolean(),
});
export type QueuePlace = z.infer<typeof queuePlace>;

/** Why a lead is where it is. */
export const routingExplanation = z.object({
  /** null where no rules were asked, as for an import that names the owner */
  decision: z
    .object({
      at: instant,
      version: z.int().nonnegative(),
      ruleId: z.string().nullable(),
      territoryId: territoryId.nullable(),
      to: destination,
      eligible: z.int(),
      candidates: z.array(z.object({ repId, count: z.int(), weight: z.int() })),
      excludedBy: z.record(z.string(), z.int()),
      excluded: z.array(z.object({ repId, code: exclusionCode, words: z.string() })),
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
export type RoutingRehearsalView = z.infer<typeof routingRehearsal>;
