import { day, instant, opportunityId, processId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type EnvelopeOf, type FactOf } from '../define-event.ts';
import { bilingual, eventMoney, frozenRate, opportunityDimensions } from '../fragments.ts';
import { importStart } from '../import-start.ts';

const owner = 'pipeline';

export const act = z.enum(['did', 'said', 'wrote']);
export const channel = z.enum(['meeting', 'call', 'video', 'email', 'letter', 'portal', 'contract', 'other']);
export const milestoneId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'has 1 to 60 small letters, digits or -, such as need-named');

export const milestone = z.object({
  id: milestoneId,
  name: bilingual,
  /** any one of these acts proves it */
  provenBy: z.array(act).min(1),
});
export type Milestone = z.infer<typeof milestone>;

/** Roles at the customer. A typed role is mapped to one of these words, because it may contain a name. */
export const partyRole = z.enum([
  'buyer',
  'user',
  'decision-maker',
  'champion',
  'influencer',
  'engineer',
  'legal',
  'finance',
  'management',
  'procurement',
  'other',
]);
export type PartyRole = z.infer<typeof partyRole>;

/** The role of a person at the customer, in any words. */
export const typedPartyRole = z
  .string()
  .min(1)
  .max(60)
  .describe(
    'A role in any words, which stay confidential. Only the nearest of these words is published: buyer, user, decision-maker, champion, influencer, engineer, legal, finance, management, procurement, other.',
  );

export const lossReason = z.enum(['price', 'competitor', 'no-budget', 'no-decision', 'no-need', 'timing', 'other']);
export const cancelReason = z.enum(['customer-withdrew', 'not-paid', 'not-deliverable', 'wrong-entry', 'other']);

/** Why something that was recorded is withdrawn or corrected. */
export const correctionReason = z.enum(['wrong-entry', 'wrong-opportunity', 'misunderstood', 'customer-took-back', 'other']);
export const reopenReason = z.enum(['customer-came-back', 'wrong-entry', 'other']);

/** What a customer does without reaching a milestone. */
export const responseKind = z.enum(['answered', 'asked', 'postponed']);
export const responseId = z.string().min(1).max(60);

export const processPublished = defineEvent({
  name: 'ProcessPublished',
  owner,
  version: 1,
  meaning: 'A sales process for one market, or a new version of it. The last milestone is the order.',
  data: z.object({ processId, version: z.int().positive(), name: bilingual, milestones: z.array(milestone).min(1).max(30) }),
});

export const opportunityOpened = defineEvent({
  name: 'OpportunityOpened',
  owner,
  version: 1,
  meaning: 'A possible order.',
  data: opportunityDimensions,
});

const amendable = z.object({
  amount: eventMoney.nullable(),
  segment: z.string().min(1).max(60).nullable(),
  repId,
  teamId,
});

export const opportunityAmended = defineEvent({
  name: 'OpportunityAmended',
  owner,
  version: 1,
  meaning: 'Amount, segment or owner changed; the event has the values before and after.',
  data: z.object({ opportunityId, processId, before: amendable, after: amendable }),
});

/** The customer's own words, which only pipeline reads. */
const wordsOfCustomer = {
  quote: z.string().max(2000).optional(),
  /** the role as it was typed, where that says more than the published word */
  role: z.string().max(60).optional(),
};

const confidentialEvidence = z.object({
  ...wordsOfCustomer,
  artefact: z
    .object({
      reference: z.string().min(1).max(500),
      sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is a SHA-256 as 64 hexadecimal digits in small letters'),
    })
    .optional(),
});

export const milestoneReached = defineEvent({
  name: 'MilestoneReached',
  owner,
  version: 1,
  meaning: 'The customer did, said or wrote something, and there is evidence.',
  data: opportunityDimensions.extend({
    milestoneId,
    /** position in the process, from 1 */
    position: z.int().positive(),
    act,
    channel,
    /** the role at the customer; free text of an older producer is read as `other` */
    partyRole: partyRole.catch('other'),
    recordedBy: repId.nullable(),
    /** for imported evidence: the id of its row, derived from the other system's */
    rowId: z.string().optional(),
  }),
  confidential: confidentialEvidence,
});

/** Who took something back or corrected it, and why. */
const correction = { reason: correctionReason, recordedBy: repId.nullable() };

export const milestoneWithdrawn = defineEvent({
  name: 'MilestoneWithdrawn',
  owner,
  version: 1,
  meaning: 'The evidence of a milestone was withdrawn, so the customer has not reached it. Nothing counts it any more.',
  data: opportunityDimensions.extend({ milestoneId, position: z.int().positive(), ...correction }),
});

const evidenceFacts = z.object({ act, channel, partyRole: partyRole.catch('other'), occurredAt: instant });

export const evidenceCorrected = defineEvent({
  name: 'EvidenceCorrected',
  owner,
  version: 1,
  meaning: 'The evidence of a milestone was recorded wrongly; the event has it before and after. The milestone stays.',
  data: opportunityDimensions.extend({
    milestoneId,
    position: z.int().positive(),
    before: evidenceFacts,
    after: evidenceFacts,
    ...correction,
  }),
  confidential: confidentialEvidence,
});

export const customerResponded = defineEvent({
  name: 'CustomerResponded',
  owner,
  version: 1,
  meaning: 'The customer answered, asked or postponed without reaching a milestone. It ends a silence and advances nothing.',
  data: opportunityDimensions.extend({
    responseId,
    kind: responseKind,
    channel,
    partyRole: partyRole.catch('other'),
    recordedBy: repId.nullable(),
  }),
  confidential: z.object(wordsOfCustomer),
});

export const customerResponseWithdrawn = defineEvent({
  name: 'CustomerResponseWithdrawn',
  owner,
  version: 1,
  meaning: 'A response of the customer was recorded wrongly and does not count any more.',
  data: opportunityDimensions.extend({ responseId, ...correction }),
});

const order = opportunityDimensions.extend({
  /** of this order alone; an opportunity has one */
  orderId: z.string().min(1).max(120),
  amount: eventMoney,
  rate: frozenRate,
  /** the amount in the reporting currency at `rate` */
  reportingAmount: eventMoney,
  orderedAt: instant,
  /** the order lies in a month that was closed, and restates it */
  restates: z.literal(true).optional(),
});

export const opportunityWon = defineEvent({
  name: 'OpportunityWon',
  owner,
  version: 1,
  meaning: 'The customer ordered: the last milestone.',
  data: order,
});

export const opportunityLost = defineEvent({
  name: 'OpportunityLost',
  owner,
  version: 1,
  meaning: 'There will be no order.',
  data: opportunityDimensions.extend({
    reason: lossReason,
    lastMilestoneId: milestoneId.nullable(),
    /** absent in events of older producers */
    recordedBy: repId.nullable().optional(),
  }),
  confidential: z.object({ note: z.string().max(2000).optional() }),
});

export const orderCancelled = defineEvent({
  name: 'OrderCancelled',
  owner,
  version: 1,
  meaning: 'The whole order is void; amount, rate and owner repeat those of the order as it was in force.',
  data: order.extend({ cancelledAt: instant, reason: cancelReason }),
});

export const orderPartiallyCancelled = defineEvent({
  name: 'OrderPartiallyCancelled',
  owner,
  version: 1,
  meaning: 'A part of an order is void. `amount` and `reportingAmount` are what is left of it, `cancelled` is the part.',
  data: order.extend({
    cancelled: z.object({ amount: eventMoney, reportingAmount: eventMoney }),
    cancelledAt: instant,
    reason: cancelReason,
  }),
});

export const orderCorrected = defineEvent({
  name: 'OrderCorrected',
  owner,
  version: 1,
  meaning: 'Amount or day of an order were recorded wrongly. The event has the order as it is in force, and `previous` as it was.',
  data: order.extend({
    previous: z.object({ amount: eventMoney, reportingAmount: eventMoney, rate: frozenRate, orderedAt: instant, teamId }),
    ...correction,
  }),
});

export const opportunityReopened = defineEvent({
  name: 'OpportunityReopened',
  owner,
  version: 1,
  meaning: 'A lost opportunity, or one whose order was cancelled, is open again at the furthest milestone before its end.',
  data: opportunityDimensions.extend({
    previous: z.enum(['lost', 'cancelled']),
    /** of the cancelled order, which the customer has not reached any more; null after a loss */
    orderMilestoneId: milestoneId.nullable(),
    reason: reopenReason,
    recordedBy: repId.nullable(),
  }),
});

export const orderTeamCorrected = defineEvent({
  name: 'OrderTeamCorrected',
  owner,
  version: 1,
  meaning: 'A membership was told late: the owner belonged to another team on the day of the order, and `teamId` is that team.',
  data: order.extend({ previousTeamId: teamId }),
});

export const evidenceErased = defineEvent({
  name: 'EvidenceErased',
  owner,
  version: 1,
  meaning: 'The person behind the opportunity was erased: the customers’ own words are deleted, their milestones stay.',
  data: z.object({ opportunityId }),
});

/** A rep's estimate in a former system: a percentage, and the day of the expected order, null where none was expected. */
export const repEstimate = z.object({ percent: z.number().min(0).max(100), closesOn: day.nullable() });

export const repEstimateImported = defineEvent({
  name: 'RepEstimateImported',
  owner,
  version: 1,
  meaning: 'A rep’s estimate in a former system, at the time at which it was recorded. It is graded as a baseline; no forecast uses it.',
  data: repEstimate.extend({ opportunityId, processId }),
});

export const opportunityImportStarted = defineEvent({
  name: 'OpportunityImportStarted',
  owner,
  version: 1,
  meaning: 'Somebody started an import of opportunities; the rows follow when the file is uploaded.',
  data: importStart,
});

/** Everything that moves an opportunity. */
export const opportunityMoves = [
  opportunityOpened,
  opportunityAmended,
  milestoneReached,
  milestoneWithdrawn,
  evidenceCorrected,
  customerResponded,
  customerResponseWithdrawn,
  opportunityWon,
  opportunityLost,
  opportunityReopened,
  orderCancelled,
  orderPartiallyCancelled,
  orderCorrected,
  orderTeamCorrected,
] as const;

/** The events of an opportunity. */
export const opportunityEvents = [...opportunityMoves, evidenceErased, repEstimateImported] as const;
export type OpportunityFact = FactOf<(typeof opportunityEvents)[number]>;

/** The events that other services receive. */
export const pipelineEvents = [processPublished, ...opportunityMoves] as const;
export type PipelineEnvelope = EnvelopeOf<(typeof pipelineEvents)[number]>;
export type RepEstimateEnvelope = EnvelopeOf<typeof repEstimateImported>;

export type ProcessFact = FactOf<typeof processPublished>;
