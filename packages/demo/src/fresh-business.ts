import { createHmac } from 'node:crypto';
import {
  leadHead,
  leadView,
  opportunityView,
  sourceView,
  submissionView,
  type LeadView,
  type OpportunityView,
} from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { process } from './documents.ts';
import { person, type Person } from './names.ts';
import { seeded } from './random.ts';
import { everyPage, visitor, type Visitor } from './visitor.ts';

const registered = z.object({ source: sourceView, secret: z.object({ secret: z.string() }).nullable() });

export type Source = { readonly sourceId: string; readonly path: string; readonly secret: string };
export type Posted = { readonly status: number; readonly body: string; readonly location: string | null };

/** Registers a form. The secret is in the answer once; an HTML form has none. */
export const registerSource = async (
  marketing: Visitor,
  name: string,
  provider: 'standard-webhooks' | 'html-form',
  about: Readonly<Record<string, unknown>> = {},
): Promise<Source> => {
  const { source, secret } = await marketing.send(registered, 'POST', '/sources', { body: { name, provider, ...about } });
  return { sourceId: source.sourceId, path: source.webhookPath, secret: secret?.secret ?? '' };
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

const sizes = ['12', '120', '800'] as const;

/** Companies of three sizes; every fifth person gives no phone number. */
const fieldsOf = ({ name, email, phone, company }: Person, n: number) => ({
  name,
  email,
  company,
  country: 'DE',
  employees: sizes[n % sizes.length] ?? '12',
  ...(n % 5 === 4 ? {} : { phone }),
});

export type Submitted = {
  readonly webhook: Source;
  readonly form: Source;
  readonly posted: number;
  readonly repeated: number;
  readonly refused: number;
};

/**
 * Forty submissions: 26 new persons by webhook, 3 of them again with another delivery, 8 by a browser's form, one without an address,
 * one by a robot, and one delivery that comes twice. And one with a wrong signature, which does not count.
 */
export const postSubmissions = async (cloud: Cloud, round: string): Promise<Submitted> => {
  const marketing = await visitor(cloud, 'marketing', 'login-marketing');
  const webhook = await registerSource(marketing, `Trade fair ${round}`, 'standard-webhooks');
  const form = await registerSource(marketing, `Contact page ${round}`, 'html-form', {
    honeypot: 'website',
    redirects: ['https://www.example.com/thanks'],
  });
  const random = seeded(40);
  const people = Array.from({ length: 34 }, (_, n) => person(random, 90_000 + n));
  const answers: Posted[] = [];
  for (const [n, one] of people.slice(0, 26).entries()) answers.push(await deliver(cloud, webhook, `${round}-${n}`, fieldsOf(one, n)));
  for (const [n, one] of people.slice(0, 3).entries()) answers.push(await deliver(cloud, webhook, `${round}-again-${n}`, fieldsOf(one, n)));
  for (const [n, one] of people.slice(26).entries()) answers.push(await submitForm(cloud, form, { ...fieldsOf(one, n), website: '' }));
  answers.push(await deliver(cloud, webhook, `${round}-nobody`, { message: 'Please send me your catalogue' }));
  answers.push(await submitForm(cloud, form, { name: 'Robot', email: 'robot@robots.example', website: 'https://buy.example' }));
  const repeat = await deliver(cloud, webhook, `${round}-0`, fieldsOf(people[0] ?? person(random, 1), 0));
  answers.push(repeat);
  const forged = await deliver(cloud, { ...webhook, secret: 'whsec_d3Jvbmc=' }, `${round}-forged`, { email: 'forged@example.com' });
  const bad = answers.find((answer) => ![202, 303].includes(answer.status));
  if (bad !== undefined) throw new Error(`a form got ${bad.status}: ${bad.body}`);
  if (forged.status !== 401) throw new Error(`a forged signature got ${forged.status}`);
  return { webhook, form, posted: answers.length, repeated: Number(repeat.body === answers[0]?.body), refused: 1 };
};

export const leadsOf = async (operations: Visitor, sources: readonly Source[]): Promise<LeadView[]> => {
  const ids = new Set(sources.map((source) => source.sourceId));
  return (await everyPage(operations, leadView, '/leads')).filter((lead) => ids.has(lead.sourceId));
};

export const quarantinedOf = async (marketing: Visitor, source: Source) =>
  (await everyPage(marketing, submissionView, '/submissions')).filter((submission) => submission.sourceId === source.sourceId);

const evidenceOf = {
  'need-named': ['said', 'call'],
  'plant-shown': ['did', 'meeting'],
  'requirements-sent': ['wrote', 'email'],
  'offer-discussed': ['said', 'video'],
  ordered: ['wrote', 'contract'],
} as const;

/** The owner records what the customer did, milestone by milestone from where it stands; the last is the order. */
export const advance = async (
  cloud: Cloud,
  opportunityId: string,
  owner: string,
  { milestones, amount, quote = 'As discussed.' }: { readonly milestones: number; readonly amount: string; readonly quote?: string },
): Promise<OpportunityView> => {
  const rep = await visitor(cloud, 'rep', `login-${owner}`);
  let current = await rep.call('GET', `/opportunities/${opportunityId}`);
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
      quote,
    };
    const body = { milestoneId, evidence, ...(milestoneId === 'ordered' ? { amount: { amount, currency: 'EUR' } } : {}) };
    current = await rep.call('POST', `/opportunities/${opportunityId}/milestones`, { body, ifMatch: current.etag ?? '' });
    if (current.status !== 200) throw new Error(`milestone ${milestoneId}: ${current.status} ${current.text}`);
  }
  return opportunityView.parse(current.body);
};

export type Judged = { readonly stages: Readonly<Record<string, number>>; readonly grades: Readonly<Record<string, number>> };

const tally = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(names)].toSorted().map((name) => [name, names.filter((one) => one === name).length]));

/** How many leads stand where, and what grades they have. */
export const judgedOf = (leads: readonly LeadView[]): Judged => ({
  stages: tally(leads.map((lead) => lead.status)),
  grades: tally(leads.map((lead) => lead.grade ?? 'none')),
});

/** Reps talk to the last two leads: one says what it needs and is ready for sales, the other finds it too dear. */
export const talkToLeads = async (cloud: Cloud, leads: readonly LeadView[]): Promise<void> => {
  const owned = leads.filter((lead) => lead.owner !== null).slice(-2);
  const need = {
    value: 'A second saw',
    evidence: 'Call, noted by the rep',
    on: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
  };
  const said = [['qualify', { need }], ['disqualify', { reason: 'price-problem', note: 'Found it too dear' }]] as const; // prettier-ignore
  for (const [n, lead] of owned.entries()) {
    const [verb, body] = said[n] ?? said[0];
    const rep = await visitor(cloud, 'rep', `login-${lead.owner?.repId ?? ''}`);
    const { etag } = await rep.call('GET', `/leads/${lead.leadId}`);
    await rep.send(leadHead, 'POST', `/leads/${lead.leadId}/${verb}`, { body, ifMatch: etag ?? '' });
  }
};

export type Moved = { readonly converted: number; readonly milestones: number; readonly won: readonly OpportunityView[] };

/** Eight leads become opportunities; five of them move on their customers' evidence, two as far as the order. */
export const moveBusiness = async (cloud: Cloud, leads: readonly LeadView[]): Promise<Moved> => {
  const owned = leads.filter((lead) => lead.owner !== null).slice(0, 8);
  const opportunities: { readonly id: string; readonly owner: string }[] = [];
  for (const lead of owned) {
    const owner = lead.owner?.repId ?? '';
    const rep = await visitor(cloud, 'rep', `login-${owner}`);
    const { etag } = await rep.call('GET', `/leads/${lead.leadId}`);
    const converted = await rep.send(leadHead, 'POST', `/leads/${lead.leadId}/convert`, { body: {}, ifMatch: etag ?? '' });
    opportunities.push({ id: converted.opportunityId ?? '', owner });
  }
  await cloud.quiet();
  const steps = [5, 5, 3, 2, 1];
  const won: OpportunityView[] = [];
  for (const [n, milestones] of steps.entries()) {
    const one = opportunities[n];
    if (one === undefined) continue;
    const view = await advance(cloud, one.id, one.owner, { milestones, amount: `${42_500 + n * 1_250}.50` });
    if (view.status === 'won') won.push(view);
  }
  return { converted: opportunities.length, milestones: steps.slice(0, opportunities.length).reduce((sum, one) => sum + one, 0), won };
};
