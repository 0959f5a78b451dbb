import { leadId, sourceId, type LeadId } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const page = z.object({ items: z.array(z.looseObject({ leadId })), next: z.string().nullable() });
const listed = async (leads: LeadsInMemory, call = {}) => page.parse((await leads.call('GET /leads', call)).json);

/** A service with the reps ann and bob and one lead of each e-mail. */
const withLeads = async (...emails: readonly string[]): Promise<{ leads: LeadsInMemory; ids: readonly LeadId[] }> => {
  const leads = leadsInMemory();
  await leads.hire('ann', 'bob');
  const source = await leads.register('standard-webhooks');
  for (const email of emails) {
    await leads.deliver(source, email, { email, company: 'Byron Mills' });
    await leads.settle();
    leads.move(1000);
  }
  return { leads, ids: (await listed(leads)).items.map((item) => item.leadId) };
};
const problem = (code: string, status: number) => ({ status, json: { type: `urn:meilenstein:problem:${code}`, status } });
const registered = z.object({ source: z.object({ sourceId }), secret: z.object({ secret: z.string() }) });
const at = (id: string) => ({ path: { leadId: id } });

describe('sources', () => {
  it('show the secret in the answer to the registration and nowhere else', async () => {
    const leads = leadsInMemory();
    const { id, secret } = await leads.register('standard-webhooks');
    expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
    const list = await leads.call('GET /sources', { role: 'marketing' });
    const one = await leads.call('GET /sources/{sourceId}', { path: { sourceId: id } });
    expect(one.json).toMatchObject({ sourceId: id, webhookPath: `/webhooks/${id}`, secretNumber: 1 });
    expect(list.json).toMatchObject({ items: [{ sourceId: id }], next: null });
    expect(list.text + one.text + JSON.stringify(leads.table.dump()) + JSON.stringify(leads.events())).not.toContain(secret);
  });

  it('can be of every provider, and each one says what a source of it needs', async () => {
    const answer = await leadsInMemory().call('GET /providers', { role: 'marketing' });
    expect(answer.json).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          provider: 'html-form',
          secretUse: 'stamp',
          redirects: true,
          needsAccessToken: false,
          settings: ['minimumSeconds', 'captcha'],
        }),
        expect.objectContaining({ provider: 'generic-hmac', secretFrom: 'us', settings: ['signature'] }),
        expect.objectContaining({
          provider: 'meta',
          secretFrom: 'sender',
          needsAccessToken: true,
          needsVerifyToken: true,
          redirects: false,
          settings: [],
        }),
      ]),
    });
  });

  it('are registered once by a repeated Idempotency-Key, and no repetition touches the secret of the first answer', async () => {
    const leads = leadsInMemory();
    const register = (name = 'Form') =>
      leads.call('POST /sources', { body: { name, provider: 'standard-webhooks' }, headers: { 'idempotency-key': 'k1' } });
    const answers = await Promise.all([register(), register(), register(), register()]);
    const [made, ...others] = answers.toSorted((a, b) => a.status - b.status);
    const { source, secret } = registered.parse(made?.json);
    for (const other of [...others, await register()]) expect(other).toMatchObject(problem('answer-given-once', 409));
    const { detail } = z.object({ detail: z.string() }).parse((await register()).json);
    expect(detail).toContain(`made /sources/${source.sourceId}`);
    expect(detail).toContain('POST /sources/{sourceId}/secrets');
    expect(await register('Another form')).toMatchObject(problem('idempotency-key-reused', 409));
    expect((await leads.call('GET /sources')).json).toMatchObject({ items: [{ name: 'Form', secretNumber: 1 }] });
    expect((await leads.deliver({ id: source.sourceId, secret: secret.secret }, 'msg_1', {})).status).toBe(202);
    expect(JSON.stringify(leads.table.dump())).not.toContain(secret.secret);
  });

  it('get only one new secret if the Idempotency-Key is repeated', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('meta', { secret: 'made-by-meta' });
    const issue = (body: object) =>
      leads.call('POST /sources/{sourceId}/secrets', { path: { sourceId: id }, body, headers: { 'idempotency-key': 'k1' } });
    expect(await issue({})).toMatchObject(problem('secret-missing', 422));
    expect(await issue({ secret: 'made-by-meta-too' })).toMatchObject({ status: 201, json: { number: 2 } });
    expect(await issue({ secret: 'made-by-meta-too' })).toMatchObject(problem('answer-given-once', 409));
    expect(await issue({ secret: 'made-by-others' })).toMatchObject(problem('idempotency-key-reused', 409));
  });

  it('are listed by name, page by page', async () => {
    const leads = leadsInMemory();
    for (const name of ['b', 'C', 'a']) await leads.register('html-form', { name });
    const first = await leads.call('GET /sources', { query: { limit: '2' } });
    expect(first.json).toMatchObject({ items: [{ name: 'a' }, { name: 'b' }] });
    const cursor = z.object({ next: z.string() }).parse(first.json).next;
    expect((await leads.call('GET /sources', { query: { limit: '2', cursor } })).json).toMatchObject({
      items: [{ name: 'C' }],
      next: null,
    });
  });

  it('number each secret differently, even if two are issued at the same time', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('standard-webhooks');
    const issue = () => leads.call('POST /sources/{sourceId}/secrets', { path: { sourceId: id } });
    const answers = await Promise.all([issue(), issue(), issue()]);
    const secrets = answers.map((answer) => z.object({ secret: z.string(), number: z.int() }).parse(answer.json));
    expect(new Set(secrets.map(({ number }) => number)).size).toBe(3);
    const newest = secrets.toSorted((a, b) => b.number - a.number)[0]?.secret ?? '';
    expect((await leads.deliver({ id, secret: newest }, 'msg_1', {})).status).toBe(202);
  });

  it('of a form that signs nothing have no secret', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('html-form');
    expect(await leads.call('POST /sources/{sourceId}/secrets', { path: { sourceId: id } })).toMatchObject(
      problem('provider-unsigned', 422),
    );
    expect(await leads.call('POST /sources/{sourceId}/secrets', { path: { sourceId: 'x' } })).toMatchObject(
      problem('source-not-found', 404),
    );
  });

  it('are not found by an integration whose token does not name them', async () => {
    const leads = leadsInMemory();
    const [mine, other] = [await leads.register('html-form', { name: 'mine' }), await leads.register('html-form', { name: 'other' })];
    const as = { role: 'integration', sources: mine.id } as const;
    expect((await leads.call('GET /sources', as)).json).toMatchObject({ items: [{ sourceId: mine.id }] });
    for (const [route, query] of [
      ['GET /sources/{sourceId}', {}],
      ['GET /sources/{sourceId}/reconciliation', { day: '2026-03-02' }],
      ['GET /sources/{sourceId}/reconciliations', { until: '2026-03-02' }],
    ] as const) {
      expect((await leads.call(route, { ...as, path: { sourceId: mine.id }, query })).status).toBe(200);
      expect(await leads.call(route, { ...as, path: { sourceId: other.id }, query })).toMatchObject(problem('source-not-found', 404));
    }
  });
});

describe('leads', () => {
  it('are shown by role: a rep’s own, a manager’s teams, all for operations, none for a stranger', async () => {
    const { leads } = await withLeads('a@x.example', 'b@x.example', 'c@x.example');
    const seen = async (role: 'rep' | 'manager' | 'operations', subject: string) => (await listed(leads, { role, subject })).items.length;
    const [ann, bob] = [await seen('rep', 'login-ann'), await seen('rep', 'login-bob')];
    expect([ann, bob].toSorted()).toEqual([1, 2]);
    expect(await seen('manager', 'login-boss')).toBe(3);
    expect(await seen('operations', 'somebody')).toBe(3);
    expect(await seen('rep', 'stranger')).toBe(0);
  });

  it('are disqualified one by one, even if a rep sends the same Idempotency-Key for both', async () => {
    const { leads } = await withLeads('a@x.example', 'b@x.example');
    const { items } = await listed(leads);
    for (const { leadId: id } of items) {
      const call = { ...at(id), body: { reason: 'no-need' }, headers: { 'if-match': '*', 'idempotency-key': 'k1' } };
      expect((await leads.call('POST /leads/{leadId}/disqualify', call)).json).toMatchObject({ leadId: id, status: 'disqualified' });
    }
    expect(leads.events().filter((event) => event.name === 'LeadDisqualified')).toHaveLength(2);
  });

  it('of other reps are not found by a rep', async () => {
    const { leads } = await withLeads('a@x.example', 'b@x.example');
    const [mine] = (await listed(leads, { role: 'rep', subject: 'login-ann' })).items;
    const as = (subject: string) => ({ role: 'rep', subject, ...at(mine?.leadId ?? '') }) as const;
    expect((await leads.call('GET /leads/{leadId}', as('login-ann'))).status).toBe(200);
    expect(await leads.call('GET /leads/{leadId}', as('login-bob'))).toMatchObject(problem('lead-not-found', 404));
    const convert = { ...as('login-bob'), headers: { 'if-match': '*' } };
    expect(await leads.call('POST /leads/{leadId}/convert', convert)).toMatchObject(problem('lead-not-found', 404));
    expect((await listed(leads, { role: 'rep', subject: 'login-bob', query: { owner: 'ann' } })).items).toEqual([]);
  });

  it('are listed once each, page by page through all owners', async () => {
    const { leads, ids } = await withLeads('a@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'e@x.example');
    const seen: LeadId[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const found: z.infer<typeof page> = await listed(leads, { query: { limit: '1', ...(cursor === '' ? {} : { cursor }) } });
      seen.push(...found.items.map((item) => item.leadId));
      cursor = found.next;
    }
    expect(seen).toEqual(ids);
    expect(await leads.call('GET /leads', { query: { cursor: 'nonsense' } })).toMatchObject(problem('cursor-invalid', 400));
  });

  it('cannot be listed or read by marketing, finance, an integration or nobody', async () => {
    const { leads, ids } = await withLeads('a@x.example');
    for (const role of ['marketing', 'finance', 'integration', ''] as const) {
      expect((await leads.call('GET /leads', { role })).status).toBe(403);
      const answer = await leads.call('GET /leads/{leadId}', { role, ...at(ids[0] ?? '') });
      expect(answer.status).toBe(403);
      expect(answer.text).not.toContain('x.example');
    }
  });

  it('are assigned by hand, which counts in the rotation', async () => {
    const { leads, ids } = await withLeads('a@x.example');
    const id = ids[0] ?? '';
    const before = await leads.call('GET /leads/{leadId}', at(id));
    const owner = z.object({ owner: z.object({ repId: z.string() }) }).parse(before.json).owner.repId;
    const other = owner === 'ann' ? 'bob' : 'ann';
    const assign = (repId: string, match = '*') =>
      leads.call('POST /leads/{leadId}/assign', {
        role: 'manager',
        subject: 'login-boss',
        ...at(id),
        body: { repId },
        headers: { 'if-match': match },
      });
    expect(await assign(other, String(before.headers['etag']))).toMatchObject({
      status: 200,
      json: { owner: { repId: other, reason: 'manual' } },
    });
    expect(leads.rotationCounts()).toEqual({ ann: 1, bob: 1 });
    expect(await assign(other, String(before.headers['etag']))).toMatchObject(problem('version-conflict', 412));
    expect(await assign('nobody')).toMatchObject(problem('rep-not-found', 422));
    const unconditional = { ...at(id), body: { repId: other } };
    expect((await leads.call('POST /leads/{leadId}/assign', unconditional)).status).toBe(428);
    expect(await leads.call('POST /leads/{leadId}/assign', { ...unconditional, ...at('x'), headers: { 'if-match': '*' } })).toMatchObject(
      problem('lead-not-found', 404),
    );
  });

  it('answer 412 to one of two managers who assign at the same time', async () => {
    const { leads, ids } = await withLeads('a@x.example');
    const { headers, json } = await leads.call('GET /leads/{leadId}', at(ids[0] ?? ''));
    const owner = z.object({ owner: z.object({ repId: z.string() }) }).parse(json).owner.repId;
    const assign = () =>
      leads.call('POST /leads/{leadId}/assign', {
        ...at(ids[0] ?? ''),
        body: { repId: owner === 'ann' ? 'bob' : 'ann' },
        headers: { 'if-match': String(headers['etag']) },
      });
    const answers = await Promise.all([assign(), assign()]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 412]);
  });

  it('are converted once, into an opportunity whose id is derived from the lead', async () => {
    const { leads, ids } = await withLeads('a@x.example');
    await leads.publish('default');
    const call = { ...at(ids[0] ?? ''), body: { processId: 'default' }, headers: { 'if-match': '*' } };
    const answer = await leads.call('POST /leads/{leadId}/convert', call);
    expect(answer).toMatchObject({ status: 200, json: { status: 'converted' } });
    const said = leads.events().find((event) => event.name === 'LeadConverted');
    expect(said?.data).toMatchObject({ processId: 'default', account: { name: 'Byron Mills' }, capturedAt: '2026-03-02T09:00:00.000Z' });
    expect(await leads.call('POST /leads/{leadId}/convert', call)).toMatchObject(problem('lead-converted', 422));
    const assign = { ...call, body: { repId: 'bob' } };
    expect(await leads.call('POST /leads/{leadId}/assign', assign)).toMatchObject(problem('lead-converted', 422));
    const stale = { ...call, headers: { 'if-match': '"1"' } };
    expect(await leads.call('POST /leads/{leadId}/convert', stale)).toMatchObject(problem('version-conflict', 412));
  });

  it('are not converted for an unpublished sales process, and stay unchanged', async () => {
    const { leads, ids } = await withLeads('a@x.example');
    await leads.publish('machines');
    await leads.publish('machines');
    const call = { ...at(ids[0] ?? ''), headers: { 'if-match': '*' } };
    const refused = await leads.call('POST /leads/{leadId}/convert', { ...call, body: { processId: 'nope' } });
    expect(refused).toMatchObject(problem('process-not-found', 422));
    expect(refused.json).toMatchObject({ field: 'processId', value: 'nope', detail: expect.stringContaining('published') });
    expect(leads.events().some((event) => event.name === 'LeadConverted')).toBe(false);
    expect((await leads.call('POST /leads/{leadId}/convert', { ...call, body: { processId: 'machines' } })).status).toBe(200);
  });

  it('without an owner cannot be converted', async () => {
    const leads = leadsInMemory();
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'msg_1', { email: 'a@x.example' });
    await leads.settle();
    const [lead] = (await listed(leads)).items;
    const call = { ...at(lead?.leadId ?? ''), headers: { 'if-match': '*' } };
    expect(await leads.call('POST /leads/{leadId}/convert', call)).toMatchObject(problem('lead-without-owner', 422));
  });

  it('equal the fold of their events', async () => {
    const { leads, ids } = await withLeads('a@x.example');
    await leads.call('POST /leads/{leadId}/convert', { ...at(ids[0] ?? ''), headers: { 'if-match': '*' } });
    const id = leadId.parse(ids[0]);
    expect(await leads.stores.leads.refold(id)).toEqual((await leads.stores.leads.find(id))?.lead);
  });
});

describe('the points table', () => {
  const rules = [
    { id: 'business-mail', field: 'email', test: 'business-domain', points: 30 },
    { id: 'named-company', field: 'company', test: 'present', points: 20 },
    { id: 'from-france', field: 'country', test: 'equals', value: 'France', points: 50 },
  ];
  const put = (leads: LeadsInMemory, body: unknown, match = '0') => leads.call('PUT /points', { body, headers: { 'if-match': match } });

  it('gives no score before the first version, then the points of the rules that fired', async () => {
    const { leads } = await withLeads('a@x.example');
    expect((await leads.call('GET /points')).json).toMatchObject({ version: 0, rules: [], fit: [], engagement: [] });
    expect((await listed(leads)).items[0]).toMatchObject({ score: null, scoreRules: [] });
    expect(await put(leads, { rules })).toMatchObject({ status: 200, json: { version: 1 }, headers: { etag: '"1"' } });
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'msg_9', { email: 'z@mills.example', company: 'Mills' });
    await leads.settle();
    await put(leads, { rules: [] }, '1');
    const scored = (await listed(leads)).items.filter((item) => item['score'] !== null);
    expect(scored).toMatchObject([
      {
        score: 50,
        scoreRules: [
          { id: 'business-mail', points: 30 },
          { id: 'named-company', points: 20 },
        ],
      },
    ]);
  });

  it('is refused with a duplicate rule, with a missing value, and on an older version', async () => {
    const leads = leadsInMemory();
    expect(await put(leads, { rules: [...rules, ...rules] })).toMatchObject(problem('duplicate-rule', 422));
    const blank = { rules: [{ id: 'x', field: 'employees', test: 'at-least', value: 'many', points: 1 }] };
    expect(await put(leads, blank)).toMatchObject(problem('value-missing', 422));
    await put(leads, { rules });
    expect(await put(leads, { rules })).toMatchObject(problem('version-conflict', 412));
  });
});

describe('submissions', () => {
  it('that do not exist cannot be released', async () => {
    const release = await leadsInMemory().call('POST /submissions/{submissionId}/release', { path: { submissionId: 'x' } });
    expect(release).toMatchObject(problem('submission-not-found', 404));
  });

  it('that were understood cannot be released', async () => {
    const { leads } = await withLeads('a@x.example');
    const subject = leads.events().find((event) => event.name === 'SubmissionStored')?.subject ?? '';
    const release = await leads.call('POST /submissions/{submissionId}/release', { path: { submissionId: subject } });
    expect(release).toMatchObject(problem('submission-not-quarantined', 409));
  });
});
