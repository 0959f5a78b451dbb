import { instant, leadId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { absence, routingRules, sellerSettings, territories, territoryId } from './routing-document.ts';

const owner = 'leads';

export const routingPublished = defineEvent({
  name: 'RoutingPublished',
  owner,
  version: 1,
  meaning: 'A new version of the routing rules was published. It applies to leads that are routed from now on.',
  data: z.object({ version: z.int().positive(), document: routingRules }),
});

export const territoriesPublished = defineEvent({
  name: 'TerritoriesPublished',
  owner,
  version: 1,
  meaning: 'A new territory tree was published. It applies to leads that are routed from now on.',
  data: z.object({ version: z.int().positive(), territories }),
});

export const sellerProfileChanged = defineEvent({
  name: 'SellerProfileChanged',
  owner,
  version: 1,
  meaning:
    'The skills, languages, territories, capacity or working hours of a rep changed. Absences are confidential and stay in the service.',
  data: z.object({ repId, version: z.int().positive(), profile: sellerSettings.omit({ absences: true }) }),
  confidential: z.object({ absences: z.array(absence) }),
});

/** Why a rep may not receive a lead. */
export const exclusionCode = z.enum([
  'belongs-to-no-team',
  'does-not-sell',
  'is-in-another-team',
  'covers-another-territory',
  'lacks-a-skill',
  'lacks-the-language',
  'is-absent',
  'is-outside-working-hours',
  'is-at-capacity',
]);
export type ExclusionCode = z.infer<typeof exclusionCode>;

/** The same text in each language. */
const textInLanguages = z.object({ en: z.string(), de: z.string() });

const queueReason = z.enum(['no-matching-rule', 'no-eligible-rep']);

/** Where a lead went. */
export const destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rep'), repId, reason: z.enum(['rotation', 'account-owner']) }),
  z.object({ kind: z.literal('queue'), queueId: z.string(), reason: queueReason }),
]);

/** The largest number of candidates, and of reps who were passed over, that are named one by one. */
export const mostNamed = 50;

export const leadRouted = defineEvent({
  name: 'LeadRouted',
  owner,
  version: 1,
  meaning: 'The rules decided where a lead goes. The event says who was eligible, and who was passed over for which reason.',
  data: z.object({
    leadId,
    /** of the routing document; 0: none was published */
    version: z.int().nonnegative(),
    /** null: no rule matched */
    ruleId: z.string().nullable(),
    territoryId: territoryId.nullable(),
    /** the rotation in which the assignment counts; null if no rule matched */
    rotation: z.string().nullable(),
    to: destination,
    eligible: z.int().nonnegative(),
    /** with the number of leads that each had received in this rotation */
    candidates: z.array(z.object({ repId, count: z.int().nonnegative(), weight: z.int().positive() })).max(mostNamed),
    excludedBy: z.record(z.string(), z.int().positive()),
    excluded: z.array(z.object({ repId, code: exclusionCode })).max(mostNamed),
  }),
  confidential: z.object({
    /** the rules that were evaluated: whether each matched, and by which values of the person */
    rules: z.array(z.object({ id: z.string(), name: z.string(), answer: z.enum(['yes', 'no', 'unknown']), words: textInLanguages })),
    /** one text for each entry of `excluded`, in its order, with more detail than the code */
    excluded: z.array(textInLanguages),
  }),
});

export const leadQueued = defineEvent({
  name: 'LeadQueued',
  owner,
  version: 1,
  meaning: 'No rep could be assigned. The lead waits in a queue, and a rep should pick it by `dueAt`.',
  data: z.object({ leadId, queueId: z.string(), teamId: teamId.nullable(), dueAt: instant, reason: queueReason }),
});

export const leadQueueOverdue = defineEvent({
  name: 'LeadQueueOverdue',
  owner,
  version: 1,
  meaning: 'The lead is still in its queue after the time by which a rep should have picked it.',
  data: z.object({ leadId, queueId: z.string(), teamId: teamId.nullable(), dueAt: instant }),
});

export const leadUnassigned = defineEvent({
  name: 'LeadUnassigned',
  owner,
  version: 1,
  meaning: 'The rules took the lead away from its owner. A later event says where it went.',
  data: z.object({ leadId, repId, teamId, reason: z.enum(['owner-has-left', 'owner-is-absent', 'not-answered']) }),
});

/** Why a lead is given back. */
export const giveBackReason = z.enum(['no-time', 'other-market', 'lacks-a-skill', 'lacks-the-language', 'knows-the-person', 'other']);
export type GiveBackReason = z.infer<typeof giveBackReason>;

export const leadGivenBack = defineEvent({
  name: 'LeadGivenBack',
  owner,
  version: 1,
  meaning:
    'The owner or a manager gave the lead back. A later event says where it went. The reason is confidential and stays in the service.',
  data: z.object({ leadId, repId, teamId, byOwner: z.boolean() }),
  confidential: z.object({ reason: giveBackReason, note: z.string().max(500).nullable() }),
});

export const rotationTurnReturned = defineEvent({
  name: 'RotationTurnReturned',
  owner,
  version: 1,
  meaning: 'A lead turned out to be a duplicate or no lead at all, so it no longer counts in the rotation of the rep who had received it.',
  data: z.object({ leadId, repId, rotation: z.string(), reason: z.enum(['duplicate', 'not-a-lead']) }),
});

export const leadRoutingEvents = [leadRouted, leadQueued, leadQueueOverdue, leadUnassigned, leadGivenBack, rotationTurnReturned] as const;
export const routingEvents = [routingPublished, territoriesPublished, sellerProfileChanged] as const;
export type RoutingFact = FactOf<typeof routingPublished>;
export type TerritoriesFact = FactOf<typeof territoriesPublished>;
export type SellerFact = FactOf<typeof sellerProfileChanged>;
