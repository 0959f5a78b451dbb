import { createHmac } from 'node:crypto';
import { leadView, opportunityView, sourceView, submissionView, type LeadView, type OpportunityView } from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { process } from '../company/documents.ts';
import { everyPage, apiClient, type ApiClient } from '../client/api-client.ts';

const given = z.object({ secret: z.string() });
const registered = z.object({ source: sourceView, secret: given.nullable() });

export type Source = { readonly sourceId: string; readonly path: string; readonly secret: string };
export type Posted = { readonly status: number; readonly body: string; readonly location: string | null };

/** Registers a form under a name of its own. The secret is in the answer once; an HTML form has none. */
export const registerSource = async (
  marketing: ApiClient,
  name: string,
  provider: 'standard-webhooks' | 'html-form',
  about: Readonly<Record<string, unknown>> = {},
): Promise<Source> => {
  const answer = await marketing.ask('POST', '/sources', { body: { name, provider, ...about } });
  // The request came before, but its answer was lost, and with it the secret.
  if (answer.status === 409) return sourceNamed(marketing, name, provider, about);
  if (answer.status !== 201) throw new Error(`POST /sources: ${answer.status} ${answer.text}`);
  const { source, secret } = registered.parse(answer.body);
  return { sourceId: source.sourceId, path: source.webhookPath, secret: secret?.secret ?? '' };
};

/** The source of that name, with a new secret where it signs; registered now where there is none yet. */
export const sourceNamed = async (
  marketing: ApiClient,
  name: string,
  provider: 'standard-webhooks' | 'html-form',
  about: Readonly<Record<string, unknown>> = {},
): Promise<Source> => {
  const found = (await everyPage(marketing, sourceView, '/sources')).find((one) => one.name === name);
  if (found === undefined) return registerSource(marketing, name, provider, about);
  const path = `/sources/${found.sourceId}/secrets`;
  const secret = provider === 'html-form' ? '' : (await marketing.send(given, 'POST', path, { body: {} })).secret;
  return { sourceId: found.sourceId, path: found.webhookPath, secret };
};

/** The signature of Standard Webhooks 1.0, made here independently of the code that verifies it. */
const sign = (secret: string, id: string, timestamp: string, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`;

/** Posts a signed delivery, as a form provider does. */
export const deliver = async (cloud: Cloud, source: Source, id: string, fields: unknown): Promise<Posted> => {
  const at = Math.floor(Date.now() / 1000);
  const body =
    typeof fields === 'string'
      ? fields
      : JSON.stringify({ type: 'form.submitted', timestamp: new Date(at * 1000).toISOString(), data: fields });
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': sign(source.secret, id, String(at), body),
  };
  return posted(await fetch(`${cloud.apiUrl}${source.path}`, { method: 'POST', headers, body, redirect: 'manual' }));
};

/** Posts a form, as a browser does. */
export const submitForm = async (cloud: Cloud, source: Source, fields: Readonly<Record<string, string>>): Promise<Posted> =>
  posted(await fetch(`${cloud.apiUrl}${source.path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' }));

const posted = async (answer: Response): Promise<Posted> => ({
  status: answer.status,
  body: await answer.text(),
  location: answer.headers.get('location'),
});

export const leadsOf = async (operations: ApiClient, sources: readonly Source[]): Promise<LeadView[]> => {
  const ids = new Set(sources.map((source) => source.sourceId));
  return (await everyPage(operations, leadView, '/leads')).filter((lead) => ids.has(lead.sourceId));
};

export const quarantinedOf = async (marketing: ApiClient, source: Source) =>
  (await everyPage(marketing, submissionView, '/submissions')).filter((submission) => submission.sourceId === source.sourceId);

const evidenceOf = {
  'need-named': ['said', 'call'],
  'plant-shown': ['did', 'meeting'],
  'requirements-sent': ['wrote', 'email'],
  'offer-discussed': ['said', 'video'],
  ordered: ['wrote', 'contract'],
} as const;

/** What the customers of the demo company say; in their language, as real ones would. */
const words = {
  'need-named': 'Unsere Säge steht zwei Tage im Monat. Das dürfen Sie uns gern abnehmen.',
  'plant-shown': 'Wir haben Ihren Kollegen heute durch die Halle geführt und die Linie angehalten, damit er messen konnte.',
  'requirements-sent': 'Anbei unser Lastenheft, Abschnitt 4 ist für uns entscheidend.',
  'offer-discussed': 'Preis passt. Über die Lieferzeit müssen wir noch reden, unser Umbau beginnt im März.',
  ordered: 'Hiermit bestellen wir laut Ihrem Angebot. Bestellnummer folgt mit der Post.',
} as const;

/** The owner records what the customer did, milestone by milestone from where it stands; the last is the order. */
export const advance = async (
  cloud: Cloud,
  opportunityId: string,
  owner: string,
  { milestones, amount, quote }: { readonly milestones: number; readonly amount: string; readonly quote?: string },
): Promise<OpportunityView> => {
  const rep = await apiClient(cloud, 'rep', `login-${owner}`);
  let current = await rep.ask('GET', `/opportunities/${opportunityId}`);
  const ids = z
    .array(z.enum(['need-named', 'plant-shown', 'requirements-sent', 'offer-discussed', 'ordered']))
    .parse(process.milestones.map((one) => one.id));
  const reached = opportunityView.parse(current.body).milestones.map((one) => one.milestoneId);
  for (const milestoneId of ids.slice(0, milestones).filter((id) => !reached.includes(id))) {
    const [act, channel] = evidenceOf[milestoneId];
    const evidence = {
      act,
      channel,
      by: { party: 'customer', role: 'buyer' },
      occurredAt: new Date().toISOString(),
      quote: quote ?? words[milestoneId],
    };
    const body = { milestoneId, evidence, ...(milestoneId === 'ordered' ? { amount: { amount, currency: 'EUR' } } : {}) };
    current = await rep.ask('POST', `/opportunities/${opportunityId}/milestones`, { body, ifMatch: current.etag ?? '' });
    // The answer to an earlier try was lost, which had reached it.
    if (current.status === 412) current = await rep.ask('GET', `/opportunities/${opportunityId}`);
    const isReached = opportunityView.safeParse(current.body).data?.milestones.some((one) => one.milestoneId === milestoneId);
    if (isReached !== true) throw new Error(`milestone ${milestoneId}: ${current.status} ${current.text}`);
  }
  return opportunityView.parse(current.body);
};
