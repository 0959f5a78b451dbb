import { addMillis, instant, leadId, submissionId, type Instant, type LeadId, type SubmissionId } from '@meilenstein/kernel';
import * as z from 'zod';
import { emailAddressOf } from '../../identity/domain/email-address.ts';
import { quietMillis } from './consent-record.ts';

/** The last e-mail that asked a mailbox about a purpose, and the leads for which it was ever asked. */
const asked = z.object({ at: instant, submissionId, leads: z.array(leadId) });

/** What a mailbox was asked, by purpose, whichever leads have its address. */
export const askedMailbox = z.record(z.string(), asked);
export type AskedMailbox = z.infer<typeof askedMailbox>;

/** So many leads of one mailbox are looked at for a withdrawal. */
const mostLeads = 20;

const gmail = new Set(['gmail.com', 'googlemail.com']);

/** The mailbox behind an address: what follows a `+` and dots at Google are other spellings of the same mailbox. */
export const mailboxOf = (email: string): string | undefined => {
  const [local = '', domain = ''] = emailAddressOf(email)?.key.split('@') ?? [];
  if (local === '') return undefined;
  const own = local.split('+')[0] || local;
  return gmail.has(domain) ? `${own.replaceAll('.', '')}@gmail.com` : `${own}@${domain}`;
};

/** Of the leads for which a mailbox was asked about a purpose, those that are not the one that asks now. */
export const otherLeads = (mailbox: AskedMailbox, purpose: string, own: LeadId): readonly LeadId[] =>
  (mailbox[purpose]?.leads ?? []).filter((one) => one !== own);

/**
 * Whether a mailbox may be asked about a purpose: once a day, and after a withdrawal through any lead of the mailbox only if a sender who
 * signs delivered the wish. The submission that asked last may ask again, because its message may have been received twice.
 */
export const mayAskMailbox = (
  last: AskedMailbox[string] | undefined,
  request: { readonly submissionId: SubmissionId; readonly at: Instant; readonly isProven: boolean; readonly wasWithdrawn: boolean },
): boolean => {
  if (last === undefined || last.submissionId === request.submissionId) return true;
  return last.at <= addMillis(request.at, -quietMillis) && (request.isProven || !request.wasWithdrawn);
};

/** The mailbox after it was asked about a purpose for a lead. */
export const afterAsking = (
  mailbox: AskedMailbox,
  purpose: string,
  by: { readonly leadId: LeadId; readonly submissionId: SubmissionId; readonly at: Instant },
): AskedMailbox => {
  const leads = [...otherLeads(mailbox, purpose, by.leadId), by.leadId].slice(-mostLeads);
  return { ...mailbox, [purpose]: { at: by.at, submissionId: by.submissionId, leads } };
};
