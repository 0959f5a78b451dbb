import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { opensslHmac } from '../../testing/senders/openssl.ts';
import { ada, encode, type Fields, type Person, type Sender } from '../../testing/senders/sender.ts';
import { thinSenders } from '../../testing/senders/thin-senders.ts';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const quarantined = z.object({ items: z.array(z.object({ submissionId: z.string(), reason: z.string() })) });

const senderOf = (provider: string): Sender => {
  const found = thinSenders.find((sender) => sender.provider === provider);
  if (found === undefined) throw new Error(`${provider}: is no thin sender`);
  return found;
};

/** A source of the sender with a token to fetch with, and a way to notify it. */
const sourceOf = async (leads: LeadsInMemory, provider: string, { token = true } = {}) => {
  const sender = senderOf(provider);
  const secret = sender.secret ?? '';
  const { id } = await leads.register(sender.provider, { ...sender.settings, secret });
  const setToken = () =>
    leads.call('PUT /sources/{sourceId}/access-token', { path: { sourceId: id }, body: { token: 'token-of-the-account' } });
  if (token) await setToken();
  const postBytes = (bytes: Uint8Array) => {
    const { headers } = sender.sign({ secret, bytes, url: 'https://api.example.com', at: Date.parse(leads.clock.now()), id: 'n' });
    return leads.post('POST /webhooks/{sourceId}', { path: { sourceId: id }, bytes, headers: { host: 'api.example.com', ...headers } });
  };
  const notify = async (person: Person = ada, more: Fields = {}) => {
    const answer = await postBytes(encode('json', sender.contentOf(person, secret, more)));
    await leads.settle();
    return answer.status;
  };
  const documentOf = (person: Person) => ({ status: 200, text: JSON.stringify(sender.documentOf?.(person)) });
  const reconciliations = async () =>
    (await leads.call('GET /sources/{sourceId}/reconciliation', { path: { sourceId: id }, query: { day: '2026-03-02' } })).json;
  return { id, secret, notify, postBytes, documentOf, reconciliations, setToken };
};

const leadsIn = async (leads: LeadsInMemory): Promise<unknown> => (await leads.call('GET /leads')).json;
const namesOf = (leads: LeadsInMemory): readonly string[] => leads.events().map((event) => event.name);

describe('a thin notification', () => {
  it.each([
    ['meta', 'https://graph.facebook.com/v24.0/4711?fields=', {}],
    ['linkedin', 'https://api.linkedin.com/rest/leadFormResponses/4711', { 'linkedin-version': '202606' }],
    ['hubspot', 'https://api.hubapi.com/crm/v3/objects/contacts/4711?properties=email,', {}],
  ])(
    'of %s is acknowledged first; what it stands for is fetched at its sender with the token of the account',
    async (provider, url, headers) => {
      const leads = leadsInMemory();
      const source = await sourceOf(leads, provider);
      leads.meet(async () => source.documentOf(ada));
      expect(await source.notify()).toBe(202);
      expect(leads.asked).toMatchObject([
        { request: { method: 'GET', headers: { authorization: 'Bearer token-of-the-account', ...headers } } },
      ]);
      expect(leads.asked[0]?.url.startsWith(url)).toBe(true);
      expect(namesOf(leads).filter((name) => name.startsWith('Submission'))).toEqual([
        'SubmissionStored',
        'SubmissionReferred',
        'SubmissionFetched',
        'SubmissionCreatedLead',
      ]);
      expect(await leadsIn(leads)).toMatchObject({ items: [{ person: { email: ada.email, name: ada.name, phone: ada.phone } }] });
    },
  );

  it('waits while its sender is unavailable, and becomes a lead as soon as the sender answers', async () => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, 'meta');
    const answers = [503, 429, 500];
    leads.meet(async () => {
      const status = answers.shift();
      return status === undefined ? source.documentOf(ada) : { status, text: '' };
    });
    await source.notify();
    expect(leads.asked).toHaveLength(4);
    expect(await source.reconciliations()).toMatchObject({ received: 1, created: 1, balanced: true });
  });

  it.each(thinSenders.map(({ provider }) => provider))(
    'waits in quarantine while a source of %s has no access token, and becomes a lead when marketing stores one and releases it',
    async (provider) => {
      const leads = leadsInMemory();
      const source = await sourceOf(leads, provider, { token: false });
      leads.meet(async () => source.documentOf(ada));
      await source.notify();
      expect([leads.asked, leads.sent]).toEqual([[], []]);
      expect(await source.reconciliations()).toMatchObject({ received: 1, quarantined: 1, balanced: true });
      const { items } = quarantined.parse((await leads.call('GET /submissions', { role: 'marketing' })).json);
      expect(items).toMatchObject([{ reason: 'access-token-missing' }]);
      await source.setToken();
      const path = { submissionId: items[0]?.submissionId ?? '' };
      expect((await leads.call('POST /submissions/{submissionId}/release', { role: 'marketing', path })).status).toBe(202);
      await leads.settle();
      expect(await source.reconciliations()).toMatchObject({ received: 1, created: 1, quarantined: 0, balanced: true });
    },
  );

  it.each([401, 403])('waits in quarantine if the sender refuses the token with %i', async (status) => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, 'meta');
    leads.meet(async () => ({ status, text: '' }));
    await source.notify();
    expect(leads.sent).toEqual([]);
    expect((await leads.call('GET /submissions')).json).toMatchObject({ items: [{ reason: 'access-token-refused' }] });
  });

  it.each([404, 410])('stays in quarantine if the sender answers %i', async (status) => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, 'linkedin');
    leads.meet(async () => ({ status, text: '' }));
    await source.notify();
    expect((await leads.call('GET /submissions')).json).toMatchObject({ items: [{ reason: 'reference-not-found' }] });
  });

  it.each([
    ['meta', '4711/../me'],
    ['meta', '4711?fields=id'],
    ['linkedin', '../me'],
    ['hubspot', '1/2'],
    ['hubspot', ''],
  ])('from %s with the reference "%s" makes no request and stays in quarantine', async (provider, reference) => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, provider);
    expect(await source.notify({ ...ada, reference })).toBe(202);
    expect(leads.asked).toEqual([]);
    expect((await leads.call('GET /submissions')).json).toMatchObject({ items: [{ reason: 'reference-invalid' }] });
  });

  it('keeps references beyond 2^53 exact', async () => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, 'meta');
    leads.meet(async () => source.documentOf(ada));
    const entry = '[{"changes":[{"field":"leadgen","value":{"leadgen_id":9007199254740993}}]}]';
    expect((await source.postBytes(Buffer.from(`{"object":"page","entry":${entry}}`))).status).toBe(202);
    await leads.settle();
    expect(leads.asked[0]?.url).toContain('/9007199254740993?');
  });
});

describe('a batch of notifications', () => {
  const changeOf = (leadgenId: string) => ({ field: 'leadgen', value: { leadgen_id: leadgenId, form_id: '1' } });

  it('from Meta becomes one submission for each lead, and a repeated batch adds only new leads', async () => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, 'meta');
    leads.meet(async (url) => source.documentOf({ ...ada, email: `ada+${/v24\.0\/(\d+)/.exec(url)?.[1]}@example.com`, phone: undefined }));
    const batch = (...ids: readonly string[]) => ({
      entry: [
        { id: '1', changes: ids.slice(0, 2).map(changeOf) },
        { id: '2', changes: ids.slice(2).map(changeOf) },
      ],
    });
    await source.notify(ada, batch('1', '2', '3'));
    expect(await source.reconciliations()).toMatchObject({ received: 3, created: 3, balanced: true });
    await source.notify(ada, batch('3', '2', '4'));
    expect(await source.reconciliations()).toMatchObject({ received: 4, created: 4, balanced: true });
    expect(leads.asked).toHaveLength(4);
  });

  it.each([
    ['meta', (count: number) => ({ entry: [{ id: '1', changes: Array.from({ length: count }, (_, n) => changeOf(String(n))) }] })],
    ['hubspot', (count: number) => Array.from({ length: count }, (_, n) => n)],
  ] as const)(
    'A12: of %s is written in parts, and stays one submission in quarantine if it is larger than any sender makes it',
    async (provider, batchOf) => {
      const leads = leadsInMemory();
      const source = await sourceOf(leads, provider);
      leads.meet(async () => ({ status: 404, text: '' }));
      expect((await source.postBytes(encode('json', batchOf(60)))).status).toBe(202);
      expect(await source.reconciliations()).toMatchObject({ received: 60 });
      expect((await source.postBytes(encode('json', batchOf(2000)))).status).toBe(202);
      expect(await source.reconciliations()).toMatchObject({ received: 61 });
      await leads.settle();
      const { items } = quarantined.parse((await leads.call('GET /submissions', { query: { limit: '100' } })).json);
      expect(items.filter(({ reason }) => reason === 'batch-too-large')).toHaveLength(1);
    },
  );

  it('from HubSpot becomes one submission for each event, whether it is a lead or not', async () => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, 'hubspot');
    leads.meet(async () => source.documentOf(ada));
    const event = { eventId: 1, subscriptionId: 7, portalId: 62515, occurredAt: 1772441940000 };
    const events = [
      { ...event, objectId: 11, subscriptionType: 'contact.creation' },
      { ...event, objectId: 12, subscriptionType: 'contact.creation', eventId: 2 },
      { ...event, objectId: 13, subscriptionType: 'contact.deletion', eventId: 3 },
      'no event',
    ];
    expect((await source.postBytes(encode('json', events))).status).toBe(202);
    await leads.settle();
    expect(await source.reconciliations()).toMatchObject({
      received: 4,
      created: 1,
      attached: 1,
      quarantined: 1,
      rejected: { 'event-not-a-lead': 1 },
      balanced: true,
    });
  });

  it('is kept as one submission if it is empty', async () => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, 'meta');
    await source.notify(ada, { entry: [] });
    expect((await leads.call('GET /submissions')).json).toMatchObject({ items: [{ reason: 'notification-empty' }] });
  });
});

describe('an erasure at the sender', () => {
  it.each([
    ['linkedin', { leadAction: 'DELETED', occurredAt: 1772441950000 }],
    ['hubspot', { subscriptionType: 'contact.privacyDeletion', eventId: 101 }],
  ])('at %s erases the person here too, and the reconciliation balances', async (provider, deletion) => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, provider);
    leads.meet(async () => source.documentOf(ada));
    await source.notify();
    expect(await source.notify({ ...ada, reference: '4712' }, deletion)).toBe(202);
    expect(namesOf(leads)).not.toContain('LeadErased');
    expect(JSON.stringify(leads.table.dump())).toContain(ada.email);
    await source.notify(ada, deletion);
    expect(namesOf(leads)).toContain('LeadErased');
    expect(await source.reconciliations()).toMatchObject({ received: 3, created: 1, rejected: { 'erasure-requested': 2 }, balanced: true });
    const kept = JSON.stringify(leads.table.dump());
    for (const trace of [ada.email, ada.name, ada.phone]) expect(kept).not.toContain(trace);
  });
});

describe('a webhook handshake', () => {
  const ask = (leads: LeadsInMemory, sourceId: string, query: Record<string, string>) =>
    leads.post('GET /webhooks/{sourceId}', { path: { sourceId }, query });

  it('from Meta is answered with the challenge as plain text if the verify token is right', async () => {
    const leads = leadsInMemory();
    const registered = await leads.call('POST /sources', { body: { name: 'Ads', provider: 'meta', secret: 'the secret of the app' } });
    const { source, secret } = JSON.parse(registered.text);
    const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': secret.verifyToken };
    const answer = await ask(leads, source.sourceId, query);
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([200, '1158201444', 'text/plain']);
    const wrong = [
      { ...query, 'hub.verify_token': 'the secret of the app' },
      { ...query, 'hub.verify_token': '' },
      { ...query, 'hub.mode': 'unsubscribe' },
      { ...query, 'hub.challenge': '<script>alert(1)</script>' },
      {},
    ];
    for (const one of wrong) expect((await ask(leads, source.sourceId, one)).status).toBe(401);
  });

  it('from LinkedIn is answered with an HMAC of the challenge if the challenge is a UUID', async () => {
    const leads = leadsInMemory();
    const { id, secret } = await sourceOf(leads, 'linkedin');
    const challengeCode = '890e4665-4dfe-4ab1-b689-ed553bceeed0';
    const answer = await ask(leads, id, { challengeCode, applicationId: '123' });
    expect(answer).toMatchObject({ status: 200, json: { challengeCode, challengeResponse: opensslHmac(secret, challengeCode) } });
    for (const code of ['', 'hmacsha256={}', '{"leadAction":"CREATED"}', `${challengeCode}x`])
      expect((await ask(leads, id, { challengeCode: code })).status).toBe(401);
  });

  it('does not reveal whether a source exists', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('typeform');
    expect((await ask(leads, id, { challengeCode: '890e4665-4dfe-4ab1-b689-ed553bceeed0' })).status).toBe(401);
    expect((await ask(leads, 'nowhere', {})).status).toBe(404);
  });
});
