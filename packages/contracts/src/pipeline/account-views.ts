import { accountId, contactId, instant, leadId, moneyText, opportunityId, repId, sourceId } from '@meilenstein/kernel';
import * as z from 'zod';
import { historyEntry } from '../audit/history-route.ts';
import { accountFieldId, accountFieldList, accountFieldValue } from './account-fields.ts';
import { accountChannel, accountFacts, consentState, contactPerson, contactRole } from './account-events.ts';
import { act, cancelReason, channel, lossReason, milestoneId, partyRole } from './events.ts';
import { opportunityTotal } from './opportunity-filter.ts';

const named = z.object({ accountId, name: z.string().nullable() });

/** An account with everything that is known of it. */
export const accountView = accountFacts.omit({ parentId: true, fields: true }).extend({
  accountId,
  /** the lead of the natural person who is the customer; null for a company */
  leadId: leadId.nullable(),
  formerNames: z.array(z.string()),
  parent: named.nullable(),
  /** accounts that were found to be the same customer; each merge can be undone */
  absorbed: z.array(named),
  openedAt: instant,
  /** values of the fields that the company has added */
  fields: z.record(accountFieldId, accountFieldValue),
  /** of the opportunities that the caller may see */
  open: opportunityTotal,
  won: opportunityTotal,
});
export type AccountView = z.infer<typeof accountView>;

/** An account in a list. */
export const accountItem = z.object({
  accountId,
  name: z.string().nullable(),
  leadId: leadId.nullable(),
  industry: z.string().nullable(),
  employees: z.int().nullable(),
  country: z.string().nullable(),
  territory: z.string().nullable(),
  owner: repId.nullable(),
  channel: accountChannel,
  openedAt: instant,
  /** open opportunities that the caller may see */
  open: opportunityTotal,
  /** for `If-Match` */
  version: z.int().positive(),
});
export type AccountItem = z.infer<typeof accountItem>;

/** A person at an account. */
export const contactView = contactPerson.extend({
  contactId,
  accountId,
  /** the lead that became this contact, with whom name and consents are; null for one that was added by hand */
  leadId: leadId.nullable(),
  role: contactRole,
  consent: consentState,
  isErased: z.boolean(),
  addedAt: instant,
  /** for `If-Match` */
  version: z.int().positive(),
});
export type ContactView = z.infer<typeof contactView>;

export const accountFieldsView = z.object({ version: z.int().nonnegative(), fields: accountFieldList });

export const timelineKind = z.enum([
  'lead-captured',
  'lead-converted',
  'opportunity-opened',
  'opportunity-amended',
  'opportunity-handed-over',
  'milestone-reached',
  'milestone-withdrawn',
  'evidence-corrected',
  'customer-answered',
  'customer-asked',
  'customer-postponed',
  'customer-response-withdrawn',
  'order-received',
  'order-corrected',
  'order-partially-cancelled',
  'order-cancelled',
  'opportunity-lost',
  'opportunity-reopened',
  'account-opened',
  'account-amended',
  'account-handed-over',
  'account-merged',
  'account-merge-undone',
  'contact-added',
  'contact-amended',
  'contact-erased',
]);
export type TimelineKind = z.infer<typeof timelineKind>;

/** One thing that happened with an account. What does not belong to its kind is null. */
export const timelineEntry = z.object({
  entryId: z.string(),
  kind: timelineKind,
  occurredAt: instant,
  recordedAt: instant,
  recordedBy: historyEntry.shape.recordedBy,
  opportunityId: opportunityId.nullable(),
  leadId: leadId.nullable(),
  contactId: contactId.nullable(),
  sourceId: sourceId.nullable(),
  /** the other account of a merge */
  otherAccount: named.nullable(),
  amount: moneyText.nullable(),
  /** of a hand-over */
  from: repId.nullable(),
  to: repId.nullable(),
  reason: z.union([lossReason, cancelReason]).nullable(),
  milestoneId: milestoneId.nullable(),
  /** the evidence of a milestone; its words only while they are not erased */
  evidence: z.object({ milestoneId, act, channel, partyRole, quote: z.string().nullable() }).nullable(),
  /** names of what changed */
  changed: z.array(z.string()),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;
