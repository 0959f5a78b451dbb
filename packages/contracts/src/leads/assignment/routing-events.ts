import { instant, leadId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { absence, routingRules, sellerSettings, territories, territoryId } from './routing-document.ts';

const owner = 'leads';

export const routingPublished = defineEvent({
  name: 'RoutingPublished',
  owner,
  version: 1,
  meaning: 'New rules of who gets which lead, for leads from now on.',
  data: z.object({ version: z.int().positive(), document: routingRules }),
});

export const territoriesPublished = defineEvent({
  name: 'TerritoriesPublished',
  owner,
  version: 1,
  meaning: 'A new tree of territories, for leads from now on.',
  data: z.object({ version: z.int().positive(), territories }),
});

export const sellerProfileChanged = defineEvent({
  name: 'SellerProfileChanged',
  owner,
  version: 1,
  meaning: 'What a rep can do, how much and when is another now. When somebody is away stays with leads.',
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

const queueReason = z.enum(['no-matching-rule', 'no-eligible-rep']);

/** Where a lead went. */
export const destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rep'), repId, reason: z.enum(['rotation', 'account-owner']) }),
  z.object({ kind: z.literal('queue'), queueId: z.string(), reason: queueReason }),
]);

/** At most so many candidates, and so many of those who were passed over, are named one by one. */
export const mostNamed = 50;

export const leadRouted = defineEvent({
  name: 'LeadRouted',
  owner,
  version: 1,
  meaning: 'Where the rules sent a lead, and why: who was eligible, and who was passed over for what.',
  data: z.object({
    leadId,
    /** of the routing document; 0: none was published */
    version: z.int().nonnegative(),
    /** null: no rule was true */
    ruleId: z.string().nullable(),
    territoryId: territoryId.nullable(),
    /** the turns that the assignment counts in; null where no rule was true */
    rotation: z.string().nullable(),
    to: destination,
    eligible: z.int().nonnegative(),
    /** with how many leads each had had in this rotation */
    candidates: z.array(z.object({ repId, count: z.int().nonnegative(), weight: z.int().positive() })).max(mostNamed),
    excludedBy: z.record(z.string(), z.int().positive()),
    excluded: z.array(z.object({ repId, code: exclusionCode })).max(mostNamed),
  }),
  confidential: z.object({
    /** the rules that were looked at: true or not, and by what that was seen of the person */
    rules: z.array(z.object({ id: z.string(), name: z.string(), answer: z.enum(['yes', 'no', 'unknown']), words: z.string() })),
    /** for each that is named in `excluded`, in its order: more than the code says */
    excluded: z.array(z.string()),
  }),
});

export const leadQueued = defineEvent({
  name: 'LeadQueued',
  owner,
  version: 1,
  meaning: 'Nobody could be given the lead: it waits in a queue until a person picks it, and by when.',
  data: z.object({ leadId, queueId: z.string(), teamId: teamId.nullable(), dueAt: instant, reason: queueReason }),
});

export const leadQueueOverdue = defineEvent({
  name: 'LeadQueueOverdue',
  owner,
  version: 1,
  meaning: 'The lead still waits in its queue when somebody should have picked it.',
  data: z.object({ leadId, queueId: z.string(), teamId: teamId.nullable(), dueAt: instant }),
});

export const leadUnassigned = defineEvent({
  name: 'LeadUnassigned',
  owner,
  version: 1,
  meaning: 'A rep no longer owns the lead, and why; where it went follows.',
  data: z.object({ leadId, repId, teamId, reason: z.enum(['owner-has-left', 'owner-is-absent', 'not-answered']) }),
});

/** Why somebody gives a lead back. */
export const giveBackReason = z.enum(['no-time', 'other-market', 'lacks-a-skill', 'lacks-the-language', 'knows-the-person', 'other']);
export type GiveBackReason = z.infer<typeof giveBackReason>;

export const leadGivenBack = defineEvent({
  name: 'LeadGivenBack',
  owner,
  version: 1,
  meaning:
    'A rep no longer owns the lead, because the rep or somebody who leads people gave it back; where it went follows. Why stays with leads.',
  data: z.object({ leadId, repId, teamId, byOwner: z.boolean() }),
  confidential: z.object({ reason: giveBackReason, note: z.string().max(500).nullable() }),
});

export const rotationTurnReturned = defineEvent({
  name: 'RotationTurnReturned',
  owner,
  version: 1,
  meaning: 'A rep got a lead that was none: it no longer counts among those the rep had.',
  data: z.object({ leadId, repId, rotation: z.string(), reason: z.enum(['duplicate', 'not-a-lead']) }),
});

export const leadRoutingEvents = [leadRouted, leadQueued, leadQueueOverdue, leadUnassigned, leadGivenBack, rotationTurnReturned] as const;
export const routingEvents = [routingPublished, territoriesPublished, sellerProfileChanged] as const;
export type RoutingFact = FactOf<typeof routingPublished>;
export type TerritoriesFact = FactOf<typeof territoriesPublished>;
export type SellerFact = FactOf<typeof sellerProfileChanged>;
