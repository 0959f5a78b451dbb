import { leadId, type LeadId } from '@meilenstein/kernel';
import { cancelFirst, cancelTransactions } from '@meilenstein/runtime/testing/cancelled-transactions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Query } from '@meilenstein/runtime';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const detail = z.looseObject({
  leadId,
  status: z.string(),
  mergedInto: leadId.nullable(),
  person: z.record(z.string(), z.unknown()),
  provenance: z.array(z.object({ field: z.string(), submissionId: z.string().nullable() })),
  absorbed: z.array(leadId),
  touchpoints: z.array(z.looseObject({ submissionId: z.string() })),
});
const page = z.object({ items: z.array(z.looseObject({ leadId })) });

const see = async (leads: LeadsInMemory, id: LeadId) =>
  detail.parse((await leads.call('GET /leads/{leadId}', { path: { leadId: id } })).json);
const listed = async (leads: LeadsInMemory): Promise<readonly LeadId[]> =>
  page.parse((await leads.call('GET /leads')).json).items.map((item) => item.leadId);
const leadOf = (leads: LeadsInMemory, nth: number): LeadId =>
  leadId.parse(
    leads
      .events()
      .filter((event) => event.name === 'LeadCaptured')
      .at(nth)?.subject,
  );

const merge = (leads: LeadsInMemory, stays: LeadId, other: LeadId, tag = '*') =>
  leads.call('POST /leads/{leadId}/merge', { path: { leadId: stays }, headers: { 'if-match': tag }, body: { other } });
const unmerge = (leads: LeadsInMemory, stays: LeadId, absorbed: LeadId) =>
  leads.call('POST /leads/{leadId}/unmerge', { path: { leadId: stays }, headers: { 'if-match': '*' }, body: { absorbed } });

/** Two people of one form: Ada with a phone number, Eve with a company. */
const twoLeads = async () => {
  const leads = leadsInMemory();
  await leads.hire('ann', 'bob');
  const form = await leads.register('html-form');
  await leads.submit(form.id, { email: 'ada@mills.example', name: 'Ada', phone: '+49 30 901820' });
  await leads.settle();
  leads.move(60_000);
  await leads.submit(form.id, { email: 'eve@mills.example', name: 'Eve Byron', company: 'Byron Mills' });
  await leads.settle();
  return { leads, form, ada: leadOf(leads, 0), eve: leadOf(leads, 1) };
};

describe('the known fields of a person', () => {
  it('are shown with the submission that each value came from', async () => {
    const { leads, form, ada } = await twoLeads();
    leads.move(60_000);
    await leads.submit(form.id, { email: 'ADA@mills.example ', name: 'Ada Byron', country: 'France' });
    await leads.settle();
    const { person, provenance, touchpoints } = await see(leads, ada);
    expect(person).toMatchObject({ name: 'Ada Byron', phone: '+49 30 901820', country: 'France' });
    const [later, first] = touchpoints.map((one) => one.submissionId);
    const from = Object.fromEntries(provenance.map((one) => [one.field, one.submissionId]));
    expect(from).toMatchObject({ name: later, phone: first, country: later });
  });

  it('follow the survivorship rules in force, even for earlier values', async () => {
    const { leads, form, ada } = await twoLeads();
    leads.move(60_000);
    await leads.submit(form.id, { email: 'ada@mills.example', name: 'Ada B.', phone: '+49 30 555555' });
    await leads.settle();
    expect((await see(leads, ada)).person).toMatchObject({ name: 'Ada B.', phone: '+49 30 555555' });
    const rules = {
      email: 'last',
      name: 'first',
      phone: 'first',
      company: 'last',
      country: 'last',
      employees: 'last',
      message: 'last',
      custom: 'last',
    };
    await leads.call('PUT /survivorship', { body: rules, headers: { 'if-match': '0' } });
    expect((await see(leads, ada)).person).toMatchObject({ name: 'Ada', phone: '+49 30 901820' });
    expect((await leads.call('PUT /survivorship', { body: rules, headers: { 'if-match': '0' } })).status).toBe(412);
  });
});

describe('two leads that are one person', () => {
  it('are merged by hand: one stays, has the values of both, and is alone in the list', async () => {
    const { leads, ada, eve } = await twoLeads();
    expect((await merge(leads, ada, eve)).status).toBe(200);
    const stayed = await see(leads, ada);
    expect(stayed).toMatchObject({ absorbed: [eve], person: { name: 'Eve Byron', phone: '+49 30 901820', company: 'Byron Mills' } });
    expect(stayed.touchpoints).toHaveLength(2);
    expect(await listed(leads)).toEqual([ada]);
    expect(await see(leads, eve)).toMatchObject({ status: 'merged', mergedInto: ada });
  });

  it('continue as one: submissions for either reach the lead that stayed', async () => {
    const { leads, form, ada, eve } = await twoLeads();
    await merge(leads, ada, eve);
    leads.move(60_000);
    await leads.submit(form.id, { email: 'eve@mills.example', message: 'Any news?' });
    await leads.settle();
    expect(await listed(leads)).toEqual([ada]);
    expect((await see(leads, ada)).person).toMatchObject({ message: 'Any news?' });
  });

  it('are as they were once the merge is undone', async () => {
    const { leads, ada, eve } = await twoLeads();
    const [before, other] = [await see(leads, ada), await see(leads, eve)];
    await merge(leads, ada, eve);
    expect((await unmerge(leads, ada, eve)).status).toBe(200);
    expect([await see(leads, ada), await see(leads, eve)]).toEqual([before, other]);
    expect((await listed(leads)).toSorted()).toEqual([ada, eve].toSorted());
  });

  /** A lead known by its number and one known by its address, and then both contacts in one submission. */
  const bothContacts = async (provider: 'html-form' | 'standard-webhooks') => {
    const leads = leadsInMemory();
    const source = await leads.register(provider, { country: 'DE' });
    let sent = 0;
    const send = async (fields: Record<string, string>): Promise<void> => {
      await (provider === 'html-form' ? leads.submit(source.id, fields) : leads.deliver(source, `msg_${(sent += 1)}`, fields));
      await leads.settle();
      leads.move(1000);
    };
    await send({ phone: '030 901820' });
    await send({ email: 'ada@mills.example', name: 'Ada' });
    expect(await listed(leads)).toHaveLength(2);
    await send({ email: 'ada@mills.example', phone: '+49 30 901820' });
    return leads;
  };

  it('are merged automatically if a signed submission proves it: the e-mail of one, the number of the other', async () => {
    const leads = await bothContacts('standard-webhooks');
    expect(await listed(leads)).toEqual([leadOf(leads, 0)]);
  });

  it('A19: are not merged by a form that anybody may post', async () => {
    const leads = await bothContacts('html-form');
    expect((await listed(leads)).toSorted()).toEqual([leadOf(leads, 0), leadOf(leads, 1)].toSorted());
    expect((await see(leads, leadOf(leads, 1))).touchpoints).toHaveLength(2);
  });

  it('are not people who share a switchboard or have similar addresses', async () => {
    const { leads, form } = await twoLeads();
    await leads.submit(form.id, { email: 'adam@mills.example', phone: '+49 30 901820' });
    await leads.submit(form.id, { email: 'ada@mills.example.org' });
    await leads.settle();
    expect(await listed(leads)).toHaveLength(4);
  });

  it.each([
    ['itself', (ids: { ada: LeadId; eve: LeadId }) => [ids.ada, ids.ada], 422, 'same-lead'],
    ['a stranger', (ids: { ada: LeadId; eve: LeadId }) => [ids.ada, leadId.parse('nobody')], 404, 'lead-not-found'],
  ] as const)('cannot be a lead and %s', async (_, pick, status, code) => {
    const { leads, ada, eve } = await twoLeads();
    const [stays, other] = pick({ ada, eve });
    expect(await merge(leads, leadId.parse(stays), leadId.parse(other))).toMatchObject({
      status,
      json: { type: `urn:meilenstein:problem:${code}` },
    });
  });

  it('are merged into the one that is an opportunity, so that a person is converted once', async () => {
    const { leads, ada, eve } = await twoLeads();
    await leads.call('POST /leads/{leadId}/convert', { path: { leadId: eve }, headers: { 'if-match': '*' } });
    expect(await merge(leads, ada, eve)).toMatchObject({
      status: 422,
      json: { type: 'urn:meilenstein:problem:converted-lead-absorbed', field: 'other', value: eve },
    });
    expect((await merge(leads, eve, ada)).status).toBe(200);
  });

  it('cannot be merged twice, and cannot be split if they were never merged', async () => {
    const { leads, ada, eve } = await twoLeads();
    expect(await unmerge(leads, ada, eve)).toMatchObject({ status: 422, json: { type: 'urn:meilenstein:problem:lead-not-merged' } });
    await merge(leads, ada, eve);
    expect(await merge(leads, ada, eve)).toMatchObject({ status: 422, json: { type: 'urn:meilenstein:problem:lead-merged' } });
    expect((await merge(leads, ada, eve, '1')).status).toBe(412);
  });
});

describe('the access report of a person', () => {
  it('contains every value, each submission verbatim, the consents and the history', async () => {
    const { leads, ada, eve } = await twoLeads();
    await merge(leads, ada, eve);
    const { json, status } = await leads.call('GET /leads/{leadId}/access-report', { path: { leadId: ada } });
    expect(status).toBe(200);
    const report = z
      .looseObject({ submissions: z.array(z.object({ body: z.string() })), history: z.array(z.object({ name: z.string() })) })
      .parse(json);
    expect(report.submissions.map((one) => one.body).join()).toMatch(/name=Ada.*company=Byron\+Mills/);
    expect(report.history.map((one) => one.name)).toEqual(expect.arrayContaining(['LeadCaptured', 'LeadMerged', 'LeadAbsorbed']));
  });
});

const everything = (leads: LeadsInMemory): string =>
  JSON.stringify(leads.table.dump(), (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value)) +
  leads.bodies();

const bodiesOf = (leads: LeadsInMemory): number => leads.table.dump().filter((item) => item['body'] instanceof Uint8Array).length;

describe('a person who is erased', () => {
  it('is named nowhere in what is kept, while reconciliation and lead counts stay', async () => {
    const { leads, form, ada, eve } = await twoLeads();
    await merge(leads, ada, eve);
    await leads.submit(form.id, { nonsense: 'ada@mills.example wants to be called' });
    await leads.settle();
    expect(everything(leads)).toMatch(/ada@mills/);
    const before = await leads.call('GET /sources/{sourceId}/reconciliation', {
      path: { sourceId: form.id },
      query: { day: '2026-03-02' },
    });
    expect((await leads.call('DELETE /leads/{leadId}', { path: { leadId: ada } })).status).toBe(202);
    await leads.settle(2);
    expect(everything(leads)).not.toMatch(/\bada\b|eve@|Eve Byron|901820/i);
    const after = await leads.call('GET /sources/{sourceId}/reconciliation', { path: { sourceId: form.id }, query: { day: '2026-03-02' } });
    expect(after.json).toMatchObject({ ...z.looseObject({}).parse(before.json), quarantined: 0, rejected: { purged: 1 }, balanced: true });
    expect(leads.events().filter((event) => event.name === 'LeadErased')).toHaveLength(2);
    expect(await listed(leads)).toEqual([]);
  });

  it('is named nowhere, even if every transaction of the erasure is cancelled at first', async () => {
    const { leads, form, ada } = await twoLeads();
    await leads.submit(form.id, { nonsense: 'ada@mills.example wants to be called' });
    await leads.settle();
    cancelFirst(leads.table, 2);
    expect((await leads.call('DELETE /leads/{leadId}', { path: { leadId: ada } })).status).toBe(202);
    await leads.settle();
    expect(everything(leads)).not.toMatch(/\bada\b|901820/i);
    expect(leads.sent).toEqual([]);
  });

  it('comes again as a message, and not as an acknowledged one, while the table takes no deletion', async () => {
    const { leads, ada } = await twoLeads();
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: ada } });
    let isBusy = true;
    cancelTransactions(leads.table, () => isBusy);
    const erased = leads.events().findLast((event) => event.name === 'LeadErased');
    await expect(leads.again(erased)).rejects.toThrow('LeadErased failed');
    expect(everything(leads)).toMatch(/ada@mills/);
    isBusy = false;
    await leads.again(erased);
    expect(everything(leads)).not.toMatch(/ada@mills|901820/i);
  });

  it('stays erased when the sender repeats a delivery', async () => {
    const { leads, form, ada } = await twoLeads();
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: ada } });
    await leads.settle();
    await leads.submit(form.id, { email: 'ada@mills.example', name: 'Ada', phone: '+49 30 901820' });
    await leads.settle();
    expect(everything(leads)).not.toMatch(/ada@mills|901820/i);
  });

  it('becomes a new lead when they come back', async () => {
    const { leads, form, ada } = await twoLeads();
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: ada } });
    await leads.settle();
    leads.move(1000);
    await leads.submit(form.id, { email: 'ada@mills.example', message: 'Hello again' });
    await leads.settle();
    expect(leadOf(leads, 2)).not.toBe(ada);
    expect(await listed(leads)).toContain(leadOf(leads, 2));
  });

  it('is shown only as erased, and erasing again changes nothing', async () => {
    const { leads, ada } = await twoLeads();
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: ada } });
    await leads.settle();
    expect(await see(leads, ada)).toMatchObject({ status: 'erased', person: {}, provenance: [] });
    const events = leads.events().length;
    expect((await leads.call('DELETE /leads/{leadId}', { path: { leadId: ada } })).status).toBe(202);
    expect(leads.events()).toHaveLength(events);
    expect((await leads.call('DELETE /leads/{leadId}', { path: { leadId: 'nobody' } })).status).toBe(404);
  });
});

describe('retention', () => {
  const night = async (leads: LeadsInMemory) => {
    const at = leads.move(0);
    const result = await leads.retain(at);
    await leads.settle();
    return result;
  };
  const days = (leads: LeadsInMemory, count: number) => leads.move(count * 24 * 3600_000);

  it('erases nothing before a period is set', async () => {
    const { leads } = await twoLeads();
    days(leads, 4000);
    expect(await night(leads)).toMatchObject({ erased: 0 });
  });

  it('erases by status, counted from the last message of the person', async () => {
    const { leads, form, ada, eve } = await twoLeads();
    await leads.call('PUT /retention', { body: { new: 30, working: null, converted: null }, headers: { 'if-match': '0' } });
    days(leads, 20);
    await leads.submit(form.id, { email: 'eve@mills.example', message: 'Still interested' });
    await leads.settle();
    days(leads, 15);
    expect(await night(leads)).toMatchObject({ erased: 1 });
    expect(await see(leads, ada)).toMatchObject({ status: 'erased' });
    expect(await see(leads, eve)).toMatchObject({ status: 'new' });
    expect(everything(leads)).not.toMatch(/ada@/i);
  });

  it('finishes an erasure whose message was lost, and says so', async () => {
    const { leads, ada } = await twoLeads();
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: ada } });
    expect(everything(leads)).toMatch(/ada@mills/);
    expect(await leads.retain(leads.move(3600_000))).toMatchObject({ erased: 0, finished: 0 });
    expect(await leads.retain(leads.move(24 * 3600_000))).toMatchObject({ erased: 0, finished: 1 });
    expect(everything(leads)).not.toMatch(/ada@mills|901820/i);
    expect(await leads.retain(leads.move(24 * 3600_000))).toMatchObject({ erased: 0, finished: 0 });
  });

  it('finishes an erasure that an index did not tell of a submission', async () => {
    const { leads, ada } = await twoLeads();
    const { query } = leads.table;
    Object.assign(leads.table, { query: async (asked: Query) => (asked.index === 'gsi2' ? { items: [], next: null } : query(asked)) });
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: ada } });
    await leads.settle();
    Object.assign(leads.table, { query });
    expect(bodiesOf(leads)).toBe(2);
    expect(await leads.retain(leads.move(24 * 3600_000))).toMatchObject({ finished: 1 });
    expect(bodiesOf(leads)).toBe(1);
  });

  it('keeps converted leads for as long as that status says', async () => {
    const { leads, ada } = await twoLeads();
    await leads.call('PUT /retention', { body: { new: 30, working: 30, converted: null }, headers: { 'if-match': '0' } });
    await leads.call('POST /leads/{leadId}/convert', { path: { leadId: ada }, headers: { 'if-match': '*' } });
    days(leads, 400);
    await night(leads);
    expect(await see(leads, ada)).toMatchObject({ status: 'converted' });
  });
});
