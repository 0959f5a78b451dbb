import { importStarted } from '@meilenstein/contracts';
import type { SourceId } from '@meilenstein/kernel';
import * as z from 'zod';
import type { LeadsInMemory } from './leads-in-memory.ts';

const page = z.object({ items: z.array(z.looseObject({ leadId: z.string() })) });
const tasks = z.object({ items: z.array(z.looseObject({ taskId: z.string() })) });
const quarantine = z.object({ items: z.array(z.object({ submissionId: z.string() })) });

/** A day in which the service says each of its events at least once: for the tests of the published samples. */
const anyLead = z.looseObject({ leadId: z.string() });

export const emitEveryEvent = async (leads: LeadsInMemory): Promise<void> => {
  await leads.hire('ann', 'bob');
  const rules = [{ id: 'business-mail', field: 'email', test: 'business-domain', points: 40 }];
  await leads.call('PUT /points', { body: { rules }, headers: { 'if-match': '0' } });
  await emitRuleEvents(leads);
  const source = await leads.register('standard-webhooks', { name: 'Contact form' });
  const form = await leads.register('html-form', { name: 'Landing page', honeypot: 'website', redirects: ['https://shop.example/thanks'] });
  await leads.deliver(source, 'msg_1', { email: 'ada@mills.example', company: 'Byron Mills', country: 'Germany' });
  await leads.settle();
  await leads.deliver(source, 'msg_2', { email: 'ada@mills.example', phone: '030 1234567' });
  await leads.deliver(source, 'msg_3', 'nonsense');
  await leads.submit(form.id, { email: 'robot@spam.example', website: 'x' });
  await leads.settle();
  const { items } = quarantine.parse((await leads.call('GET /submissions')).json);
  await leads.call('POST /submissions/{submissionId}/release', { path: { submissionId: items[0]?.submissionId ?? '' } });
  await leads.call('POST /submissions/{submissionId}/purge', { path: { submissionId: items[1]?.submissionId ?? '' } });
  await leads.call('PUT /survivorship', {
    body: {
      email: 'last',
      name: 'first',
      phone: 'last',
      company: 'last',
      country: 'last',
      employees: 'last',
      message: 'last',
      custom: 'last',
    },
    headers: { 'if-match': '0' },
  });
  await leads.call('PUT /retention', { body: { new: 365, working: null, converted: null }, headers: { 'if-match': '0' } });
  await emitConsentAndErasureEvents(leads);
  await emitThinNotificationEvents(leads);
  const [lead] = page.parse((await leads.call('GET /leads')).json).items;
  await emitQualificationEvents(leads, lead?.leadId ?? '');
  await leads.call('POST /leads/{leadId}/convert', { path: { leadId: lead?.leadId ?? '' }, headers: { 'if-match': '*' } });
  const row = { kind: 'lead', externalId: 'L-1', occurredAt: '2025-06-01T08:00:00Z', owner: 'bob', person: { email: 'max@firm.example' } };
  for (const recordedAt of ['2025-06-02T08:00:00Z', '2025-06-03T08:00:00Z']) {
    const { importId } = importStarted.parse((await leads.call('POST /leads/imports', { body: { system: 'old-crm' } })).json);
    await leads.upload(importId, [{ ...row, recordedAt }]);
  }
  await emitServiceLevelEvents(leads);
  await emitRoutingEvents(leads);
  await emitSharedContactEvents(leads);
};

/** Six people with one address, and what somebody decides about it. */
const emitSharedContactEvents = async (leads: LeadsInMemory): Promise<void> => {
  const source = await leads.register('standard-webhooks', { name: 'Switchboard' });
  for (const name of ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn'])
    await leads.deliver(source, `msg_shared_${name}`, { email: 'office@mills.example', name: `${name} Mills` });
  await leads.settle();
  const { items } = z
    .object({ items: z.array(z.object({ leadId: z.string(), contactId: z.string() })) })
    .parse((await leads.call('GET /shared-contacts')).json);
  const path = { leadId: items[0]?.leadId ?? '', contactId: items[0]?.contactId ?? '' };
  await leads.call('POST /leads/{leadId}/shared-contacts/{contactId}/decide', {
    path,
    body: { decision: 'shared' },
    headers: { 'if-match': '*' },
  });
};

/** A lead whose service level is paused and resumed, and that is answered late, after an escalation. */
const emitServiceLevelEvents = async (leads: LeadsInMemory): Promise<void> => {
  const form = await leads.register('html-form', { name: 'Demo' });
  await leads.submit(form.id, { email: 'tim@mills.example' });
  await leads.settle();
  const captured = leads.events().findLast((event) => event.name === 'LeadCaptured');
  const about = { path: { leadId: captured?.subject ?? '' }, headers: { 'if-match': '*' } };
  await leads.call('POST /leads/{leadId}/wait', about);
  leads.move(10 * 60_000);
  await leads.call('POST /leads/{leadId}/resume', about);
  leads.move(120 * 60_000);
  await leads.sweep();
  const [task] = tasks.parse((await leads.call('GET /tasks')).json).items;
  await leads.call('POST /tasks/{taskId}/done', { path: { taskId: task?.taskId ?? '' } });
  await leads.call('POST /leads/{leadId}/answer', { ...about, body: { channel: 'call' } });
  await emitReplacedSequence(leads, form.id);
};

/** The sequence for new leads is replaced by the one for sales-qualified leads. */
const emitReplacedSequence = async (leads: LeadsInMemory, form: SourceId): Promise<void> => {
  await leads.submit(form, { email: 'tom@mills.example', company: 'Byron Mills' });
  await leads.settle();
  const captured = leads.events().findLast((event) => event.name === 'LeadCaptured');
  const about = { path: { leadId: captured?.subject ?? '' }, headers: { 'if-match': '*' } };
  const need = { value: 'a saw', evidence: 'call of 2 March', on: '2026-03-02' };
  await leads.call('POST /leads/{leadId}/qualify', { ...about, body: { need } });
  await leads.settle();
};

/** Rules for France, where nobody sells yet; then a rep is absent, and a lead turns out not to be real. */
const emitRoutingEvents = async (leads: LeadsInMemory): Promise<void> => {
  const headers = { 'if-match': '0' };
  const isFrench = { field: 'country', test: 'equals', value: 'FR' };
  const isAnybody = { field: 'email', test: 'present' };
  const territories = [{ territoryId: 'france', name: 'France', parentId: null, when: isFrench }];
  await leads.call('PUT /territories', { body: { territories }, headers });
  const rules = [
    { id: 'france', name: 'France', when: isFrench, to: { territory: 'of-lead' } },
    { id: 'rest', name: 'The rest', when: isAnybody, to: {} },
  ];
  await leads.call('PUT /routing', { body: { rules, queue: { queueId: 'inbox', minutes: 60 } }, headers });
  const source = await leads.register('standard-webhooks', { name: 'French page' });
  await leads.deliver(source, 'msg_1', { email: 'luc@scierie.example', country: 'France' });
  for (const number of [1, 2, 3, 4]) await leads.deliver(source, `msg_rest_${number}`, { email: `p${number}@firm.example` });
  await leads.settle();
  leads.move(61 * 60_000);
  await leads.sweep();
  const absences = [{ from: '2026-03-02T09:00:00Z', until: '2026-03-09T09:00:00Z' }];
  await leads.call('PUT /sellers/{repId}', { path: { repId: 'ann' }, body: { skills: ['saws'], absences }, headers });
  await leads.settle();
  const { items } = page.parse((await leads.call('GET /leads', { query: { owner: 'bob' } })).json);
  const about = { path: { leadId: items[0]?.leadId ?? '' }, headers: { 'if-match': '*' } };
  await leads.call('POST /leads/{leadId}/disqualify', { ...about, body: { reason: 'not-a-lead' } });
  const another = { path: { leadId: items[1]?.leadId ?? '' }, headers: { 'if-match': '*' } };
  await leads.call('POST /leads/{leadId}/give-back', { ...another, body: { reason: 'no-time' } });
  await leads.settle();
};

/** The rules for scoring, qualification, service levels and follow-up. */
const emitRuleEvents = async (leads: LeadsInMemory): Promise<void> => {
  const headers = { 'if-match': '0' };
  const isGerman = { field: 'country', test: 'equals', value: 'DE' };
  const fit = [
    { id: 'business-mail', when: { field: 'email.business', test: 'equals', value: true }, points: 40 },
    { id: 'german', when: isGerman, points: 10 },
  ];
  const form = { field: 'kind', test: 'equals', value: 'form' };
  const engagement = [{ id: 'forms', when: form, points: 10, halfLifeDays: 14, atMost: 30 }];
  await leads.call('PUT /points', { body: { fit, engagement }, headers: { 'if-match': '1' } });
  const expensive = {
    id: 'price-problem',
    title: 'Has a problem with the price',
    when: { field: 'message', test: 'contains', value: 'expensive' },
  };
  const criteria = {
    mql: { field: 'touches', test: 'at-least', value: 1 },
    sql: { intent: { field: 'bant.need', test: 'present' }, fit: { field: 'company', test: 'present' } },
    categories: [expensive],
  };
  await leads.call('PUT /qualification', { body: criteria, headers });
  const segments = [{ segmentId: 'germany', name: 'Germany', kind: 'geographic', when: isGerman }];
  await leads.call('PUT /segments', { body: { segments }, headers });
  const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '18:00' }));
  const level = { id: 'hour', name: 'Within the hour', when: { field: 'email', test: 'present' }, minutes: 60 };
  const escalations = [{ afterMinutes: 0, act: 'tell-owner' }];
  const hours = { zone: 'Europe/Berlin', windows };
  await leads.call('PUT /service-levels', { body: { levels: [{ ...level, hours, escalations }] }, headers });
  const commitments = [{ segmentId: 'germany', stage: 'mql', committed: 40 }];
  const call = { id: 'call', afterMinutes: 5, act: 'task', title: 'Call the new lead' };
  const steps = [call, { ...call, id: 'again', afterMinutes: 10_000 }];
  const sequence = { sequenceId: 'welcome', name: 'Welcome', category: null, purpose: null, steps };
  const expected = { ...sequence, sequenceId: 'proposal', status: 'sql' };
  await leads.call('PUT /follow-up-sequences', { body: { sequences: [sequence, expected] }, headers });
  await leads.call('PUT /volume-commitments/{month}', { path: { month: '2026-03' }, body: { commitments }, headers });
};

/** A lead is disqualified and then requalified, because a rep records what it needs. */
const emitQualificationEvents = async (leads: LeadsInMemory, leadId: string): Promise<void> => {
  const about = { path: { leadId }, headers: { 'if-match': '*' } };
  await leads.call('POST /leads/{leadId}/disqualify', { ...about, body: { reason: 'not-reachable', note: 'Called three times' } });
  const need = { value: 'a second saw', evidence: 'call of 2 March', on: '2026-03-02' };
  await leads.call('POST /leads/{leadId}/qualify', { ...about, body: { need } });
};

const consents = [
  { purpose: 'newsletter', textVersion: '2026-01', path: 'newsletter', doubleOptIn: true },
  { purpose: 'calls', textVersion: '2026-01', path: 'calls', doubleOptIn: false },
];

/** Two leads that are one person, and then are not; a consent that is withdrawn; somebody who wants to be forgotten. */
const emitConsentAndErasureEvents = async (leads: LeadsInMemory): Promise<void> => {
  const form = await leads.register('html-form', { name: 'Newsletter', consents });
  await leads.submit(form.id, { email: 'eva@firm.example', newsletter: 'on', calls: 'yes' });
  await leads.submit(form.id, { email: 'eva@home.example' });
  await leads.settle();
  const [first, second] = leads
    .events()
    .filter((event) => event.name === 'LeadCaptured')
    .slice(-2)
    .map((event) => anyLead.parse(event.data).leadId);
  const path = { leadId: first ?? '' };
  const headers = { 'if-match': '*' };
  await leads.call('POST /leads/{leadId}/merge', { path, headers, body: { other: second } });
  await leads.call('POST /leads/{leadId}/unmerge', { path, headers, body: { absorbed: second } });
  await leads.call('POST /leads/{leadId}/consents/{purpose}/withdraw', { path: { ...path, purpose: 'calls' } });
  await leads.call('DELETE /leads/{leadId}', { path });
};

/** A notification that only refers to a lead at the sender's. */
const emitThinNotificationEvents = async (leads: LeadsInMemory): Promise<void> => {
  const source = await leads.register('meta', { name: 'Ads', secret: 'the app secret' });
  await leads.call('PUT /sources/{sourceId}/access-token', { path: { sourceId: source.id }, body: { token: 'a-page-token' } });
  leads.meet(async () => ({ status: 200, text: JSON.stringify({ field_data: [{ name: 'email', values: ['kim@firm.example'] }] }) }));
  const entry = [{ id: '1', changes: [{ field: 'leadgen', value: { leadgen_id: '4711', form_id: '1', page_id: '1' } }] }];
  await leads.deliverSigned(source.id, { object: 'page', entry }, 'the app secret');
  await leads.settle();
};
