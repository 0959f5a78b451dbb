import { leadDetail, leadHead } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const problem = (code: string, status: number) => ({ status, json: { type: `urn:meilenstein:problem:${code}`, status } });
const german = { field: 'country', test: 'equals', value: 'DE' };
const criteria = {
  mql: { field: 'touches', test: 'at-least', value: 2 },
  sql: { intent: { field: 'bant.need', test: 'present' }, fit: { all: [german, { field: 'employees', test: 'at-least', value: 50 }] } },
  categories: [
    { id: 'price-problem', title: 'Has a problem with the price', when: { field: 'message', test: 'contains', value: 'price' } },
  ],
};
const need = { value: 'a second saw', evidence: 'mail of 1 March', on: '2026-03-01' };
const put = (leads: LeadsInMemory, path: string, body: unknown, match = '0') =>
  leads.call(`PUT /${path}`, { body, headers: { 'if-match': match } });
const said = (leads: LeadsInMemory, name: string) => leads.events().filter((event) => event.name === name);
const one = z.object({ items: z.tuple([z.looseObject({ leadId: z.string() })]) });

/** A service with criteria and one lead, which the rep ann owns. */
const withLead = async (given: unknown = criteria) => {
  const leads = leadsInMemory();
  await leads.hire('ann');
  await put(leads, 'qualification', given);
  const source = await leads.register('standard-webhooks');
  let sent = 0;
  const send = async (more: Record<string, string> = {}): Promise<void> => {
    leads.move(60_000);
    await leads.deliver(source, `msg-${(sent += 1)}`, { email: 'ada@mills.example', country: 'DE', employees: '120', ...more });
    await leads.settle();
  };
  await send();
  const { leadId } = one.parse((await leads.call('GET /leads')).json).items[0];
  const at = { path: { leadId }, role: 'rep', subject: 'login-ann' } as const;
  const see = async () => leadDetail.parse((await leads.call('GET /leads/{leadId}', at)).json);
  const post = (verb: string, body: unknown, match = '*') =>
    leads.call(`POST /leads/{leadId}/${verb}`, { ...at, body, headers: { 'if-match': match } });
  return { leads, send, see, post, leadId };
};

describe('a lead', () => {
  it('becomes MQL with the touchpoint that meets the criteria, and the event names their version', async () => {
    const { leads, send, see } = await withLead();
    expect(await see()).toMatchObject({ status: 'new', qualification: { mql: null, sql: null, now: { stage: null } } });
    await send({ message: 'What is the price?' });
    expect((await see()).status).toBe('mql');
    expect(said(leads, 'LeadQualified').map((event) => event.data)).toMatchObject([
      { stage: 'mql', criteriaVersion: 1, category: 'price-problem', repId: 'ann', again: false },
    ]);
  });

  it('explains why it is not qualified, and since when it is', async () => {
    const { send, see } = await withLead();
    expect((await see()).qualification?.summary).toEqual([
      'Not yet qualified by marketing (MQL). Still missing: number of contacts is at least 2 (here: 1)',
      'Not yet qualified by sales (SQL). Still missing for intent: need is known (not known so far)',
    ]);
    await send({ employees: '12' });
    const { qualification } = await see();
    expect(qualification?.summary).toEqual([
      'Qualified by marketing (MQL) since 2 March 2026, by version 1 of the criteria',
      'Not yet qualified by sales (SQL). Still missing for intent: need is known (not known so far). Still missing for the profile: number of employees is at least 50 (here: 12)',
    ]);
    expect(qualification?.now.fit?.reasons).toEqual([
      { rule: 'country is “DE”', answer: 'yes', seen: 'DE' },
      { rule: 'number of employees is at least 50', answer: 'no', seen: '12' },
    ]);
  });

  it('becomes SQL, and thereby MQL, when BANT is recorded with proof', async () => {
    const { leads, see, post } = await withLead();
    const answer = await post('qualify', { need });
    expect(leadHead.parse(answer.json).status).toBe('sql');
    expect(said(leads, 'LeadQualified').map((event) => event.data)).toMatchObject([{ stage: 'mql' }, { stage: 'sql' }]);
    expect(await see()).toMatchObject({ bant: { need }, qualification: { sql: { criteriaVersion: 1 } } });
    expect(JSON.stringify(leads.events())).not.toContain('second saw');
    const events = leads.events().length;
    expect((await post('qualify', { need })).status).toBe(200);
    expect(leads.events()).toHaveLength(events);
  });

  it('becomes working when BANT is recorded that does not qualify it', async () => {
    const { post, see } = await withLead();
    await post('qualify', { budget: { value: '20,000 euros', evidence: 'call', on: '2026-03-02' } });
    expect((await see()).status).toBe('working');
  });

  it('keeps a stage that it reached when the criteria change', async () => {
    const { leads, send, see } = await withLead();
    await send();
    await put(leads, 'qualification', { ...criteria, mql: { field: 'touches', test: 'at-least', value: 9 } }, '1');
    await send();
    expect(await see()).toMatchObject({ status: 'mql', qualification: { criteriaVersion: 2, mql: { criteriaVersion: 1 } } });
  });

  it.each([
    ['nothing', {}, 'bant-missing'],
    ['no value', { need: { ...need, value: ' ' } }, 'value-missing'],
    ['no proof', { need: { value: need.value, on: need.on } }, 'evidence-missing'],
    ['no day', { need: { value: need.value, evidence: need.evidence } }, 'date-missing'],
    ['a day to come', { need, timing: { ...need, on: '2026-03-03' } }, 'date-in-future'],
  ])('stores nothing of a request with %s', async (_what, body, code) => {
    const { leads, post } = await withLead();
    expect(await post('qualify', body)).toMatchObject(problem(code, 422));
    expect(said(leads, 'LeadBantRecorded')).toEqual([]);
  });

  it('is disqualified for a reason and then cannot be converted', async () => {
    const { leads, post, see } = await withLead();
    expect(await post('disqualify', {})).toMatchObject(problem('reason-missing', 422));
    expect((await post('disqualify', { reason: 'because' })).status).toBe(400);
    expect(await post('disqualify', { reason: 'price-problem', note: 'Wants half' })).toMatchObject({
      status: 200,
      json: { status: 'disqualified' },
    });
    expect(said(leads, 'LeadDisqualified')[0]?.data).toMatchObject({ reason: 'price-problem', repId: 'ann', reached: null });
    expect(JSON.stringify(leads.events())).not.toContain('Wants half');
    const { disqualification, qualification } = await see();
    expect(disqualification).toMatchObject({ reason: 'price-problem', note: 'Wants half' });
    expect(qualification?.summary).toEqual([
      'Disqualified on 2 March 2026: the price is a problem',
      'Was not qualified by marketing (MQL)',
      'Was not qualified by sales (SQL)',
    ]);
    expect(await post('convert', {})).toMatchObject(problem('lead-disqualified', 422));
  });

  it('is requalified when the person comes back, and its stages start again', async () => {
    const { leads, send, post, see } = await withLead();
    await send();
    await post('disqualify', { reason: 'bad-timing' });
    expect((await see()).status).toBe('disqualified');
    await send();
    expect((await see()).status).toBe('mql');
    expect(said(leads, 'LeadRequalified').map((event) => event.data)).toMatchObject([{ reason: 'came-back' }]);
    expect(said(leads, 'LeadQualified').map((event) => event.data)).toMatchObject([{ again: false }, { again: true }]);
  });

  it('that was disqualified as not a lead stays disqualified, however often the person writes, until a rep records BANT', async () => {
    const { send, post, see } = await withLead();
    await post('disqualify', { reason: 'not-a-lead' });
    await send();
    expect((await see()).status).toBe('disqualified');
    await post('qualify', { need });
    expect(await see()).toMatchObject({ status: 'sql', disqualification: null });
  });

  it('is not found by a rep who does not own it, refuses a stale version, and cannot change once closed', async () => {
    const { leads, leadId, post } = await withLead();
    for (const verb of ['qualify', 'disqualify']) {
      const route = `POST /leads/{leadId}/${verb}`;
      const stranger = { path: { leadId }, role: 'rep', subject: 'login-eve', headers: { 'if-match': '*' } } as const;
      expect(await leads.call(route, { ...stranger, body: { need } })).toMatchObject(
        verb === 'qualify' ? problem('lead-not-found', 404) : { status: 400 },
      );
      expect(await leads.call(route, { ...stranger, body: {} })).toMatchObject(problem('lead-not-found', 404));
      expect((await leads.call(route, { path: { leadId }, role: 'marketing', body: {} })).status).toBe(403);
      expect((await leads.call(route, { path: { leadId }, body: {} })).status).toBe(428);
    }
    expect(await post('qualify', { need }, '1')).toMatchObject(problem('version-conflict', 412));
    expect(await post('disqualify', { reason: 'no-need' }, '1')).toMatchObject(problem('version-conflict', 412));
    await post('convert', {});
    expect(await post('qualify', { need })).toMatchObject(problem('lead-converted', 422));
    expect(await post('disqualify', { reason: 'no-need' })).toMatchObject(problem('lead-converted', 422));
  });

  it('has the BANT of a merged lead until the merge is undone', async () => {
    const { leads, see, leadId } = await withLead();
    const form = await leads.register('html-form');
    await leads.submit(form.id, { email: 'ada@home.example' });
    await leads.settle();
    const other = said(leads, 'LeadCaptured').at(-1)?.subject ?? '';
    const headers = { 'if-match': '*' };
    await leads.call('POST /leads/{leadId}/qualify', { path: { leadId: other }, headers, body: { need } });
    const path = { leadId };
    await leads.call('POST /leads/{leadId}/merge', { path, headers, body: { other } });
    await leads.settle();
    expect(await see()).toMatchObject({ status: 'sql', bant: { need } });
    const id = leadDetail.shape.leadId.parse(leadId);
    expect((await leads.stores.leads.find(id))?.lead).toEqual(await leads.stores.leads.refold(id));
    await leads.call('POST /leads/{leadId}/unmerge', { path, headers, body: { absorbed: other } });
    expect((await see()).bant).toEqual({});
    expect(JSON.stringify(leads.events())).not.toContain('second saw');
  });

  it('equals the fold of its events, even after the person was erased', async () => {
    const { leads, send, post, leadId } = await withLead();
    await send();
    await post('qualify', { need });
    await post('disqualify', { reason: 'no-budget', note: 'No money' });
    const id = leadDetail.shape.leadId.parse(leadId);
    expect((await leads.stores.leads.find(id))?.lead).toEqual(await leads.stores.leads.refold(id));
    await leads.call('DELETE /leads/{leadId}', { path: { leadId } });
    await leads.settle();
    expect((await leads.stores.leads.find(id))?.lead).toEqual(await leads.stores.leads.refold(id));
    const everything = JSON.stringify(leads.table.dump());
    expect(['second saw', 'mail of 1 March', 'No money'].filter((text) => everything.includes(text))).toEqual([]);
  });
});

describe('the qualification criteria', () => {
  it('are versioned, and carry an ETag', async () => {
    const leads = leadsInMemory();
    expect(await leads.call('GET /qualification')).toMatchObject({ headers: { etag: '"0"' }, json: { version: 0, criteria: null } });
    expect(await put(leads, 'qualification', criteria)).toMatchObject({ status: 200, json: { version: 1, criteria } });
    expect(await put(leads, 'qualification', criteria)).toMatchObject(problem('version-conflict', 412));
    expect(await leads.call('GET /qualification')).toMatchObject({ headers: { etag: '"1"' }, json: { version: 1 } });
  });

  it.each([
    ['no intent', { ...criteria, sql: { fit: criteria.sql.fit } }, 'intent-missing'],
    ['no profile', { ...criteria, sql: { intent: criteria.sql.intent } }, 'fit-missing'],
    ['a category twice', { ...criteria, categories: [...criteria.categories, ...criteria.categories] }, 'duplicate-category'],
    ['an unknown field', { ...criteria, mql: { field: 'visits', test: 'present' } }, 'field-not-found'],
  ])('are refused with %s', async (_what, body, code) => {
    expect(await put(leadsInMemory(), 'qualification', body)).toMatchObject(problem(code, 422));
  });
});

describe('the segments', () => {
  const segments = [
    { segmentId: 'large', name: 'Large', kind: 'firmographic', when: { field: 'employees', test: 'at-least', value: 500 } },
    { segmentId: 'germany', name: 'Germany', kind: 'geographic', when: german },
  ];

  it('show on a lead from when they are published, and the first one passes to its opportunity', async () => {
    const { leads, see, post } = await withLead();
    expect((await see()).segments).toEqual([]);
    expect(await put(leads, 'segments', { segments })).toMatchObject({ status: 200, json: { version: 1 } });
    expect((await see()).segments).toEqual(['germany']);
    await post('convert', {});
    expect(said(leads, 'LeadConverted')[0]?.data).toMatchObject({ segment: 'germany' });
  });

  it('are refused if two have the same id, a field is unknown, or the version is stale', async () => {
    const leads = leadsInMemory();
    expect(await put(leads, 'segments', { segments: [...segments, ...segments] })).toMatchObject(problem('duplicate-segment', 422));
    const wrong = [{ ...segments[0], when: { field: 'size', test: 'present' } }];
    expect(await put(leads, 'segments', { segments: wrong })).toMatchObject(problem('field-not-found', 422));
    await put(leads, 'segments', { segments });
    expect(await put(leads, 'segments', { segments })).toMatchObject(problem('version-conflict', 412));
  });

  it('show their sizes and overlaps before they are saved', async () => {
    const { leads } = await withLead();
    await put(leads, 'segments', { segments });
    const preview = (segment: unknown, role: 'marketing' | 'rep' = 'marketing') =>
      leads.call('POST /segments/preview', { role, body: { segment } });
    const midsize = {
      segmentId: 'midsize',
      name: 'Midsize',
      kind: 'firmographic',
      when: { field: 'employees', test: 'between', from: 50, to: 499 },
    };
    expect(await preview(midsize)).toMatchObject({
      status: 200,
      json: {
        size: 1,
        total: 1,
        undecided: 0,
        complete: true,
        overlaps: [
          { segmentId: 'germany', shared: 1, share: 1 },
          { segmentId: 'large', shared: 0 },
        ],
      },
    });
    expect(await preview({ ...midsize, when: { field: 'size', test: 'present' } })).toMatchObject(problem('field-not-found', 422));
    expect((await preview(midsize, 'rep')).status).toBe(403);
    expect((await leads.call('GET /segments')).json).toMatchObject({ version: 1 });
  });

  it.each([
    { field: 'email', test: 'starts-with', value: 'grace' },
    { not: { any: [{ field: 'text.name', test: 'contains', value: 'a' }] } },
    { field: 'phone', test: 'equals', value: '+49 30 1' },
    { field: 'company', test: 'starts-with', value: 'B' },
    { field: 'custom.note', test: 'contains', value: 'x' },
  ])('A20: answer nobody who may not see leads about %o, letter by letter', async (when) => {
    const { leads } = await withLead();
    const segment = { segmentId: 'curious', name: 'Curious', kind: 'persona', when };
    const preview = (role: 'marketing' | 'operations') => leads.call('POST /segments/preview', { role, body: { segment } });
    expect(await preview('marketing')).toMatchObject(problem('field-confidential', 422));
    expect((await preview('operations')).status).toBe(200);
    const known = { ...segment, when: { field: 'email', test: 'present' } };
    expect((await leads.call('POST /segments/preview', { role: 'marketing', body: { segment: known } })).status).toBe(200);
  });
});
