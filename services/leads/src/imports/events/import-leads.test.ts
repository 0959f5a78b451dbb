import { importStarted, importStatus } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { addMillis } from '@meilenstein/kernel';
import { importLeads } from './import-leads.ts';
import { leadsInMemory, recordOf, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const row = (number: number, about: Record<string, unknown> = {}) => ({
  kind: 'lead',
  externalId: `L-${number}`,
  occurredAt: '2025-06-01T08:00:00Z',
  recordedAt: '2025-06-02T08:00:00Z',
  person: { email: `p${number}@firm${number}.example`, company: `Firm ${number}` },
  owner: 'ann',
  ...about,
});

const take = async (leads: LeadsInMemory, lines: Uint8Array | readonly unknown[]) => {
  const { importId } = importStarted.parse((await leads.call('POST /leads/imports', { body: { system: 'old-crm' } })).json);
  await leads.upload(importId, lines);
  const status = await leads.call('GET /leads/imports/{importId}', { path: { importId } });
  const result = Buffer.from(leads.bucket.objects.get(`results/${importId}.ndjson`) ?? []).toString();
  return { status: importStatus.parse(status.json), result };
};
/** What happened to leads: that an import was started is another thing. */
const leadEvents = (leads: LeadsInMemory) => leads.events().filter(({ name }) => name !== 'LeadImportStarted');
const hired = async () => {
  const leads = leadsInMemory();
  await leads.hire('ann', 'bob');
  return leads;
};

describe('an import of leads', () => {
  it('makes each row a lead with its own times, in few transactions', async () => {
    const leads = await hired();
    const { status } = await take(
      leads,
      Array.from({ length: 300 }, (_, index) => row(index)),
    );
    expect(status).toMatchObject({ status: 'finished', rows: 300, created: 300, rejected: 0 });
    const captured = leads.events().filter((event) => event.name === 'LeadCaptured');
    expect(captured).toHaveLength(300);
    expect(captured[0]).toMatchObject({
      origin: 'import',
      occurredAt: '2025-06-01T08:00:00.000Z',
      recordedAt: '2025-06-02T08:00:00.000Z',
      storedAt: '2026-03-02T09:00:00.000Z',
      data: { sourceId: 'import-old-crm', submissionId: null, account: { name: 'Firm 0' } },
    });
  });

  it('waits for a rep that is not known yet, for at most about twenty seconds in total', async () => {
    const waits: number[] = [];
    const news: (() => Promise<void>)[] = [];
    const delay = async (millis: number) => {
      waits.push(millis);
      await news.shift()?.();
    };
    const leads = leadsInMemory(undefined, { delay });
    await leads.hire('ann');
    expect((await take(leads, [row(0)])).status).toMatchObject({ created: 1 });
    expect(waits).toEqual([]);
    news.push(
      async () => {},
      () => leads.hire('lea'),
    );
    expect((await take(leads, [row(1), row(2, { owner: 'lea' })])).status).toMatchObject({ created: 2, rejected: 0 });
    expect(waits).toHaveLength(2);
    const strangers = Array.from({ length: 600 }, (_, n) => row(10 + n, { owner: 'stranger' }));
    expect((await take(leads, strangers)).status).toMatchObject({ rejected: 600 });
    expect(waits.slice(2).reduce((sum, one) => sum + one, 0)).toBe(20_000);
  });

  it('changes nothing when it runs twice', async () => {
    const leads = await hired();
    const lines = [row(1), row(2, { converted: { opportunityExternalId: 'O-2', occurredAt: '2025-07-01T08:00:00Z' } })];
    await take(leads, lines);
    const before = leadEvents(leads);
    expect((await take(leads, lines)).status).toMatchObject({ created: 0, unchanged: 2 });
    expect(leadEvents(leads)).toEqual(before);
  });

  it('A17: deletes a second file at the address of a finished import unread', async () => {
    const leads = await hired();
    const { importId } = importStarted.parse((await leads.call('POST /leads/imports', { body: { system: 'old-crm' } })).json);
    await leads.upload(importId, [row(1)]);
    const before = leadEvents(leads);
    await leads.upload(importId, [row(2)]);
    expect(leadEvents(leads)).toEqual(before);
    expect(leads.bucket.objects.has(`imports/${importId}.ndjson`)).toBe(false);
  });

  it('updates a lead whose person changed and finds it by the old and the new address', async () => {
    const leads = await hired();
    await take(leads, [row(1)]);
    const moved = row(1, { person: { email: 'new@firm1.example', phone: '030 1234567' } });
    expect((await take(leads, [moved])).status).toMatchObject({ updated: 1 });
    const { items } = z
      .object({ items: z.array(z.object({ person: z.object({ email: z.string() }) })) })
      .parse((await leads.call('GET /leads')).json);
    expect(items.map((one) => one.person.email)).toEqual(['new@firm1.example']);
    for (const email of ['new@firm1.example', 'p1@firm1.example'])
      expect((await take(leads, [row(3, { person: { email } })])).status).toMatchObject({ rejected: 1 });
    expect((await take(leads, [moved])).status).toMatchObject({ unchanged: 1 });
  });

  it('converts a lead whose row says that it was converted', async () => {
    const leads = await hired();
    const converted = { opportunityExternalId: 'O-1', occurredAt: '2025-07-01T08:00:00Z' };
    await take(leads, [row(1)]);
    expect((await take(leads, [row(1, { converted })])).status).toMatchObject({ updated: 1 });
    expect(leads.events().at(-1)).toMatchObject({
      name: 'LeadConverted',
      occurredAt: '2025-07-01T08:00:00.000Z',
      recordedAt: '2025-07-01T08:00:00.000Z',
      data: { processId: null, repId: 'ann', teamId: 'north', capturedAt: '2025-06-01T08:00:00.000Z' },
    });
  });

  it('ends every row in exactly one state and names row, field and rule of a rejected one, but never the person', async () => {
    const leads = await hired();
    const lines = [
      row(1),
      'no json',
      row(3, { owner: 'zoe' }),
      row(4, { occurredAt: '2019-06-01T08:00:00Z' }),
      row(5, { person: { name: 'Ada Byron' } }),
      row(6, { person: { email: 'P1@firm1.example ' } }),
      { ...row(7), kind: 'opportunity' },
      row(1),
    ];
    const { status, result } = await take(leads, lines);
    expect(status).toMatchObject({ rows: 8, created: 1, unchanged: 1, updated: 0, rejected: 6 });
    expect(status.rejections).toMatchObject([
      { row: 2, rule: 'the line is not a JSON document' },
      { row: 3, field: 'owner', rule: 'zoe is not a rep of the organisation' },
      { row: 4, field: 'owner', rule: 'ann was in no team at 2019-06-01T08:00:00.000Z' },
      { row: 5, field: 'person', rule: 'has neither a usable e-mail nor a usable phone number' },
      { row: 6, field: 'person', rule: 'is already a lead, from another row or source' },
      { row: 7, field: 'kind' },
    ]);
    expect(result.trim().split('\n')).toHaveLength(8);
    expect(result + JSON.stringify(status)).not.toMatch(/byron|@/i);
  });

  it('rejects times in the future, and rows recorded before they occurred', async () => {
    const leads = await hired();
    const at = (day: string) => `${day}T08:00:00Z`;
    const { status } = await take(leads, [
      row(1, { occurredAt: at('2026-03-03'), recordedAt: undefined }),
      row(2, { recordedAt: at('2029-01-01') }),
      row(3, { recordedAt: at('2025-05-31') }),
      row(4, { converted: { opportunityExternalId: 'O-4', occurredAt: at('2030-01-01') } }),
      row(5, { occurredAt: at('1000-01-01') }),
    ]);
    expect(status).toMatchObject({ created: 0, rejected: 5 });
    expect(status.rejections).toMatchObject([
      { row: 1, field: 'occurredAt', value: '2026-03-03T08:00:00.000Z', rule: expect.stringContaining('time-in-future') },
      { row: 2, field: 'recordedAt', value: '2029-01-01T08:00:00.000Z', rule: expect.stringContaining('time-in-future') },
      { row: 3, field: 'recordedAt', value: '2025-05-31T08:00:00.000Z', rule: expect.stringContaining('recorded-before-occurred') },
      { row: 4, field: 'converted.occurredAt', value: '2030-01-01T08:00:00.000Z', rule: expect.stringContaining('time-in-future') },
      { row: 5, field: 'occurredAt', value: '1000-01-01T08:00:00.000Z', rule: expect.stringContaining('time-too-old') },
    ]);
  });

  it('rejects a person who is already a lead from a form', async () => {
    const leads = await hired();
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'msg_1', { email: 'p1@firm1.example' });
    await leads.settle();
    expect((await take(leads, [row(1), row(2)])).status).toMatchObject({ created: 1, rejected: 1 });
  });

  it('continues by a message to its own queue when its time runs out', async () => {
    const leads = await hired();
    const { importId } = importStarted.parse((await leads.call('POST /leads/imports', { body: { system: 'old-crm' } })).json);
    const key = `imports/${importId}.ndjson`;
    leads.bucket.put(key, Buffer.from(Array.from({ length: 300 }, (_, index) => JSON.stringify(row(index))).join('\n')));
    const again: string[] = [];
    const send = async (queue: string, body: string) => void again.push(`${queue} ${body}`);
    let asked = 0;
    const clock = { now: () => addMillis(leads.clock.now(), (asked += 1) * 11 * 60_000) };
    const body = JSON.stringify({ detail: { object: { key } } });
    const consumer = {
      queues: { send, sendLater: async () => {}, sendMany: async () => {} },
      queueUrl: 'own',
      deadLetterQueueUrl: 'dead',
      tries: 3,
    };
    await importLeads({ ...leads, clock }, consumer)({ Records: [recordOf({ object: { key } }, 'first')] });
    expect(again).toEqual([`imports ${body}`]);
    await leads.uploaded(key);
    const status = importStatus.parse((await leads.call('GET /leads/imports/{importId}', { path: { importId } })).json);
    expect(status).toMatchObject({ status: 'finished', rows: 300, created: 300, unchanged: 0 });
  });

  const ownersOf = async (leads: LeadsInMemory) => {
    const page = z.object({ items: z.array(z.object({ owner: z.object({ repId: z.string() }).nullable() })) });
    const listed = async (owner: string) => page.parse((await leads.call('GET /leads', { query: { owner } })).json).items.length;
    return { ann: await listed('ann'), bob: await listed('bob') };
  };

  it('corrects a wrong date or owner of the first file, once', async () => {
    const leads = await hired();
    await take(leads, [row(1), row(2)]);
    const corrected = [row(1, { owner: 'bob' }), row(2, { recordedAt: '2025-06-09T08:00:00Z' })];
    expect((await take(leads, corrected)).status).toMatchObject({ updated: 2, unchanged: 0, rejected: 0 });
    expect(await ownersOf(leads)).toEqual({ ann: 1, bob: 1 });
    expect(leads.events().findLast((event) => event.name === 'LeadCorrected')).toMatchObject({
      origin: 'import',
      recordedAt: '2025-06-09T08:00:00.000Z',
    });
    expect((await take(leads, corrected)).status).toMatchObject({ updated: 0, unchanged: 2 });
  });

  it('assigns a lead that the rules had assigned to the owner in the corrected row, and returns it to the rules', async () => {
    const leads = await hired();
    const byRules = row(1, { owner: undefined });
    await take(leads, [byRules]);
    const chosen = (await ownersOf(leads)).ann === 1 ? 'ann' : 'bob';
    const other = chosen === 'ann' ? 'bob' : 'ann';
    expect((await take(leads, [row(1, { owner: other })])).status).toMatchObject({ updated: 1 });
    expect(await ownersOf(leads)).toEqual({ ann: 0, bob: 0, [other]: 1 });
    expect((await take(leads, [byRules])).status).toMatchObject({ updated: 1 });
    expect(leads.events().at(-1)).toMatchObject({ name: 'LeadAssigned', data: { reason: 'rotation' } });
  });

  const about = (leads: LeadsInMemory) => ({ path: { leadId: leadEvents(leads)[0]?.subject ?? '' }, headers: { 'if-match': '*' } });
  const works: readonly (readonly [what: string, work: (leads: LeadsInMemory) => Promise<unknown>])[] = [
    ['answered', (leads) => leads.call('POST /leads/{leadId}/answer', { ...about(leads), body: { channel: 'call' } })],
    ['reassigned', (leads) => leads.call('POST /leads/{leadId}/assign', { ...about(leads), body: { repId: 'bob' } })],
    ['disqualified', (leads) => leads.call('POST /leads/{leadId}/disqualify', { ...about(leads), body: { reason: 'not-reachable' } })],
    ['converted', (leads) => leads.call('POST /leads/{leadId}/convert', about(leads))],
  ];

  it.each(works)('refuses to correct a lead that has been %s since, but updates its person', async (_, work) => {
    const leads = await hired();
    await take(leads, [row(1)]);
    expect(await work(leads)).toMatchObject({ status: 200 });
    const before = leadEvents(leads);
    const { status } = await take(leads, [
      row(1),
      row(1, { occurredAt: '2025-06-02T08:00:00Z' }),
      row(1, { recordedAt: '2025-06-03T08:00:00Z' }),
      row(1, { owner: 'boss' }),
      row(1, { converted: { opportunityExternalId: 'O-1', occurredAt: '2025-07-01T08:00:00Z' }, occurredAt: '2025-06-02T08:00:00Z' }),
      row(1, { person: { email: 'p1@firm1.example' } }),
    ]);
    expect(status).toMatchObject({ unchanged: 1, rejected: 5 });
    expect(status.rejections).toMatchObject([
      { row: 2, field: 'occurredAt', value: '2025-06-02T08:00:00.000Z', rule: expect.stringContaining('lead-already-worked') },
      { row: 3, field: 'recordedAt' },
      { row: 4, field: 'owner', value: 'boss' },
      { row: 5, field: 'occurredAt' },
      { row: 6, field: 'person.company', value: null },
    ]);
    expect(leadEvents(leads)).toEqual(before);
    expect((await take(leads, [row(1, { person: { ...row(1).person, name: 'Ada' } })])).status).toMatchObject({ updated: 1 });
  });

  it('takes the last value of a field, even if it repeats an earlier one or the lead was worked on', async () => {
    const leads = await hired();
    const called = (name: string) => row(1, { person: { ...row(1).person, phone: name } });
    await take(leads, [called('030 1')]);
    await leads.call('POST /leads/{leadId}/answer', { ...about(leads), body: { channel: 'call' } });
    for (const phone of ['030 2', '030 1']) {
      leads.move(60_000);
      expect((await take(leads, [called(phone)])).status).toMatchObject({ updated: 1 });
      expect(JSON.stringify((await leads.call('GET /leads')).json)).toContain(`"phone":"${phone}"`);
    }
    expect((await take(leads, [called('030 1')])).status).toMatchObject({ unchanged: 1 });
  });

  it('that was never started is not found', async () => {
    const leads = await hired();
    expect((await leads.call('GET /leads/imports/{importId}', { path: { importId: 'x' } })).status).toBe(404);
  });
});

describe('the bytes of a file of leads', () => {
  const inLatin = (...rows: readonly unknown[]) => Buffer.from(rows.map((one) => JSON.stringify(one)).join('\n'), 'latin1');

  it('K1b: rejects two people whose names differ only in bytes that are no UTF-8, each by its row', async () => {
    const leads = await hired();
    const file = inLatin(
      row(1, { person: { email: 'jürgen@mills.example' } }),
      row(2, { person: { email: 'jörgen@mills.example' } }),
      row(3),
    );
    const { status } = await take(leads, file);
    expect(status).toMatchObject({ rows: 3, created: 1, rejected: 2 });
    expect(status.rejections).toMatchObject([
      { row: 1, field: null, value: null, rule: expect.stringMatching(/^text-not-utf-8/) },
      { row: 2, rule: expect.stringMatching(/^text-not-utf-8/) },
    ]);
    expect(JSON.stringify(leads.table.dump())).not.toContain('\ufffd');
  });

  it('K1: takes the same rows once they are saved as UTF-8 or UTF-16', async () => {
    const leads = await hired();
    const rows = [row(1, { person: { email: 'jürgen@mills.example' } }), row(2, { person: { email: 'jörgen@mills.example' } })];
    expect((await take(leads, inLatin(...rows))).status).toMatchObject({ created: 0, rejected: 2 });
    const text = `\ufeff${rows.map((one) => JSON.stringify(one)).join('\r\n')}\r\n`;
    expect((await take(leads, Buffer.from(text, 'utf16le'))).status).toMatchObject({ rows: 2, created: 2 });
    expect((await take(leads, Buffer.from(text))).status).toMatchObject({ rows: 2, unchanged: 2 });
  });

  it('K1: rejects a row with half a surrogate pair, which no charset can write', async () => {
    const leads = await hired();
    const broken = JSON.stringify(row(1)).replace('Firm 1', 'Firm \\ud800');
    const { status } = await take(leads, [broken, JSON.stringify(row(2)).replace('Firm 2', '\\ud83d\\ude00')]);
    expect(status).toMatchObject({ created: 1, rejected: 1, rejections: [{ row: 1, rule: expect.stringMatching(/^text-not-utf-8/) }] });
  });

  it('K2a: counts the rows by line feeds only, whatever stands inside their texts', async () => {
    const leads = await hired();
    const odd = row(1, { person: { email: 'p1@firm1.example', message: 'one\u2028two\u2029three\u0085four' } });
    const { status, result } = await take(leads, [odd, row(2), row(3)]);
    expect(status).toMatchObject({ rows: 3, created: 3, rejected: 0 });
    expect(
      result
        .trim()
        .split('\n')
        .map((line) => z.object({ row: z.int() }).parse(JSON.parse(line)).row),
    ).toEqual([1, 2, 3]);
  });
});
