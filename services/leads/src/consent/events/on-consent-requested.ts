import { leadsOnConsentRequested, type ReceivedBy } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps, type Mailbox } from '@meilenstein/runtime';
import { providers } from '../../capture/providers/providers.ts';
import { afterAsking, mailboxOf, mayAskMailbox, otherLeads } from '../domain/asked-mailbox.ts';
import { consentMail } from '../domain/consent-mail.ts';
import { allConsents } from '../domain/consent-record.ts';
import { fullProfile } from '../../lead/domain/lead.ts';
import { mailAddressOf } from '../../identity/domain/placeholders.ts';
import { resolveProfile } from '../../identity/domain/survivorship.ts';
import { tokenOf } from '../http/consent-link.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import type { Stores } from '../../stores.ts';

export type ConsentMailDeps = LeadsDeps & { readonly mailbox: Mailbox; /** where people reach the API */ readonly apiUrl: string };

type Request = ReceivedBy<typeof leadsOnConsentRequested>['data'] & { readonly at: Instant };

/** The requests of the submission that brought this one, in the order in which it brought them. */
const requestsTogether = async ({ leads }: Stores, request: Request): Promise<readonly Request[]> =>
  (await leads.historyOf(request.leadId)).flatMap((fact) =>
    fact.name === 'ConsentRequested' && fact.data.submissionId === request.submissionId ? [{ ...fact.data, at: fact.occurredAt }] : [],
  );

/** Whether a sender who signs delivered a submission. */
const isProven = async ({ submissions, sources }: Stores, { submissionId }: Request): Promise<boolean> => {
  const submission = submissionId === null ? undefined : (await submissions.find(submissionId))?.state;
  const source = submission === undefined || submission.status === 'none' ? undefined : await sources.registered(submission.sourceId);
  return source !== undefined && providers[source.provider].secret.use !== 'stamp';
};

/** Of some requests, those about which the mailbox may be asked now, whichever leads have its address; it is remembered that they are. */
const allowedByMailbox = async (stores: Stores, digest: string, open: readonly Request[]): Promise<readonly Request[]> => {
  const remembered = await stores.askedMailboxes.find(digest);
  const allowed: Request[] = [];
  let { asked } = remembered;
  for (const request of open) {
    const { leadId, purpose, submissionId, at } = request;
    // An imported consent was given elsewhere and is never requested.
    if (submissionId === null) continue;
    const others = await stores.leads.findMany(otherLeads(asked, purpose, leadId));
    const wasWithdrawn = others.some(({ lead }) => allConsents(lead)[purpose]?.status === 'withdrawn');
    const about = { submissionId, at, wasWithdrawn, isProven: await isProven(stores, request) };
    if (!mayAskMailbox(asked[purpose], about)) continue;
    asked = afterAsking(asked, purpose, { leadId, submissionId, at });
    allowed.push(request);
  }
  if (allowed.length === 0 || (await stores.askedMailboxes.keep(digest, remembered, asked))) return allowed;
  return allowedByMailbox(stores, digest, open);
};

/**
 * Sends one e-mail for all requests of a submission, with the first of them. It asks about those that are still open: a person who
 * confirmed, withdrew or was erased meanwhile gets none.
 */
const ask = async (deps: ConsentMailDeps, request: Request): Promise<void> => {
  const { stores, apiUrl } = deps;
  const together = await requestsTogether(stores, request);
  if (together[0]?.purpose !== request.purpose) return;
  const found = await stores.leads.find(request.leadId);
  if (found === undefined) return;
  const current = allConsents(found.lead);
  const open = together.filter(({ purpose, textVersion }) => {
    const consent = current[purpose];
    return consent?.status === 'requested' && consent.textVersion === textVersion;
  });
  const { email = '' } = resolveProfile(fullProfile(found.lead), (await stores.survivorship.current()).rules).fields;
  const to = mailAddressOf(email);
  const mailbox = mailboxOf(email);
  if (to === undefined || mailbox === undefined || open.length === 0) return;
  const claims = await stores.persons();
  const allowed = await allowedByMailbox(stores, claims.seal('mailbox', mailbox), open);
  if (allowed.length === 0) return;
  const links = allowed.map((one) => {
    const confirm = `${apiUrl.replace(/\/$/, '')}/consents/${tokenOf(claims, one)}`;
    return { purpose: one.purpose, confirm, withdraw: `${confirm}/withdraw` };
  });
  await deps.mailbox.send(consentMail(to, links));
};

/** Double opt-in: asks the person by e-mail. */
export const onConsentRequested = (deps: ConsentMailDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnConsentRequested, ({ data, occurredAt }) => ask(deps, { ...data, at: occurredAt }), consumer);
