import {
  accountFacts,
  accountFieldList,
  act,
  cancelReason,
  channel,
  consentState,
  contactPerson,
  contactRole,
  eventMoney,
  lossReason,
  milestoneId,
  partyRole,
  timelineKind,
} from '@meilenstein/contracts';
import { accountId, contactId, instant, leadId, opportunityId, repId, sourceId } from '@meilenstein/kernel';
import * as z from 'zod';

/** The stored forms of accounts, contacts and timeline entries; every read validates them. */
export const storedAccount = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: z.enum(['active', 'merged']),
    accountId,
    leadId: leadId.nullable(),
    opening: z.object({ opportunityId, openedAt: instant }).nullable(),
    openedAt: instant,
    facts: accountFacts,
    texts: z.record(z.string(), z.string()),
    formerNames: z.array(z.string()),
    amended: z.array(z.string()),
    absorbed: z.array(z.object({ accountId, name: z.string().nullable(), parts: z.array(accountId) })),
    mergedInto: accountId.nullable(),
  }),
]);

export const storedContact = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: z.enum(['known', 'erased']),
    contactId,
    accountId,
    leadId: leadId.nullable(),
    role: contactRole,
    consent: consentState,
    person: contactPerson,
    addedAt: instant,
  }),
]);

export const storedAccountFields = z.object({ version: z.int().nonnegative(), fields: accountFieldList });

export const storedEntry = z.object({
  entryId: z.string(),
  accountId,
  kind: timelineKind,
  occurredAt: instant,
  recordedAt: instant,
  /** the event: its aggregate and its position there; null where another service emitted it */
  event: z.object({ aggregate: z.enum(['opportunity', 'account', 'contact']), id: z.string(), sequence: z.int().positive() }).nullable(),
  opportunityId: opportunityId.optional(),
  leadId: leadId.optional(),
  contactId: contactId.optional(),
  sourceId: sourceId.optional(),
  otherAccount: z.object({ accountId, name: z.string().nullable() }).optional(),
  amount: eventMoney.nullable().optional(),
  from: repId.optional(),
  to: repId.optional(),
  reason: z.union([lossReason, cancelReason]).optional(),
  milestoneId: milestoneId.optional(),
  evidence: z.object({ milestoneId, act, channel, partyRole: partyRole.catch('other') }).optional(),
  changed: z.array(z.string()).optional(),
});
