import { companyAccountId, toCursor } from '@meilenstein/runtime';
import { describe, expect, it } from 'vitest';
import { evidence, pipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const order = (about: object = {}) => ({ milestoneId: 'ordered', evidence: evidence('wrote'), amount: euros('1000.00'), ...about });

describe('POST /opportunities/{opportunityId}/milestones', () => {
  it.each([
    ['evidence-missing', { milestoneId: 'need-named' }],
    ['evidence-not-from-customer', { milestoneId: 'need-named', evidence: evidence('said', { by: { party: 'us', role: 'rep' } }) }],
    ['act-not-accepted', { milestoneId: 'plant-shown', evidence: evidence('said') }],
    ['evidence-in-future', { milestoneId: 'need-named', evidence: evidence('said', { occurredAt: '2026-03-02T09:00:01Z' }) }],
    ['evidence-too-old', { milestoneId: 'need-named', evidence: evidence('said', { occurredAt: '1000-03-02T09:00:00Z' }) }],
    ['milestone-not-found', { milestoneId: 'hope', evidence: evidence('said') }],
    ['amount-missing', { milestoneId: 'ordered', evidence: evidence('wrote') }],
    ['amount-not-positive', order({ amount: euros('0.00') })],
    ['rate-missing', order({ amount: { amount: '10.00', currency: 'USD' } })],
  ])('refuses with 422 %s, and changes nothing', async (code, body) => {
    const { open, command, get, events } = await pipelineInMemory();
    const id = await open();
    const before = events().length;
    expect(await command(id, 'milestones', body)).toMatchObject({ status: 422, code });
    expect((await get(id)).json).toMatchObject({ status: 'open', milestones: [] });
    expect(events().length).toBe(before);
  });

  it('advances the opportunity on the customer’s act; milestones may be skipped, and each counts once', async () => {
    const { open, command } = await pipelineInMemory();
    const id = await open();
    const shown = { milestoneId: 'plant-shown', evidence: evidence('did', { quote: 'We liked the press.' }) };
    expect((await command(id, 'milestones', shown)).json).toMatchObject({
      milestones: [{ milestoneId: 'plant-shown', quote: 'We liked the press.' }],
      nextMilestoneId: 'need-named',
    });
    expect(await command(id, 'milestones', shown)).toMatchObject({ status: 422, code: 'milestone-already-reached' });
  });

  it('keeps the customer’s words and typed role out of the event, and shows them to those who may see the opportunity', async () => {
    const { open, command, events, get } = await pipelineInMemory();
    const id = await open();
    const by = { party: 'customer', role: 'Frau Byron, Einkauf' };
    await command(id, 'milestones', { milestoneId: 'need-named', evidence: evidence('said', { quote: 'Secret words', by }) });
    expect(JSON.stringify(events())).not.toMatch(/Secret words|Byron/);
    expect(events().at(-1)?.data).toMatchObject({ partyRole: 'procurement' });
    const typed = { partyRole: 'procurement', partyRoleText: by.role, quote: 'Secret words' };
    expect((await get(id)).json).toMatchObject({ milestones: [typed] });
  });

  it('wins the order with the last milestone, at the rate of its day in Berlin', async () => {
    const { open, command, events } = await pipelineInMemory();
    const id = await open();
    const sunday = evidence('wrote', { occurredAt: '2026-02-28T23:30:00Z' });
    const won = await command(id, 'milestones', order({ evidence: sunday, amount: { amount: '100.00', currency: 'CHF' } }));
    expect(won.json).toMatchObject({
      status: 'won',
      order: { orderId: `${id}-1`, reportingAmount: euros('107.00'), rate: { id: 'chf-march', value: '1.07' } },
    });
    expect(
      events()
        .slice(-2)
        .map((event) => event.name),
    ).toEqual(['MilestoneReached', 'OpportunityWon']);
    expect(await command(id, 'milestones', { milestoneId: 'need-named', evidence: evidence('said') })).toMatchObject({
      code: 'opportunity-closed',
    });
  });

  it('uses the amount of the opportunity if the order has none', async () => {
    const { open, command } = await pipelineInMemory();
    const id = await open('ann', { amount: euros('77.70') });
    expect((await command(id, 'milestones', { milestoneId: 'ordered', evidence: evidence('wrote') })).json).toMatchObject({
      order: { amount: euros('77.70'), rate: { id: 'same-currency', value: '1' } },
    });
  });
});

describe('an opportunity', () => {
  it('is opened for a current rep, with a published process and an amount above 0', async () => {
    const { call } = await pipelineInMemory();
    const body = { processId: 'machines', account: { id: 'acme', name: null }, owner: 'ann' };
    const open = (about: object) => call('POST /opportunities', { body: { ...body, ...about } });
    expect(await open({ owner: 'stranger' })).toMatchObject({ status: 422, code: 'rep-not-found' });
    expect(await open({ processId: 'none' })).toMatchObject({ status: 422, code: 'process-not-found' });
    expect(await open({ amount: euros('-1.00') })).toMatchObject({ status: 422, code: 'amount-not-positive' });
    expect(await open({ amount: euros('1.001') })).toMatchObject({ status: 400 });
    expect(await open({ account: { id: 'acme', name: 'Acme \ud800' } })).toMatchObject({ status: 400, code: 'text-not-utf-8' });
    for (const name of ['   ', '\u00a0'])
      expect(await open({ account: { id: 'acme', name } })).toMatchObject({
        status: 400,
        json: { issues: [{ path: 'body.account.name' }] },
      });
    expect(await call('POST /opportunities', { role: 'rep', subject: 'login-bob', body })).toMatchObject({ code: 'rep-not-found' });
  });

  it('belongs to the account of the company that is named, however its name is written', async () => {
    const { call } = await pipelineInMemory();
    const open = (account: object) => call('POST /opportunities', { body: { processId: 'machines', account, owner: 'ann' } });
    const [one, other] = [await open({ name: 'Byron-Mills  GmbH' }), await open({ name: 'byron mills gmbh.' })];
    expect([one.status, other.json]).toMatchObject([201, { account: { id: companyAccountId('Byron Mills GmbH') } }]);
    expect(one.json).toMatchObject({ account: { id: companyAccountId('Byron Mills GmbH'), name: 'Byron-Mills  GmbH' } });
    expect(await open({ name: null })).toMatchObject({ status: 400, json: { issues: [{ path: 'body.account' }] } });
  });

  it('has an amount in the reporting currency or one with a rate', async () => {
    const { open, call, command, get } = await pipelineInMemory();
    const id = await open('ann', { amount: { amount: '10.00', currency: 'CHF' } });
    const body = { processId: 'machines', account: { id: 'acme', name: null }, owner: 'ann' };
    for (const unknown of ['XXX', 'USD']) {
      const amount = { amount: '10', currency: unknown };
      const refusal = {
        status: 422,
        code: 'rate-missing',
        json: { field: 'amount.currency', value: unknown, detail: expect.stringMatching(/EUR, CHF/) },
      };
      expect(await call('POST /opportunities', { body: { ...body, amount } })).toMatchObject(refusal);
      expect(await command(id, 'amend', { amount })).toMatchObject(refusal);
    }
    expect((await get(id)).json).toMatchObject({ amount: { amount: '10.00', currency: 'CHF' } });
    expect(await command(id, 'amend', { amount: null })).toMatchObject({ status: 200 });
  });

  it('is refused an amount above the limit when it is opened, amended and ordered', async () => {
    const { call, open, command } = await pipelineInMemory();
    const aboveLimit = euros('999999999999.99');
    const tooLarge = {
      status: 400,
      json: { issues: [{ path: 'body.amount.amount', rule: expect.stringContaining('above 100000000000') }] },
    };
    const body = { processId: 'machines', account: { id: 'acme', name: null }, owner: 'ann' };
    expect(await call('POST /opportunities', { body: { ...body, amount: aboveLimit } })).toMatchObject(tooLarge);
    expect(await call('POST /opportunities', { body: { ...body, amount: euros('100000000000.00') } })).toMatchObject({ status: 201 });
    const id = await open();
    expect(await command(id, 'amend', { amount: aboveLimit })).toMatchObject(tooLarge);
    expect(await command(id, 'milestones', order({ amount: aboveLimit }))).toMatchObject(tooLarge);
  });

  it('is opened once for one Idempotency-Key, however often it is sent', async () => {
    const { call, events } = await pipelineInMemory();
    const body = { processId: 'machines', account: { id: 'acme', name: null }, owner: 'ann' };
    const open = (about: object = {}) => call('POST /opportunities', { body: { ...body, ...about }, headers: { 'idempotency-key': 'k' } });
    const answers = await Promise.all(Array.from({ length: 15 }, () => open()));
    expect(new Set(answers.map(({ status, etag }) => JSON.stringify([status, etag]))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 201 });
    expect(answers.filter((answer) => answer.json !== undefined)).toHaveLength(1);
    expect(events().filter((event) => event.name === 'OpportunityOpened')).toHaveLength(1);
    expect(await open({ owner: 'bob' })).toMatchObject({ status: 409, code: 'idempotency-key-reused' });
  });

  it('is changed once by concurrent commands with one Idempotency-Key, and every one gets its status and ETag', async () => {
    const { open, get, call, events } = await pipelineInMemory();
    const id = await open();
    const { etag } = await get(id);
    const headers = { 'if-match': etag, 'idempotency-key': 'k' };
    const lose = (reason: string) =>
      call('POST /opportunities/{opportunityId}/lose', { path: { opportunityId: id }, body: { reason }, headers });
    const answers = await Promise.all(Array.from({ length: 5 }, () => lose('price')));
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.etag]))).size).toBe(1);
    expect(answers.flatMap((answer) => answer.json ?? [])).toMatchObject([{ status: 'lost' }]);
    expect(events().filter((event) => event.name === 'OpportunityLost')).toHaveLength(1);
    expect(await lose('timing')).toMatchObject({ status: 409, code: 'idempotency-key-reused' });
  });

  it('is amended at the version that was read, so that the second of two managers gets 412', async () => {
    const { open, command, get } = await pipelineInMemory();
    const id = await open();
    const { etag } = await get(id);
    const amend = (amount: string) => command(id, 'amend', { amount: euros(amount) }, { ifMatch: etag });
    const answers = await Promise.all([amend('10.00'), amend('20.00')]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 412]);
  });

  it('emits the values before and after an amendment, and no event where nothing changes', async () => {
    const { open, command, events } = await pipelineInMemory();
    const id = await open('ann', { amount: euros('10.00') });
    await command(id, 'amend', { owner: 'bob', segment: 'small' });
    expect(events().at(-1)).toMatchObject({
      name: 'OpportunityAmended',
      data: { before: { repId: 'ann', teamId: 'north', segment: null }, after: { repId: 'bob', teamId: 'south', segment: 'small' } },
    });
    const before = events().length;
    await command(id, 'amend', { owner: 'bob' });
    expect(events().length).toBe(before);
    expect(await command(id, 'amend', { owner: 'stranger' })).toMatchObject({ code: 'rep-not-found' });
    expect(await command(id, 'amend', { amount: euros('0.00') })).toMatchObject({ code: 'amount-not-positive' });
  });

  it('is lost once, with a reason', async () => {
    const { open, command } = await pipelineInMemory();
    const id = await open();
    expect(await command(id, 'lose', {})).toMatchObject({ status: 422, code: 'reason-missing' });
    expect((await command(id, 'lose', { reason: 'price', note: 'too expensive' })).json).toMatchObject({
      status: 'lost',
      lossReason: 'price',
    });
    expect(await command(id, 'lose', { reason: 'price' })).toMatchObject({ code: 'opportunity-closed' });
    expect(await command(id, 'amend', { segment: 'x' })).toMatchObject({ code: 'opportunity-closed' });
  });

  it('emits the figures of the order when the order is cancelled, with a reason', async () => {
    const { open, command, events } = await pipelineInMemory();
    const id = await open();
    expect(await command(id, 'cancel', { reason: 'not-paid' })).toMatchObject({ status: 422, code: 'order-not-found' });
    await command(id, 'milestones', order());
    expect(await command(id, 'cancel', {})).toMatchObject({ code: 'reason-missing' });
    expect((await command(id, 'cancel', { reason: 'not-paid' })).json).toMatchObject({
      status: 'cancelled',
      cancelReason: 'not-paid',
      order: { cancelledAt: '2026-03-02T09:00:00.000Z' },
    });
    const [won, cancelled] = ['OpportunityWon', 'OrderCancelled'].map((name) => events().find((event) => event.name === name)?.data);
    expect(cancelled).toMatchObject({ ...(typeof won === 'object' ? won : {}) });
  });

  it('is seen as it was known at an instant', async () => {
    const { open, command, get, move } = await pipelineInMemory();
    const id = await open();
    move(60_000);
    await command(id, 'milestones', { milestoneId: 'need-named', evidence: evidence('said') });
    const asOf = async (at: string) => (await get(id, { query: { asOf: at } })).json;
    expect(await asOf('2026-03-02T08:59:59Z')).toMatchObject({ status: 404 });
    expect(await asOf('2026-03-02T09:00:30Z')).toMatchObject({ milestones: [] });
    expect(await asOf('2026-03-02T09:01:00Z')).toMatchObject({ milestones: [{ milestoneId: 'need-named' }] });
  });

  it('answers the same 404 to those who may not see it as for one that does not exist', async () => {
    const { open, get, command } = await pipelineInMemory();
    const id = await open('bob');
    const hidden = await get(id, { role: 'rep', subject: 'login-ann' });
    const unknown = await get('nothing', { role: 'rep', subject: 'login-ann' });
    expect([hidden.status, hidden.code, hidden.json]).toEqual([unknown.status, unknown.code, unknown.json]);
    expect(hidden).toMatchObject({ status: 404, code: 'opportunity-not-found' });
    expect(await command(id, 'lose', { reason: 'price' }, { role: 'rep', subject: 'login-ann' })).toMatchObject({ status: 404 });
    expect((await get(id, { role: 'manager', subject: 'login-chief' })).status).toBe(200);
    expect((await get(id, { role: 'manager', subject: 'login-boss' })).status).toBe(404);
  });

  it('is visible to the last manager of a rep who left, who may give it to another rep', async () => {
    const { open, leave, call, command } = await pipelineInMemory();
    const id = await open('ann');
    await leave('ann', '2026-03-01');
    const boss = { role: 'manager', subject: 'login-boss' } as const;
    expect((await call('GET /opportunities', boss)).json).toMatchObject({ items: [{ opportunityId: id, repId: 'ann' }] });
    expect((await call('GET /opportunities', { role: 'manager', subject: 'login-chief' })).json).toMatchObject({ items: [] });
    expect((await command(id, 'amend', { owner: 'nora' }, boss)).json).toMatchObject({ repId: 'nora', teamId: 'north' });
    expect(await command(id, 'amend', { owner: 'ann' }, boss)).toMatchObject({ code: 'rep-not-found' });
  });

  it('is listed by owner, status and page: a rep’s own, a team’s for its manager, all for operations', async () => {
    const { open, call, command } = await pipelineInMemory();
    for (const owner of ['ann', 'nora', 'bob', 'ann']) await open(owner);
    await command(await open('ann'), 'lose', { reason: 'timing' });
    const list = async (about: object) => {
      const { json } = await call('GET /opportunities', about);
      return (
        JSON.stringify(json)
          .match(/"repId":"\w+"/g)
          ?.map((one) => one.slice(9, -1)) ?? []
      );
    };
    expect(await list({ role: 'rep', subject: 'login-ann' })).toEqual(['ann', 'ann', 'ann']);
    expect(await list({ role: 'rep', subject: 'login-ann', query: { owner: 'bob' } })).toEqual([]);
    expect(await list({ role: 'rep', subject: 'login-ann', query: { status: 'lost' } })).toEqual(['ann']);
    expect(await list({ role: 'manager', subject: 'login-boss' })).toEqual(['ann', 'ann', 'ann', 'nora']);
    expect(await list({ role: 'operations' })).toEqual(['ann', 'ann', 'ann', 'bob', 'nora']);
    for (const cursor of ['e30', toCursor({ partition: 'OWNER#bob' }), toCursor({ partition: 'OWNER#ann', inner: 'e30' })])
      expect(await call('GET /opportunities', { role: 'rep', subject: 'login-ann', query: { cursor } })).toMatchObject({
        status: 400,
        code: 'cursor-invalid',
        json: { field: 'cursor' },
      });
    const first = (await call('GET /opportunities', { query: { limit: '2' } })).json;
    const cursor = JSON.stringify(first).match(/"next":"([^"]+)"/)?.[1] ?? '';
    expect(await list({ query: { limit: '3', cursor } })).toEqual(['ann', 'bob', 'nora']);
  });
});

describe('a sales process', () => {
  it('gets a new version only for new content, and opportunities keep the version that they began with', async () => {
    const { call, open, command, publish } = await pipelineInMemory();
    const id = await open();
    const path = { processId: 'machines' };
    const { json, etag } = await call('GET /processes/{processId}', { path });
    const put = (milestones: readonly unknown[], ifMatch: string) =>
      call('PUT /processes/{processId}', { path, body: { name: { de: 'a', en: 'b' }, milestones }, headers: { 'if-match': ifMatch } });
    const only = { id: 'ordered', name: { de: 'a', en: 'b' }, provenBy: ['wrote'] };
    expect(json).toMatchObject({ version: 1 });
    expect(await publish('machines')).toMatchObject({ status: 412 });
    expect(await put([{ ...only, provenBy: ['said', 'said'] }], etag)).toMatchObject({
      status: 400,
      json: { issues: [{ path: 'body.milestones.0.provenBy' }] },
    });
    expect(await put([only, only], etag)).toMatchObject({ status: 422, code: 'duplicate-milestone' });
    expect((await put([only], etag)).json).toMatchObject({ version: 2 });
    expect((await put([only], '"2"')).json).toMatchObject({ version: 2 });
    expect((await command(id, 'milestones', { milestoneId: 'need-named', evidence: evidence('said') })).status).toBe(200);
    expect(await call('GET /processes/{processId}', { path: { processId: 'none' } })).toMatchObject({
      status: 404,
      code: 'process-not-found',
    });
    expect(await call('GET /processes', { query: { cursor: 'e30' } })).toMatchObject({ status: 400, json: { field: 'cursor' } });
    expect((await call('GET /processes')).json).toMatchObject({ items: [{ processId: 'machines', version: 2 }], next: null });
  });
});
