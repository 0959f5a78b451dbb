import { importStarted } from '@meilenstein/contracts';
import * as z from 'zod';
import type { LeadsOnMemory } from './leads-on-memory.ts';

const page = z.object({ items: z.array(z.looseObject({ leadId: z.string() })) });
const quarantine = z.object({ items: z.array(z.object({ submissionId: z.string() })) });

/** A day in which the service says each of its events at least once: for the tests of the published samples. */
export const sayEveryEvent = async (leads: LeadsOnMemory): Promise<void> => {
  await leads.hire('ann', 'bob');
  const rules = [{ id: 'business-mail', field: 'email', test: 'business-domain', points: 40 }];
  await leads.call('PUT /points', { body: { rules }, headers: { 'if-match': '0' } });
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
  const [lead] = page.parse((await leads.call('GET /leads')).json).items;
  await leads.call('POST /leads/{leadId}/convert', { path: { leadId: lead?.leadId ?? '' }, headers: { 'if-match': '*' } });
  const { importId } = importStarted.parse((await leads.call('POST /leads/imports', { body: { system: 'old-crm' } })).json);
  await leads.upload(importId, [
    { kind: 'lead', externalId: 'L-1', occurredAt: '2025-06-01T08:00:00Z', owner: 'bob', person: { email: 'max@firm.example' } },
  ]);
};
