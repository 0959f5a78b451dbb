import { leadConverted, leadErased } from '@meilenstein/contracts';
import { leadId, opportunityId } from '@meilenstein/kernel';
import { companyAccountId, deriveId } from '@meilenstein/runtime';
import { batchOf } from '@meilenstein/runtime/testing/in-memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { onLeadErased } from '../../opportunities/events/on-lead-erased.ts';
import { evidence, pipelineInMemory, type PipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const nora = { role: 'rep', subject: 'login-nora' } as const;
const bob = { role: 'rep', subject: 'login-bob' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;
const chief = { role: 'manager', subject: 'login-chief' } as const;
const staff = { role: 'operations', subject: 'olga' } as const;

const list = z.looseObject({ items: z.array(z.looseObject({ accountId: z.string(), name: z.string().nullable() })), total: z.int() });
const timeline = z.looseObject({ items: z.array(z.looseObject({ kind: z.string() })), next: z.string().nullable() });
const contact = z.looseObject({ contactId: z.string() });
type Who = { readonly role: 'rep' | 'manager' | 'operations' | 'admin' | 'finance' | 'marketing'; readonly subject: string };

const of = (accountId: string, who: Who, about: object = {}) => ({ path: { accountId }, ...who, ...about });
const always = { headers: { 'if-match': '*' } };

const withAcme = async () => {
  const pipeline = await pipelineInMemory();
  const id = await pipeline.open();
  await pipeline.follow();
  return { pipeline, id };
};

/** A converted lead, as the bus brings it. */
const convert = async (pipeline: PipelineInMemory, lead: string, account: { readonly id: string; readonly name: string | null }) => {
  const at = pipeline.clock.now();
  const event = {
    name: 'LeadConverted',
    version: 1,
    id: `converted-${lead}`,
    subject: lead,
    sequence: 4,
    occurredAt: at,
    recordedAt: at,
    storedAt: at,
    origin: 'live',
    correlationId: 'c',
    causedBy: null,
    data: {
      leadId: lead,
      opportunityId: `o-${lead}`,
      processId: 'machines',
      sourceId: 'fair',
      account,
      repId: 'ann',
      teamId: 'north',
      capturedAt: '2026-02-20T10:00:00.000Z',
      segment: null,
    },
  };
  await pipeline.convert(event);
  await pipeline.follow([...pipeline.events(), leadConverted.parse(event)]);
  await pipeline.follow();
};
const erase = (pipeline: PipelineInMemory, lead: string) => {
  const at = pipeline.clock.now();
  const head = {
    id: 'e1',
    subject: lead,
    sequence: 5,
    occurredAt: at,
    recordedAt: at,
    storedAt: at,
    origin: 'live',
    correlationId: 'c',
    causedBy: null,
  };
  const data = { leadId: leadId.parse(lead), opportunityId: opportunityId.parse(`o-${lead}`), reason: 'request' } as const;
  return onLeadErased(pipeline, pipeline.consumer)(batchOf({ ...leadErased.of(data), ...head }));
};

describe('an account', () => {
  it('opens by itself with the first opportunity, and is that of its rep', async () => {
    const { pipeline } = await withAcme();
    expect((await pipeline.call('GET /accounts/{accountId}', of('acme', ann))).json).toMatchObject({
      accountId: 'acme',
      name: 'Acme',
      owner: 'ann',
      channel: 'direct',
      open: { count: 1 },
    });
  });

  it('is opened once, however often and in whatever order the events come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
        const pipeline = await pipelineInMemory();
        for (const owner of ['ann', 'bob']) {
          const id = await pipeline.open(owner);
          pipeline.move(60_000);
          await pipeline.command(id, 'milestones', { milestoneId: 'need-named', evidence: evidence('said') });
        }
        const events = [...pipeline.events(), ...pipeline.events()]
          .map((event) => ({ event, by: numbers.next().value ?? 0 }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ event }) => event);
        for (const event of events) await pipeline.follow([event]);
        await pipeline.follow();
        const shown = timeline.parse((await pipeline.call('GET /accounts/{accountId}/timeline', of('acme', staff))).json);
        expect(shown.items.filter(({ kind }) => kind === 'milestone-reached')).toHaveLength(2);
        expect((await pipeline.call('GET /accounts/{accountId}', of('acme', staff))).json).toMatchObject({
          owner: 'ann',
          open: { count: 2 },
        });
      }),
      { numRuns: 5 },
    );
  });

  it('is opened by hand for a company without an opportunity, by name and once', async () => {
    const pipeline = await pipelineInMemory();
    const body = { name: 'Byron Mills', industry: 'Textiles', country: 'DE', channel: 'reseller' };
    const created = await pipeline.call('POST /accounts', { ...ann, body });
    expect(created).toMatchObject({
      status: 201,
      json: { accountId: companyAccountId('byron mills'), owner: 'ann', industry: 'Textiles' },
    });
    expect(await pipeline.call('POST /accounts', { ...bob, body: { name: 'BYRON  MILLS' } })).toMatchObject({
      status: 409,
      code: 'account-exists',
    });
  });

  it('takes the opportunities of a company that names it as it was called before', async () => {
    const pipeline = await pipelineInMemory();
    const id = companyAccountId('Byron Mills');
    await pipeline.call('POST /accounts', { ...ann, body: { name: 'Byron Mills' } });
    await pipeline.call('POST /accounts/{accountId}/amend', of(id, ann, { ...always, body: { name: 'Lovelace Looms' } }));
    await pipeline.open('bob', { account: { name: 'Lovelace Looms' } });
    await pipeline.open('bob', { account: { name: 'byron mills' } });
    await pipeline.follow();
    await pipeline.follow();
    expect((await pipeline.call('GET /accounts/{accountId}', of(companyAccountId('Lovelace Looms'), bob))).json).toMatchObject({
      accountId: id,
      name: 'Lovelace Looms',
      formerNames: ['Byron Mills'],
      open: { count: 2 },
    });
  });

  it('is changed at the version that was read, with its own fields, parent and team', async () => {
    const { pipeline } = await withAcme();
    const name = { de: 'Maschinen', en: 'Machines' };
    await pipeline.call('PUT /account-fields', {
      ...staff,
      headers: { 'if-none-match': '*' },
      body: {
        fields: [
          { id: 'machines', name, type: 'number' },
          { id: 'notes', name, type: 'text' },
        ],
      },
    });
    const parentId = companyAccountId('Holding');
    await pipeline.call('POST /accounts', { ...ann, body: { name: 'Holding' } });
    const { etag } = await pipeline.call('GET /accounts/{accountId}', of('acme', ann));
    const body = { parentId, employees: 12, team: [{ repId: 'bob', role: 'csm' }], fields: { machines: 3, notes: 'Ask for Ada' } };
    const change = of('acme', ann, { headers: { 'if-match': etag }, body });
    expect(await pipeline.call('POST /accounts/{accountId}/amend', change)).toMatchObject({
      status: 200,
      json: { parent: { accountId: parentId, name: 'Holding' }, employees: 12, fields: { machines: 3, notes: 'Ask for Ada' } },
    });
    expect(await pipeline.call('POST /accounts/{accountId}/amend', change)).toMatchObject({ status: 412 });
    expect(JSON.stringify(pipeline.events())).not.toContain('Ada');
  });

  it.each([
    [{ parentId: 'acme' }, 'parent-circle'],
    [{ parentId: 'nobody' }, 'parent-not-found'],
    [{ owner: 'bob' }, 'rep-not-found'],
    [{ team: [{ repId: 'nobody', role: 'sdr' }] }, 'rep-not-found'],
    [{ fields: { tier: 'gold' } }, 'account-field-not-found'],
  ])('refuses %j', async (body, code) => {
    const { pipeline } = await withAcme();
    expect(await pipeline.call('POST /accounts/{accountId}/amend', of('acme', ann, { ...always, body }))).toMatchObject({
      status: 422,
      code,
    });
  });
});

describe('who sees an account', () => {
  const names = async (pipeline: PipelineInMemory, who: Who) =>
    list.parse((await pipeline.call('GET /accounts', who)).json).items.map(({ name }) => name);

  it('is its owner, who works with it, who has an opportunity at it, their managers and operations', async () => {
    const { pipeline } = await withAcme();
    await pipeline.open('bob', { account: { name: 'Byron Mills' } });
    await pipeline.open('bob', { account: { id: 'acme', name: 'Acme' } });
    await pipeline.follow();
    await pipeline.call(
      'POST /accounts/{accountId}/amend',
      of(companyAccountId('Byron Mills'), staff, { ...always, body: { team: [{ repId: 'nora', role: 'sdr' }] } }),
    );
    expect(await names(pipeline, ann)).toEqual(['Acme']);
    expect(await names(pipeline, nora)).toEqual(['Byron Mills']);
    expect(await names(pipeline, bob)).toEqual(['Acme', 'Byron Mills']);
    expect(await names(pipeline, boss)).toEqual(['Acme', 'Byron Mills']);
    expect(await names(pipeline, chief)).toEqual(['Acme', 'Byron Mills']);
    expect(await names(pipeline, staff)).toEqual(['Acme', 'Byron Mills']);
  });

  it('is nobody else, on any route; the answer is that of an account that does not exist', async () => {
    const { pipeline } = await withAcme();
    const added = await pipeline.call('POST /accounts/{accountId}/contacts', of('acme', ann, { body: { name: 'Ada Byron' } }));
    const path = { contactId: contact.parse(added.json).contactId };
    for (const who of [nora, bob, chief]) {
      for (const route of [
        'GET /accounts/{accountId}',
        'GET /accounts/{accountId}/timeline',
        'GET /accounts/{accountId}/contacts',
        'GET /accounts/{accountId}/opportunities',
      ])
        expect(await pipeline.call(route, of('acme', who))).toMatchObject({ status: 404, code: 'account-not-found' });
      expect(await pipeline.call('POST /accounts/{accountId}/amend', of('acme', who, { ...always, body: {} }))).toMatchObject({
        status: 404,
      });
      expect(await pipeline.call('POST /accounts/{accountId}/contacts', of('acme', who, { body: { name: 'x' } }))).toMatchObject({
        status: 404,
      });
      expect(await pipeline.call('POST /contacts/{contactId}/amend', { path, ...who, ...always, body: {} })).toMatchObject({ status: 404 });
      expect((await pipeline.call('POST /search/accounts', { ...who, body: { text: 'Ada Acme' } })).json).toMatchObject({
        accounts: [],
        contacts: [],
      });
    }
    expect(await pipeline.call('DELETE /contacts/{contactId}', { path, ...chief })).toMatchObject({ status: 404 });
    for (const role of ['finance', 'marketing'] as const)
      expect((await pipeline.call('GET /accounts', { role, subject: 'f' })).status).toBe(403);
    for (const route of ['POST /accounts/{accountId}/merge', 'POST /accounts/{accountId}/unmerge'])
      expect((await pipeline.call(route, of('acme', ann, { ...always, body: {} }))).status).toBe(403);
  });

  it('sees only their own opportunities in the timeline, unless they are responsible for the account', async () => {
    const { pipeline } = await withAcme();
    await pipeline.open('bob', { account: { id: 'acme', name: 'Acme' } });
    await pipeline.follow();
    const kinds = async (who: Who) =>
      timeline
        .parse((await pipeline.call('GET /accounts/{accountId}/timeline', of('acme', who))).json)
        .items.filter(({ kind }) => kind === 'opportunity-opened');
    expect(await kinds(ann)).toHaveLength(2);
    expect(await kinds(bob)).toHaveLength(1);
  });
});

describe('the timeline of an account', () => {
  it('shows what was put right beside what was recorded, and a customer who got in touch', async () => {
    const { pipeline, id } = await withAcme();
    const { act: _, ...told } = evidence('said');
    const order = { milestoneId: 'ordered', evidence: evidence('wrote'), amount: { amount: '1000.00', currency: 'EUR' } };
    for (const [verb, body] of [
      ['milestones', { milestoneId: 'need-named', evidence: evidence('said') }],
      ['milestones/need-named/correct', { evidence: evidence('wrote'), reason: 'wrong-entry' }],
      ['milestones/need-named/withdraw', { reason: 'wrong-entry' }],
      ['responses', { kind: 'postponed', ...told }],
      ['milestones', order],
      ['order/correct', { amount: { amount: '900.00', currency: 'EUR' }, reason: 'wrong-entry' }],
      ['cancel', { amount: { amount: '100.00', currency: 'EUR' }, reason: 'not-deliverable' }],
      ['cancel', { reason: 'customer-withdrew' }],
      ['reopen', { reason: 'customer-came-back' }],
    ] as const)
      expect([verb, (await pipeline.command(id, verb, body, verb === 'cancel' ? staff : ann)).status]).toEqual([verb, 200]);
    await pipeline.follow();
    const shown = timeline.parse((await pipeline.call('GET /accounts/{accountId}/timeline', of('acme', staff))).json);
    expect(shown.items.flatMap(({ kind }) => (kind.startsWith('account') ? [] : [kind])).toSorted()).toEqual([
      'customer-postponed',
      'evidence-corrected',
      'milestone-reached',
      'milestone-reached',
      'milestone-withdrawn',
      'opportunity-opened',
      'opportunity-reopened',
      'order-cancelled',
      'order-corrected',
      'order-partially-cancelled',
      'order-received',
    ]);
    expect(shown.items.find(({ kind }) => kind === 'milestone-withdrawn')).toMatchObject({ milestoneId: 'need-named', evidence: null });
  });
});

describe('the list of accounts', () => {
  it('is filtered, sorted, counted and paged', async () => {
    const pipeline = await pipelineInMemory();
    for (const [name, country] of [
      ['Cray', 'DE'],
      ['Acme', 'DE'],
      ['Byron', 'AT'],
    ] as const)
      await pipeline.call('POST /accounts', { ...ann, body: { name, country } });
    const first = list.parse((await pipeline.call('GET /accounts', { ...ann, query: { country: 'DE', limit: '1' } })).json);
    expect(first).toMatchObject({ total: 2, items: [{ name: 'Acme' }] });
    const query = { country: 'DE', limit: '1', cursor: String(first['next']) };
    const second = await pipeline.call('GET /accounts', { ...ann, query });
    expect(second.json).toMatchObject({ items: [{ name: 'Cray' }], next: null });
    expect(await pipeline.call('GET /accounts', { ...ann, query, headers: { 'if-none-match': second.etag } })).toMatchObject({
      status: 304,
    });
    expect(await pipeline.call('GET /accounts', { ...ann, query: { owner: 'nobody' } })).toMatchObject({
      status: 422,
      code: 'rep-not-found',
    });
  });

  it('is searched with a typing mistake, also by the people at an account', async () => {
    const { pipeline } = await withAcme();
    await pipeline.open('ann', { account: { name: 'Nürnberger Kühltechnik KG' } });
    await pipeline.follow();
    await pipeline.call(
      'POST /accounts/{accountId}/contacts',
      of('acme', ann, { body: { name: 'Ada Byron', email: 'ada@byron.example' } }),
    );
    const search = async (text: string) => (await pipeline.call('POST /search/accounts', { ...ann, body: { text } })).json;
    expect(await search('kuhltechnk')).toMatchObject({ accounts: [{ name: 'Nürnberger Kühltechnik KG' }], contacts: [], isComplete: true });
    expect(await search('Byronn')).toMatchObject({ accounts: [], contacts: [{ name: 'Ada Byron', account: { name: 'Acme' } }] });
  });
});

describe('the timeline of an account', () => {
  it('has evidence, orders, hand-overs, losses and changes, who recorded them, and survives a hand-over', async () => {
    const { pipeline, id } = await withAcme();
    pipeline.move(60_000);
    const quote = 'we need mills';
    await pipeline.command(id, 'milestones', { milestoneId: 'need-named', evidence: evidence('said', { quote }) }, ann);
    await pipeline.command(id, 'amend', { owner: 'nora' }, boss);
    await pipeline.call('POST /accounts/{accountId}/amend', of('acme', boss, { ...always, body: { owner: 'nora', country: 'DE' } }));
    pipeline.move(60_000);
    await pipeline.command(id, 'lose', { reason: 'price' }, nora);
    await pipeline.follow();
    await pipeline.follow();
    const shown = timeline.parse((await pipeline.call('GET /accounts/{accountId}/timeline', of('acme', nora))).json);
    expect(shown.items[0]).toMatchObject({ kind: 'opportunity-lost', reason: 'price', recordedBy: { kind: 'person', repId: 'nora' } });
    expect(shown.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'milestone-reached',
          evidence: expect.objectContaining({ quote }),
          recordedBy: { kind: 'person', repId: 'ann', roles: ['rep'] },
        }),
        expect.objectContaining({
          kind: 'opportunity-handed-over',
          from: 'ann',
          to: 'nora',
          recordedBy: { kind: 'person', repId: 'boss', roles: ['manager'] },
        }),
        expect.objectContaining({ kind: 'account-handed-over', from: 'ann', to: 'nora' }),
        expect.objectContaining({ kind: 'account-amended', changed: ['country'] }),
        expect.objectContaining({ kind: 'account-opened' }),
      ]),
    );
    expect((await pipeline.call('GET /accounts/{accountId}', of('acme', ann))).status).toBe(404);
  });

  it('is paged without a gap, also over accounts that were merged', async () => {
    const { pipeline } = await withAcme();
    const other = companyAccountId('Byron Mills');
    for (let n = 0; n < 4; n += 1) {
      pipeline.move(60_000);
      await pipeline.open('ann', n % 2 === 0 ? { account: { name: 'Byron Mills' } } : {});
    }
    await pipeline.follow();
    await pipeline.call('POST /accounts/{accountId}/merge', of('acme', boss, { ...always, body: { other } }));
    await pipeline.follow();
    const whole = timeline.parse((await pipeline.call('GET /accounts/{accountId}/timeline', of('acme', boss))).json).items;
    const paged: object[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = { limit: '2', ...(cursor === '' ? {} : { cursor }) };
      const page = timeline.parse((await pipeline.call('GET /accounts/{accountId}/timeline', of('acme', boss, { query }))).json);
      paged.push(...page.items);
      cursor = page.next;
    }
    expect(paged).toEqual(whole);
    expect(whole.filter(({ kind }) => kind === 'opportunity-opened')).toHaveLength(5);
  });
});

describe('a merge of accounts', () => {
  it('takes opportunities and contacts along, and gives them back when it is undone', async () => {
    const { pipeline } = await withAcme();
    const other = companyAccountId('Byron Mills');
    await pipeline.open('ann', { account: { name: 'Byron Mills' } });
    await pipeline.follow();
    await pipeline.call('POST /accounts/{accountId}/contacts', of(other, ann, { body: { name: 'Ada Byron' } }));
    const state = async (id: string) =>
      Promise.all(
        ['GET /accounts/{accountId}', 'GET /accounts/{accountId}/contacts', 'GET /accounts/{accountId}/opportunities'].map(
          async (route) => (await pipeline.call(route, of(id, boss))).json,
        ),
      );
    const before = [await state('acme'), await state(other)];
    expect(await pipeline.call('POST /accounts/{accountId}/merge', of('acme', boss, { ...always, body: { other } }))).toMatchObject({
      status: 200,
      json: { accountId: 'acme', formerNames: ['Byron Mills'], absorbed: [{ accountId: other, name: 'Byron Mills' }], open: { count: 2 } },
    });
    expect(await state(other)).toEqual(await state('acme'));
    expect(await state('acme')).toMatchObject([{}, { items: [{ name: 'Ada Byron' }] }, { items: [{}, {}] }]);
    expect(list.parse((await pipeline.call('GET /accounts', boss)).json)).toMatchObject({ total: 1 });
    await pipeline.call('POST /accounts/{accountId}/unmerge', of('acme', boss, { ...always, body: { absorbed: other } }));
    expect([await state('acme'), await state(other)]).toEqual(before);
  });
});

describe('a contact', () => {
  it('is added, changed and erased; what identifies the person is never on the bus', async () => {
    const { pipeline } = await withAcme();
    const body = { name: 'Ada Byron', email: 'ada@byron.example', role: 'decides' };
    const added = await pipeline.call('POST /accounts/{accountId}/contacts', of('acme', ann, { body }));
    expect(added).toMatchObject({ status: 201, json: { ...body, consent: 'unknown', leadId: null } });
    const path = { contactId: contact.parse(added.json).contactId };
    const changed = await pipeline.call('POST /contacts/{contactId}/amend', {
      path,
      ...ann,
      headers: { 'if-match': added.etag },
      body: { email: null, phone: '+49 30 5557778', role: 'signs', consent: 'given' },
    });
    expect(changed).toMatchObject({ status: 200, json: { name: 'Ada Byron', phone: '+49 30 5557778', role: 'signs', consent: 'given' } });
    expect(changed.json).not.toHaveProperty('email');
    await pipeline.follow();
    expect(JSON.stringify(pipeline.events())).not.toMatch(/Ada|5557778|byron/);
    expect(await pipeline.call('DELETE /contacts/{contactId}', { path, ...boss })).toMatchObject({ status: 200, json: { isErased: true } });
    await pipeline.follow();
    expect(JSON.stringify(pipeline.table.dump())).not.toMatch(/Ada|5557778|byron\.example/);
    expect(await pipeline.call('POST /contacts/{contactId}/amend', { path, ...ann, ...always, body: { name: 'Eve' } })).toMatchObject({
      status: 422,
      code: 'contact-erased',
    });
  });

  it('without anything to know the person by is refused', async () => {
    const { pipeline } = await withAcme();
    expect((await pipeline.call('POST /accounts/{accountId}/contacts', of('acme', ann, { body: { role: 'uses' } }))).status).toBe(400);
  });

  it('is made of a converted lead, whose name stays with the lead, and is erased with it', async () => {
    const pipeline = await pipelineInMemory();
    await convert(pipeline, 'l1', { id: 'acme', name: 'Acme' });
    const known = (await pipeline.call('GET /accounts/{accountId}/contacts', of('acme', ann))).json;
    expect(known).toMatchObject({ items: [{ leadId: 'l1', role: 'unknown' }] });
    const path = { contactId: deriveId('contact', 'lead', 'l1') };
    await pipeline.call('POST /contacts/{contactId}/amend', { path, ...ann, ...always, body: { name: 'Wilhelmine Kanarienvogel' } });
    expect((await erase(pipeline, 'l1')).batchItemFailures).toEqual([]);
    expect(JSON.stringify(pipeline.table.dump())).not.toContain('Kanarienvogel');
    expect((await pipeline.call('GET /accounts/{accountId}/contacts', of('acme', ann))).json).toMatchObject({
      items: [{ isErased: true }],
    });
    expect(
      timeline.parse((await pipeline.call('GET /accounts/{accountId}/timeline', of('acme', ann))).json).items.map(({ kind }) => kind),
    ).toEqual(expect.arrayContaining(['lead-captured', 'lead-converted', 'contact-added']));
  });

  it('of a natural person goes with the person, and so does all that was typed about the account', async () => {
    const pipeline = await pipelineInMemory();
    await convert(pipeline, 'l1', { id: 'private', name: null });
    const notes = { id: 'notes', name: { de: 'Notizen', en: 'Notes' }, type: 'text' };
    await pipeline.call('PUT /account-fields', { ...staff, headers: { 'if-none-match': '*' }, body: { fields: [notes] } });
    await pipeline.call(
      'POST /accounts/{accountId}/amend',
      of('private', ann, { ...always, body: { fields: { notes: 'Kanarienvogel likes tea' } } }),
    );
    await pipeline.call('POST /accounts/{accountId}/contacts', of('private', ann, { body: { name: 'Otto Kanarienvogel' } }));
    expect(JSON.stringify(pipeline.table.dump())).toContain('Kanarienvogel');
    expect((await erase(pipeline, 'l1')).batchItemFailures).toEqual([]);
    expect(JSON.stringify(pipeline.table.dump())).not.toContain('Kanarienvogel');
  });
});
