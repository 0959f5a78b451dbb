import { describe, expect, it } from 'vitest';
import { standardSignature } from '../providers/standard-webhooks.ts';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const ada = { email: 'ada@byron-mills.example', name: 'Ada Byron', company: 'Byron Mills' };

const storedOf = (leads: LeadsInMemory) => leads.events().filter((event) => event.name === 'SubmissionStored');
const namesOf = (leads: LeadsInMemory) => leads.events().map((event) => event.name);
const pageOf = (json: unknown): { items: { reason: string; submissionId: string }[] } => JSON.parse(JSON.stringify(json));

describe('intake', () => {
  it('answers 100 identical parallel posts with 100 identical answers, and creates one submission and one lead', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann');
    const source = await leads.register('standard-webhooks');
    const answers = await Promise.all(Array.from({ length: 100 }, () => leads.deliver(source, 'msg_1', ada)));
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    expect(storedOf(leads)).toHaveLength(1);
    await leads.settle(3);
    expect(namesOf(leads).filter((name) => name === 'LeadCaptured')).toHaveLength(1);
  });

  it('answers a repeated delivery with the same bytes after the lead was created', async () => {
    const leads = leadsInMemory();
    const source = await leads.register('standard-webhooks');
    const first = await leads.deliver(source, 'msg_1', ada);
    await leads.settle();
    leads.move(200_000);
    const headers = { ...first.headers, 'x-request-id': expect.any(String) };
    expect(await leads.deliver(source, 'msg_1', ada)).toEqual({ ...first, headers });
    expect(storedOf(leads)).toHaveLength(1);
  });

  it('refuses a wrong, missing, old or truncated signature with 401, without a reason, and stores nothing', async () => {
    const leads = leadsInMemory();
    const source = await leads.register('standard-webhooks');
    const before = leads.table.dump().length;
    const bytes = Buffer.from(JSON.stringify(ada));
    const seconds = Math.floor(Date.parse(leads.clock.now()) / 1000);
    const signed = (timestamp: number) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': standardSignature(source.secret, { id: 'msg_1', timestamp: String(timestamp) }, bytes),
    });
    const good = signed(seconds);
    const { 'webhook-signature': signature, ...unsigned } = good;
    const bad = [
      { ...good, 'webhook-signature': standardSignature('whsec_AAAA', { id: 'msg_1', timestamp: String(seconds) }, bytes) },
      unsigned,
      signed(seconds - 301),
      { ...good, 'webhook-signature': signature.slice(0, -2) },
    ];
    for (const headers of bad) {
      const answer = await leads.post('POST /webhooks/{sourceId}', { path: { sourceId: source.id }, bytes, headers });
      expect(answer).toMatchObject({
        status: 401,
        json: { type: 'urn:meilenstein:problem:signature-invalid', detail: 'the signature does not match' },
      });
      expect(answer.text).not.toContain('byron');
    }
    expect(leads.table.dump()).toHaveLength(before);
  });

  it('accepts the previous secret for exactly 24 hours', async () => {
    const leads = leadsInMemory();
    const old = await leads.register('standard-webhooks');
    expect((await leads.call('POST /sources/{sourceId}/secrets', { path: { sourceId: old.id } })).json).toMatchObject({
      number: 2,
      previousValidUntil: '2026-03-03T09:00:00.000Z',
    });
    leads.move(24 * 3600_000 - 1);
    expect((await leads.deliver(old, 'msg_1', ada)).status).toBe(202);
    leads.move(1);
    expect((await leads.deliver(old, 'msg_2', ada)).status).toBe(401);
  });

  it('answers an unknown source and an invalid id with the same neutral 404', async () => {
    const leads = leadsInMemory();
    const answers = await Promise.all(
      ['nowhere', 'a'.repeat(3000), '../STATE#'].map((sourceId) =>
        leads.post('POST /webhooks/{sourceId}', { path: { sourceId }, body: ada }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });

  it('refuses a body of 300 KB with 413', async () => {
    const leads = leadsInMemory();
    const source = await leads.register('standard-webhooks');
    expect(await leads.deliver(source, 'msg_1', { ...ada, message: 'x'.repeat(300 * 1024) })).toMatchObject({ status: 413 });
    expect(storedOf(leads)).toHaveLength(0);
  });

  it.each([
    ['broken JSON', '{"email": "ada@', 'body-not-json'],
    ['an empty body', '', 'body-not-json'],
    ['a text instead of an object', '"ada"', 'body-not-object'],
    ['a wrong type', '{"email": {"at": "byron"}}', 'email-not-text'],
    ['no e-mail and no phone number', '{"name": "Ada"}', 'email-and-phone-missing'],
    ['an e-mail that is none', '{"email": "ada"}', 'email-and-phone-unusable'],
    ['10,000 levels of nesting', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'body-too-deep'],
    ['a NUL byte', '{"email": "ada@byron.example\u0000"}', 'nul-character'],
    ['an escaped NUL', '{"email": "ada@byron.example", "name": "A\\u0000"}', 'nul-character'],
    ['half a surrogate pair', '{"email": "ada@byron.example", "name": "\\ud800"}', 'text-not-utf-8'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'text-not-utf-8'],
  ])('stores %s, answers 202 and ends in quarantine with a reason', async (_what, body, reason) => {
    const leads = leadsInMemory();
    const source = await leads.register('standard-webhooks');
    expect((await leads.deliver(source, 'msg_1', body)).status).toBe(202);
    await leads.settle(2);
    expect((await leads.call('GET /submissions', { role: 'marketing' })).json).toMatchObject({
      items: [{ status: 'quarantined', reason }],
    });
    expect(leads.sent).toEqual([]);
  });

  it('keeps a raw body in quarantine for 30 days', async () => {
    const leads = leadsInMemory();
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'msg_1', 'nonsense');
    await leads.settle();
    const [submission] = pageOf((await leads.call('GET /submissions')).json).items;
    const release = () =>
      leads.call('POST /submissions/{submissionId}/release', { path: { submissionId: submission?.submissionId ?? '' } });
    leads.move(30 * 24 * 3600_000 - 1000);
    expect((await release()).status).toBe(202);
    await leads.settle();
    expect((await leads.call('GET /submissions')).json).toMatchObject({ items: [{ reason: 'body-not-json' }] });
    leads.move(30 * 24 * 3600_000);
    expect((await leads.call('GET /submissions')).json).toMatchObject({ items: [] });
    expect((await release()).status).toBe(202);
    await leads.settle();
    expect(leads.events().at(-1)).toMatchObject({ name: 'SubmissionRejected', data: { reason: 'raw-body-expired' } });
  });
});

describe('intake of a plain HTML form', () => {
  const redirects = ['https://shop.example/thanks', 'https://shop.example/danke'];

  it.each([
    ['https://shop.example/danke', 'https://shop.example/danke'],
    ['https://shop.example/danke?x=1', 'https://shop.example/thanks'],
    ['https://evil.example/', 'https://shop.example/thanks'],
    ['', 'https://shop.example/thanks'],
  ])('sends a browser that asks for "%s" to %s', async (wanted, location) => {
    const leads = leadsInMemory();
    const { id } = await leads.register('html-form', { redirects });
    expect(await leads.submit(id, { ...ada, _redirect: wanted })).toMatchObject({ status: 303, headers: { location }, text: '' });
  });

  it.each([
    ['https://shop.example/dziękujemy', 'https://shop.example/dzi%C4%99kujemy'],
    ['https://shop.example/a b', 'https://shop.example/a%20b'],
    ['https://bücher.example', 'https://xn--bcher-kva.example/'],
    ['https://shop.example/a/../danke', 'https://shop.example/danke'],
  ])('stores the page %s as a header can carry it, and allows it in either spelling', async (typed, location) => {
    const leads = leadsInMemory();
    const { id } = await leads.register('html-form', { redirects: ['https://shop.example/first', typed] });
    const path = { sourceId: id };
    expect(await leads.call('GET /sources/{sourceId}', { path })).toMatchObject({
      json: { redirects: ['https://shop.example/first', location] },
    });
    for (const wanted of [typed, location])
      expect(await leads.submit(id, { ...ada, message: wanted, _redirect: wanted })).toMatchObject({ status: 303, headers: { location } });
  });

  it('answers 202 if the source allows no redirect, whatever the form asks for', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('html-form');
    expect((await leads.submit(id, { ...ada, _redirect: 'https://evil.example/' })).status).toBe(202);
  });

  it('K7a: stores a submission that fills in the honeypot, answers as usual and quarantines it', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('html-form', { honeypot: 'website' });
    const robot = await leads.submit(id, { ...ada, website: 'https://spam.example' });
    const human = await leads.submit(id, { ...ada, website: '' });
    expect([robot.status, human.status]).toEqual([202, 202]);
    await leads.settle();
    const reconciliations = await leads.call('GET /sources/{sourceId}/reconciliation', {
      path: { sourceId: id },
      query: { day: '2026-03-02' },
    });
    expect(reconciliations.json).toMatchObject({ received: 2, created: 1, quarantined: 1, rejected: {}, balanced: true });
  });

  it('are reconciled day by day, the newest day first, and quiet days are shown too', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('html-form');
    await leads.submit(id, ada);
    leads.move(24 * 3600_000);
    await leads.submit(id, { ...ada, _id: 'again' });
    await leads.submit(id, { message: 'nobody' });
    await leads.settle();
    const answer = await leads.call('GET /sources/{sourceId}/reconciliations', {
      role: 'marketing',
      path: { sourceId: id },
      query: { until: '2026-03-03', days: '3' },
    });
    expect(answer.json).toMatchObject({
      items: [
        { day: '2026-03-03', received: 2, attached: 1, quarantined: 1, balanced: true },
        { day: '2026-03-02', received: 1, created: 1, balanced: true },
        { day: '2026-03-01', received: 0, balanced: true },
      ],
    });
  });

  it('treats the same content within 24 hours as one delivery, and a new _id as another', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('html-form');
    await Promise.all([leads.submit(id, ada), leads.submit(id, ada)]);
    expect(storedOf(leads)).toHaveLength(1);
    await leads.submit(id, { ...ada, _id: 'click-1' });
    leads.move(25 * 3600_000);
    await leads.submit(id, { ...ada, _id: 'click-1' });
    expect(storedOf(leads)).toHaveLength(2);
    await leads.submit(id, ada);
    expect(storedOf(leads)).toHaveLength(3);
  });

  it('quarantines a body that is not a form', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('html-form');
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await leads.post('POST /webhooks/{sourceId}', { path: { sourceId: id }, bytes: Buffer.from('--x'), headers })).status).toBe(
      202,
    );
    await leads.settle();
    expect((await leads.call('GET /submissions')).json).toMatchObject({ items: [{ reason: 'invalid-form' }] });
  });
});
