import { leadsOnConsentRequested } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps, type Mailbox } from '@meilenstein/runtime';
import { consentMail } from '../domain/consent-mail.ts';
import { allConsents } from '../domain/consent-record.ts';
import { fullProfile } from '../../lead/domain/lead.ts';
import { resolveProfile } from '../../identity/domain/survivorship.ts';
import { tokenOf, type ConsentLink } from '../http/consent-link.ts';
import type { LeadsDeps } from '../../live-leads.ts';

export type ConsentMailDeps = LeadsDeps & { readonly mailbox: Mailbox; /** where people reach the API */ readonly apiUrl: string };

/** Sends the e-mail of a request that is still open. A person who confirmed, withdrew or was erased meanwhile gets none. */
const ask = async ({ stores, mailbox, apiUrl }: ConsentMailDeps, link: ConsentLink): Promise<void> => {
  const found = await stores.leads.find(link.leadId);
  const consent = found === undefined ? undefined : allConsents(found.lead)[link.purpose];
  if (found === undefined || consent?.status !== 'requested' || consent.textVersion !== link.textVersion) return;
  const { email } = resolveProfile(fullProfile(found.lead), (await stores.survivorship.current()).rules).fields;
  if (email === undefined) return;
  const address = `${apiUrl.replace(/\/$/, '')}/consents/${tokenOf(await stores.persons(), link)}`;
  await mailbox.send(consentMail(email, { confirm: address, withdraw: `${address}/withdraw` }));
};

/** Double opt-in: asks the person by e-mail. */
export const onConsentRequested = (deps: ConsentMailDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnConsentRequested, ({ data }) => ask(deps, data), consumer);
