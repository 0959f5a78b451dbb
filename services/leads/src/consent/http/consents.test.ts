import { leadId } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const newsletter = { purpose: 'newsletter', textVersion: '2026-01', path: 'newsletter', doubleOptIn: true };
const calls = { purpose: 'calls', textVersion: '2026-01', path: 'calls', doubleOptIn: false };
const consents = z.array(
  z.object({ purpose: z.string(), status: z.string(), textVersion: z.string(), submissionId: z.string().nullable() }),
);
const detail = z.looseObject({ leadId, consents });

/** A form that asks for a newsletter (confirmed by mail) and for calls, and what came of one submission. */
const afterForm = async (fields: Record<string, string>) => {
  const leads = leadsInMemory();
  const form = await leads.register('html-form', { consents: [newsletter, calls] });
  await leads.submit(form.id, { email: 'ada@mills.example', ...fields });
  await leads.settle();
  return { leads, form };
};

const theLead = async (leads: LeadsInMemory) => {
  const { items } = z.object({ items: z.array(z.looseObject({ leadId })) }).parse((await leads.call('GET /leads')).json);
  const answer = await leads.call('GET /leads/{leadId}', { path: { leadId: items[0]?.leadId ?? '' } });
  return detail.parse(answer.json);
};
const statusOf = async (leads: LeadsInMemory, purpose: string) =>
  (await theLead(leads)).consents.find((one) => one.purpose === purpose)?.status;

const tokenIn = (text: string, end: RegExp): string => new RegExp(`/consents/([A-Za-z0-9_-]+)${end.source}`, 'm').exec(text)?.[1] ?? '';

describe('a consent', () => {
  it('without double opt-in is given at once, with the version of its text and its submission', async () => {
    const { leads } = await afterForm({ calls: 'yes' });
    expect((await theLead(leads)).consents).toMatchObject([{ purpose: 'calls', status: 'given', textVersion: '2026-01' }]);
    expect((await theLead(leads)).consents[0]?.submissionId).not.toBeNull();
    expect(leads.mails).toEqual([]);
  });

  it.each(['', 'no', 'off', '0', 'maybe'])('is not given by the form value "%s"', async (said) => {
    const { leads } = await afterForm({ calls: said, newsletter: said });
    expect((await theLead(leads)).consents).toEqual([]);
  });

  it('with double opt-in is given only by the button behind the link in one e-mail', async () => {
    const { leads } = await afterForm({ newsletter: 'on' });
    expect(await statusOf(leads, 'newsletter')).toBe('requested');
    expect(leads.mails.map((mail) => mail.to)).toEqual(['ada@mills.example']);
    const token = tokenIn(leads.mails[0]?.text ?? '', /$/);
    const looked = await leads.follow('GET /consents/{token}', { path: { token } });
    expect(looked.status).toBe(200);
    expect(looked.headers['content-type']).toContain('text/html');
    expect(await statusOf(leads, 'newsletter')).toBe('requested');
    expect((await leads.follow('POST /consents/{token}', { path: { token } })).status).toBe(200);
    expect(await statusOf(leads, 'newsletter')).toBe('given');
  });

  it('is requested by one e-mail, however often its event arrives', async () => {
    const { leads, form } = await afterForm({ newsletter: 'on' });
    await leads.follow('POST /consents/{token}', { path: { token: tokenIn(leads.mails[0]?.text ?? '', /$/) } });
    leads.move(60_000);
    await leads.submit(form.id, { email: 'ada@mills.example', newsletter: 'on', message: 'again' });
    await leads.settle(3);
    expect(await statusOf(leads, 'newsletter')).toBe('given');
    expect(leads.mails).toHaveLength(1);
  });

  it('is withdrawn by the second link of the e-mail and stays withdrawn when the first link is used later', async () => {
    const { leads } = await afterForm({ newsletter: 'on' });
    const { text } = leads.mails[0] ?? { text: '' };
    await leads.follow('POST /consents/{token}/withdraw', { path: { token: tokenIn(text, /\/withdraw$/) } });
    expect(await statusOf(leads, 'newsletter')).toBe('withdrawn');
    leads.move(1000);
    const late = await leads.follow('POST /consents/{token}', { path: { token: tokenIn(text, /$/) } });
    expect(late.text).toContain('the withdrawal stays in effect');
    expect(await statusOf(leads, 'newsletter')).toBe('withdrawn');
  });

  it('can be withdrawn by an employee; an unknown purpose is not found', async () => {
    const { leads } = await afterForm({ calls: 'yes' });
    const { leadId: id } = await theLead(leads);
    leads.move(1000);
    const done = await leads.call('POST /leads/{leadId}/consents/{purpose}/withdraw', { path: { leadId: id, purpose: 'calls' } });
    expect(done).toMatchObject({ status: 200, json: { consents: [{ purpose: 'calls', status: 'withdrawn' }] } });
    const other = await leads.call('POST /leads/{leadId}/consents/{purpose}/withdraw', { path: { leadId: id, purpose: 'fax' } });
    expect(other).toMatchObject({
      status: 404,
      json: { type: 'urn:meilenstein:problem:consent-not-found', field: 'purpose', value: 'fax' },
    });
  });

  it('can be given again after a withdrawal, separately for each purpose', async () => {
    const { leads, form } = await afterForm({ calls: 'yes', newsletter: 'on' });
    const { leadId: id } = await theLead(leads);
    leads.move(1000);
    await leads.call('POST /leads/{leadId}/consents/{purpose}/withdraw', { path: { leadId: id, purpose: 'calls' } });
    leads.move(1000);
    await leads.submit(form.id, { email: 'ada@mills.example', calls: 'yes', message: 'do call' });
    await leads.settle();
    expect(await statusOf(leads, 'calls')).toBe('given');
    expect(await statusOf(leads, 'newsletter')).toBe('requested');
  });

  it('is not changed by a forged, truncated or altered link', async () => {
    const { leads } = await afterForm({ newsletter: 'on' });
    const token = tokenIn(leads.mails[0]?.text ?? '', /$/);
    const parts = z.array(z.string()).parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
    const forged = Buffer.from(JSON.stringify([parts[0], 'calls', parts[2], parts[3]])).toString('base64url');
    for (const wrong of [forged, token.slice(0, -4), 'e30', '!!', Buffer.from('[1,2,3,4]').toString('base64url')]) {
      const answer = await leads.follow('POST /consents/{token}', { path: { token: wrong } });
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toBe('text/html');
      expect(answer.text).toContain('This link is not valid');
    }
    expect(await statusOf(leads, 'newsletter')).toBe('requested');
  });

  it('is not requested from a person who was erased in the meantime', async () => {
    const leads = leadsInMemory();
    const form = await leads.register('html-form', { consents: [newsletter] });
    await leads.submit(form.id, { email: 'ada@mills.example', newsletter: 'on' });
    await leads.settle();
    const { leadId: id } = await theLead(leads);
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: id } });
    const asked = leads.events().find((event) => event.name === 'ConsentRequested');
    leads.mails.length = 0;
    await leads.again(asked);
    expect(leads.mails).toEqual([]);
  });
});

describe('A20: a page of consent', () => {
  it('runs no script, is framed by nobody and is of the type it says', async () => {
    const { leads } = await afterForm({ newsletter: 'on' });
    const token = tokenIn(leads.mails[0]?.text ?? '', /$/);
    for (const route of [
      'GET /consents/{token}',
      'POST /consents/{token}',
      'GET /consents/{token}/withdraw',
      'POST /consents/{token}/withdraw',
    ]) {
      const { headers, text } = await leads.follow(route, { path: { token } });
      expect(headers).toMatchObject({
        'content-type': 'text/html',
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      expect(text).not.toContain('<script');
    }
  });
});

describe('A2: the e-mails of double opt-in', () => {
  const twoPurposes = [newsletter, { ...newsletter, purpose: 'events', path: 'events' }];
  const day = 24 * 3600_000;
  const withForm = async () => {
    const leads = leadsInMemory();
    const form = await leads.register('html-form', { consents: twoPurposes });
    const post = async (message: string, more: Record<string, string> = { newsletter: 'on', events: 'on' }) => {
      await leads.submit(form.id, { email: 'ada@mills.example', message, ...more });
      await leads.settle();
    };
    return { leads, post };
  };

  it('are one for fifteen anonymous posts with two purposes, with a link to confirm and to withdraw each', async () => {
    const { leads, post } = await withForm();
    for (let n = 0; n < 15; n += 1) {
      await post(`message ${n}`);
      leads.move(60_000);
    }
    expect(leads.mails).toHaveLength(1);
    const links = [...(leads.mails[0]?.text ?? '').matchAll(/\/consents\/([\w-]+)(\/withdraw)?$/gm)];
    const tokens = new Set(links.map(([, token = '']) => token));
    expect([tokens.size, links.filter(([, , withdraw]) => withdraw !== undefined).length, links.length]).toEqual([2, 4, 8]);
    for (const token of tokens) await leads.follow('POST /consents/{token}', { path: { token } });
    expect([await statusOf(leads, 'newsletter'), await statusOf(leads, 'events')]).toEqual(['given', 'given']);
  });

  it('are one also for posts that arrive at the same time', async () => {
    const leads = leadsInMemory();
    const form = await leads.register('html-form', { consents: twoPurposes });
    for (let n = 0; n < 15; n += 1)
      await leads.submit(form.id, { email: 'ada@mills.example', message: `message ${n}`, newsletter: 'on', events: 'on' });
    await leads.settle();
    expect(leads.mails).toHaveLength(1);
  });

  it('ask again only when a day has passed without an answer', async () => {
    const { leads, post } = await withForm();
    await post('first');
    leads.move(day - 1);
    await post('too early');
    expect(leads.mails).toHaveLength(1);
    leads.move(1);
    await post('a day later');
    expect(leads.mails).toHaveLength(2);
  });

  it('ask nobody on the day on which they withdrew', async () => {
    const { leads, post } = await withForm();
    await post('first', { newsletter: 'on' });
    leads.move(1000);
    const token = tokenIn(leads.mails[0]?.text ?? '', /$/);
    await leads.follow('POST /consents/{token}/withdraw', { path: { token } });
    leads.move(1000);
    await post('again', { newsletter: 'on' });
    expect(leads.mails).toHaveLength(1);
    expect(await statusOf(leads, 'newsletter')).toBe('withdrawn');
  });

  it('K9a: are one for six posts of one address, and none after the withdrawal, however long ago it was', async () => {
    const { leads, post } = await withForm();
    for (const n of [1, 2, 3, 4, 5, 6]) {
      await post(`message ${n}`, { newsletter: 'on' });
      leads.move(60_000);
    }
    expect(leads.mails).toHaveLength(1);
    await leads.follow('POST /consents/{token}/withdraw', { path: { token: tokenIn(leads.mails[0]?.text ?? '', /$/) } });
    for (const days of [1, 7, 400]) {
      leads.move(days * day);
      await post(`again after ${days} days`, { newsletter: 'on', email: 'mailto:ADA@mills.example' });
    }
    expect(leads.mails).toHaveLength(1);
    expect(await statusOf(leads, 'newsletter')).toBe('withdrawn');
  });

  it('K9a: are one for a mailbox, under whatever names and spellings its address is posted', async () => {
    const { leads, post } = await withForm();
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) {
      await post(`message ${n}`, { newsletter: 'on', email: `ada+${n}@mills.example`, name: `Name${'abcdefgh'[n - 1] ?? ''} Mills` });
      leads.move(60_000);
    }
    for (const name of ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gil', 'Hal']) {
      await post(`hello from ${name}`, { newsletter: 'on', name });
      leads.move(60_000);
    }
    expect(leads.mails).toHaveLength(1);
    leads.move(day);
    await post('a day later', { newsletter: 'on', name: 'Ida' });
    expect(leads.mails).toHaveLength(2);
  });

  it('K9a: are none after a withdrawal through another lead of the mailbox, unless a sender who signs delivers the wish', async () => {
    const { leads, post } = await withForm();
    const booking = await leads.register('standard-webhooks', { consents: twoPurposes });
    await post('first', { newsletter: 'on', email: 'ada+events@mills.example' });
    await leads.follow('POST /consents/{token}/withdraw', { path: { token: tokenIn(leads.mails[0]?.text ?? '', /$/) } });
    leads.move(400 * day);
    await post('again', { newsletter: 'on', email: 'ada+news@mills.example' });
    expect(leads.mails).toHaveLength(1);
    await leads.deliver(booking, 'msg_1', { email: 'ada+booking@mills.example', newsletter: true });
    await leads.settle();
    expect(leads.mails).toHaveLength(2);
  });

  it('K9: ask a person who withdrew again if a sender who signs delivers the wish, but not on the same day', async () => {
    const { leads, post } = await withForm();
    const booking = await leads.register('standard-webhooks', { consents: twoPurposes });
    await post('first', { newsletter: 'on' });
    leads.move(1000);
    await leads.follow('POST /consents/{token}/withdraw', { path: { token: tokenIn(leads.mails[0]?.text ?? '', /$/) } });
    for (const id of ['msg_1', 'msg_2']) {
      leads.move(id === 'msg_1' ? 1000 : day);
      await leads.deliver(booking, id, { email: 'ada@mills.example', newsletter: true, message: id });
      await leads.settle();
      expect(leads.mails).toHaveLength(id === 'msg_1' ? 1 : 2);
    }
    expect(await statusOf(leads, 'newsletter')).toBe('requested');
  });

  it('ask about a purpose that was not asked for yet', async () => {
    const { leads, post } = await withForm();
    await post('first', { newsletter: 'on' });
    leads.move(60_000);
    await post('second', { newsletter: 'on', events: 'on' });
    expect(leads.mails).toHaveLength(2);
    expect(leads.mails[1]?.text).not.toContain('newsletter');
  });
});
