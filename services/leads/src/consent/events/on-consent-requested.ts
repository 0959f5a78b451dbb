import { leadsOnConsentRequested, type ReceivedBy } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps, type Mailbox } from '@meilenstein/runtime';
import { consentMail } from '../domain/consent-mail.ts';
import { allConsents } from '../domain/consent-record.ts';
import { fullProfile } from '../../lead/domain/lead.ts';
import { mailAddressOf } from '../../identity/domain/placeholders.ts';
import { resolveProfile } from '../../identity/domain/survivorship.ts';
import { tokenOf } from '../http/consent-link.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import type { Stores } from '../../stores.ts';

export type ConsentMailDeps = LeadsDeps & { readonly mailbox: Mailbox; /** where people reach the API */ readonly apiUrl: string };

type Request = ReceivedBy<typeof leadsOnConsentRequested>['data'];

/** The requests of the submission that brought this one, in the order in which it brought them. */
const requestsTogether = async ({ leads }: Stores, request: Request): Promise<readonly Request[]> =>
  (await leads.historyOf(request.leadId)).flatMap((fact) =>
    fact.name === 'ConsentRequested' && fact.data.submissionId === request.submissionId ? [fact.data] : [],
  );

/**
 * Sends one e-mail for all requests of a submission, with the first of them. It asks about those that are still open: a person who
 * confirmed, withdrew or was erased meanwhile gets none.
 */
const ask = async ({ stores, mailbox, apiUrl }: ConsentMailDeps, request: Request): Promise<void> => {
  const together = await requestsTogether(stores, request);
  if (together[0]?.purpose !== request.purpose) return;
  const found = await stores.leads.find(request.leadId);
  if (found === undefined) return;
  const current = allConsents(found.lead);
  const open = together.filter(({ purpose, textVersion }) => {
    const consent = current[purpose];
    return consent?.status === 'requested' && consent.textVersion === textVersion;
  });
  const { email } = resolveProfile(fullProfile(found.lead), (await stores.survivorship.current()).rules).fields;
  const to = mailAddressOf(email);
  if (to === undefined || open.length === 0) return;
  const claims = await stores.persons();
  const links = open.map((one) => {
    const confirm = `${apiUrl.replace(/\/$/, '')}/consents/${tokenOf(claims, one)}`;
    return { purpose: one.purpose, confirm, withdraw: `${confirm}/withdraw` };
  });
  await mailbox.send(consentMail(to, links));
};

/** Double opt-in: asks the person by e-mail. */
export const onConsentRequested = (deps: ConsentMailDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnConsentRequested, ({ data }) => ask(deps, data), consumer);
