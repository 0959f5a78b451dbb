import { leadId } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const listed = z.object({ items: z.array(z.object({ submissionId: z.string(), reason: z.string() })) });
const page = z.object({ items: z.array(z.looseObject({ leadId, person: z.record(z.string(), z.unknown()) })) });

const withForm = async (about: Record<string, unknown> = {}) => {
  const leads = leadsInMemory();
  await leads.hire('ann');
  const form = await leads.register('html-form', about);
  let sent = 0;
  /** posts a body as a browser would have encoded it */
  const post = async (body: string | Record<string, string>, type = 'application/x-www-form-urlencoded') => {
    leads.move(60_000);
    const text = typeof body === 'string' ? body : new URLSearchParams(body).toString();
    const answer = await leads.post('POST /webhooks/{sourceId}', {
      path: { sourceId: form.id },
      bytes: Buffer.from(`${text}&_id=${(sent += 1)}`),
      headers: { 'content-type': type },
    });
    await leads.settle();
    return answer;
  };
  return { leads, form, post };
};
const books = async (leads: LeadsInMemory, sourceId: string) => {
  const query = { day: leads.clock.now().slice(0, 10) };
  return (await leads.call('GET /sources/{sourceId}/reconciliation', { path: { sourceId }, query })).json;
};
const people = async (leads: LeadsInMemory) => page.parse((await leads.call('GET /leads')).json).items.map(({ person }) => person);
const waiting = async (leads: LeadsInMemory) => listed.parse((await leads.call('GET /submissions')).json).items;
const release = (leads: LeadsInMemory, submissionId: string) =>
  leads.call('POST /submissions/{submissionId}/release', { path: { submissionId } });

describe('one person', () => {
  it.each([
    ['K3a: who is composed or decomposed', ['jürgen@mills.example', 'ju\u0308rgen@mills.example']],
    ['K3b: whose domain is in its own script or in ASCII', ['info@müller.example', 'info@xn--mller-kva.example', 'INFO@MÜLLER.example']],
    [
      'K3c: whose address has characters that nobody sees',
      ['ada@mills.example', '\u200bada@mills.example', 'ada@mills.example\u200b', '\u202aada@mills.example\u202c'],
    ],
    ['A18: whose address is wrapped', ['ann@mills.example', 'mailto:ann@mills.example', '<ann@mills.example>', 'ann@mills.example.']],
  ])('%s is one lead', async (_who, addresses) => {
    const { leads, form, post } = await withForm();
    for (const email of addresses) await post({ email });
    expect(await books(leads, form.id)).toMatchObject({ received: addresses.length, created: 1, attached: addresses.length - 1 });
    expect(await people(leads)).toHaveLength(1);
  });

  it('K3: is found by an import in any spelling, too', async () => {
    const { leads, post } = await withForm();
    await post({ email: 'info@müller.example' });
    const { importId } = z
      .object({ importId: z.string() })
      .parse((await leads.call('POST /leads/imports', { body: { system: 'crm' } })).json);
    const row = { kind: 'lead', occurredAt: '2025-06-01T08:00:00Z', owner: 'ann' };
    await leads.upload(importId, [
      { ...row, externalId: '1', person: { email: 'Müller <info@xn--mller-kva.example>' } },
      { ...row, externalId: '2', person: { email: '<ada@mills.example>' } },
      { ...row, externalId: '3', person: { phone: '0000000000', company: 'Mills' } },
      { ...row, externalId: '4', person: { phone: '0000000000', company: 'Byron' } },
    ]);
    const status = await leads.call('GET /leads/imports/{importId}', { path: { importId } });
    expect(status.json).toMatchObject({ created: 3, rejected: 1, rejections: [{ row: 1 }] });
    expect(await people(leads)).toContainEqual({ email: 'ada@mills.example' });
  });

  it('K4b: has one number of Mexico, with and without the old 1', async () => {
    const { leads, form, post } = await withForm();
    for (const phone of ['+52 55 12345678', '+52 1 55 12345678']) await post({ phone });
    expect(await books(leads, form.id)).toMatchObject({ created: 1, attached: 1 });
  });

  it('K4c: has one number, even if a form did not encode the plus', async () => {
    const { leads, form, post } = await withForm({ country: 'DE' });
    for (const body of ['phone=%2B49 177 3333333', 'phone=0177 3333333', 'phone=+491773333333', 'phone=491773333333']) await post(body);
    expect(await books(leads, form.id)).toMatchObject({ created: 1, attached: 3 });
  });
});

describe('two people', () => {
  it('K4a: at two extensions of one number are two leads', async () => {
    const { leads, form, post } = await withForm({ country: 'DE' });
    await post({ name: 'Carla', phone: '030 741879 ext. 1' });
    await post({ name: 'Emil', phone: '030 741879 ext. 2', email: 'emil@mills.example' });
    expect(await books(leads, form.id)).toMatchObject({ created: 2, attached: 0 });
  });

  it('K4: with the same number and no country are two leads, because it may be two numbers', async () => {
    const { leads, form, post } = await withForm();
    for (const name of ['Carla', 'Emil']) await post({ name, phone: '030 741879' });
    expect(await books(leads, form.id)).toMatchObject({ created: 2 });
  });

  it.each([
    ['K5a', { phone: '0000000000' }],
    ['K5b', { email: 'a@a.com' }],
  ])('%s: who typed only %o wait in quarantine, and are leads of their own once somebody releases them', async (_case, contact) => {
    const { leads, form, post } = await withForm();
    for (const company of ['Byron Mills', 'Lovelace Ltd', 'Babbage AG']) await post({ ...contact, company, name: `of ${company}` });
    expect(await books(leads, form.id)).toMatchObject({ received: 3, created: 0, quarantined: 3 });
    const held = await waiting(leads);
    expect(held.map(({ reason }) => reason)).toEqual(['contact-is-placeholder', 'contact-is-placeholder', 'contact-is-placeholder']);
    for (const { submissionId } of held) expect((await release(leads, submissionId)).status).toBe(202);
    await leads.settle();
    expect(await books(leads, form.id)).toMatchObject({ created: 3, attached: 0 });
    expect((await people(leads)).map(({ company }) => company).toSorted()).toEqual(['Babbage AG', 'Byron Mills', 'Lovelace Ltd']);
  });

  it('K5a: who typed the same placeholder beside their own address stay two, and it is shown', async () => {
    const { leads, post } = await withForm();
    for (const email of ['ada@mills.example', 'bob@mills.example']) await post({ email, phone: '123456789' });
    expect(await people(leads)).toMatchObject([{ phone: '123456789' }, { phone: '123456789' }]);
  });
});

describe('a value that was given several times', () => {
  const newsletter = { purpose: 'newsletter', textVersion: 'v1', path: 'newsletter', doubleOptIn: false };

  it.each(['newsletter=0&newsletter=1', 'newsletter=1&newsletter=0', 'newsletter=&newsletter=on'])(
    'K6a: is a yes in %s',
    async (answer) => {
      const { leads, post } = await withForm({ consents: [newsletter] });
      await post(`email=ada@mills.example&${answer}`);
      expect(leads.events().filter(({ name }) => name === 'ConsentGiven')).toHaveLength(1);
    },
  );

  it.each(['newsletter=0', 'newsletter=0&newsletter=', 'newsletter=no&newsletter=0'])('K6a: is none in %s', async (answer) => {
    const { leads, post } = await withForm({ consents: [newsletter] });
    await post(`email=ada@mills.example&${answer}`);
    expect(leads.events().filter(({ name }) => name === 'ConsentGiven')).toHaveLength(0);
  });

  it('K6b: is kept whole, from a form as from a list in JSON that is not all text', async () => {
    const mapping = { email: 'email', topic: 'custom.topics', size: 'custom.size' };
    const { leads, post } = await withForm({ mapping });
    await post('email=ada@mills.example&topic=cnc&topic=laser');
    const hook = await leads.register('standard-webhooks', { mapping });
    await leads.deliver(hook, 'msg_1', { email: 'bob@mills.example', topic: ['cnc', null, 5, 'laser'], size: [['s'], 'm'] });
    await leads.settle();
    expect(await people(leads)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ custom: { topics: 'cnc, laser' } }),
        expect.objectContaining({ custom: { topics: 'cnc, 5, laser', size: 's, m' } }),
      ]),
    );
  });

  it('K6: counts by the first address that can be used', async () => {
    const { leads, post } = await withForm();
    await post('email=none&email=ada@mills.example&email=bob@mills.example');
    expect(await people(leads)).toEqual([{ email: 'ada@mills.example' }]);
  });

  it('K8a: is one name', async () => {
    const { leads, post } = await withForm();
    await post({ email: 'ada@mills.example', Name: 'Ada Byron', FirstName: 'Ada', LastName: 'Byron' });
    expect(await people(leads)).toMatchObject([{ name: 'Ada Byron' }]);
  });
});

describe('what was only guessed', () => {
  it('K7a: is not lost: a honeypot that the browser filled in waits, is readable and passes once it is released', async () => {
    const { leads, form, post } = await withForm({ honeypot: 'website' });
    await post({ email: 'ada@mills.example', website: 'https://mills.example' });
    const [held] = await waiting(leads);
    expect(held?.reason).toBe('honeypot');
    const submissionId = held?.submissionId ?? '';
    expect(await leads.call('GET /submissions/{submissionId}', { path: { submissionId } })).toMatchObject({
      status: 200,
      json: { fields: [{ path: 'email', value: 'ada@mills.example' }, { path: 'website' }, { path: '_id' }] },
    });
    expect((await release(leads, submissionId)).status).toBe(202);
    await leads.settle();
    expect(await books(leads, form.id)).toMatchObject({ created: 1, quarantined: 0, balanced: true });
  });
});

describe('an erasure', () => {
  it('K3d: finds the person in quarantine in another spelling', async () => {
    const { leads, post } = await withForm();
    await post({ email: 'jürgen@mills.example' });
    await post({ anliegen: 'write to ju\u0308rgen@mills.example' });
    const [held] = await waiting(leads);
    const [lead] = page.parse((await leads.call('GET /leads')).json).items;
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: lead?.leadId ?? '' } });
    await leads.settle();
    const path = { submissionId: held?.submissionId ?? '' };
    expect((await leads.call('GET /submissions/{submissionId}', { path })).status).toBe(404);
  });
});
