import { describe, expect, it } from 'vitest';
import { eraseEvidence } from '../../opportunities/domain/erase-evidence.ts';
import { pipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const at = (day: string) => ({ occurredAt: `2026-02-${day}T10:00:00Z` });
const reference = { opportunity: { externalId: 'o1' } };
const opportunity = {
  kind: 'opportunity',
  externalId: 'o1',
  ...at('01'),
  processId: 'machines',
  account: { externalId: 'a1', name: 'Acme' },
  owner: 'ann',
  amount: { amount: '500.00', currency: 'EUR' },
};
const customer = { party: 'customer', role: 'buyer' };
const said = {
  kind: 'evidence',
  externalId: 'e1',
  ...at('03'),
  recordedAt: '2026-02-05T10:00:00Z',
  ...reference,
  milestoneId: 'need-named',
  act: 'said',
  channel: 'call',
  by: customer,
};
const order = {
  kind: 'order',
  externalId: 'w1',
  ...at('20'),
  ...reference,
  amount: { amount: '480.00', currency: 'EUR' },
  channel: 'contract',
};
const cancellation = { kind: 'cancellation', externalId: 'x1', ...at('25'), ...reference, reason: 'not-paid' };
const all = [opportunity, said, order, cancellation];
const statesOf = (outcomes: readonly { readonly state: string }[]) => outcomes.map((one) => one.state);

describe('the import of opportunities', () => {
  it('gives every row exactly one state, and a second run changes nothing', async () => {
    const { importRows, events } = await pipelineInMemory();
    const first = await importRows(all);
    expect(statesOf(first.outcomes)).toEqual(['created', 'created', 'created', 'created']);
    expect(first.status).toMatchObject({ status: 'finished', rows: 4, created: 4, rejected: 0 });
    const before = events().length;
    expect(statesOf((await importRows(all, 'i2')).outcomes)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(events().length).toBe(before);
  });

  it('K1a: keeps nothing of a name that is no UTF-8, so that the good file still creates its account', async () => {
    const { importRows, events } = await pipelineInMemory();
    const named = { ...opportunity, account: { externalId: 'a1', name: 'Müller Größe GmbH' } };
    const before = events();
    const bad = await importRows(Buffer.from(JSON.stringify(named), 'latin1'));
    expect(bad.outcomes).toMatchObject([{ row: 1, state: 'rejected', field: null, rule: expect.stringMatching(/^text-not-utf-8/) }]);
    const damaged = await importRows([{ ...named, account: { externalId: 'a1', name: 'M\ufffdller Gr\ufffd\ufffde GmbH' } }], 'i2');
    expect(damaged.outcomes).toMatchObject([{ state: 'rejected', field: 'account.name' }]);
    expect(events()).toEqual(before);
    expect((await importRows([named], 'i3')).outcomes).toMatchObject([{ state: 'created' }]);
    expect(events().find((event) => event.name === 'OpportunityOpened')).toMatchObject({
      data: { account: { name: 'Müller Größe GmbH' } },
    });
  });

  it('keeps three times apart: when a fact occurred, was recorded and was stored', async () => {
    const { importRows, events, call } = await pipelineInMemory();
    const { outcomes } = await importRows(all);
    expect(outcomes).toHaveLength(4);
    expect(events().find((event) => event.name === 'MilestoneReached')).toMatchObject({
      origin: 'import',
      occurredAt: '2026-02-03T10:00:00.000Z',
      recordedAt: '2026-02-05T10:00:00.000Z',
      storedAt: '2026-03-02T09:00:00.000Z',
    });
    const id = events().find((event) => event.name === 'OpportunityOpened')?.subject ?? '';
    const asOf = async (day: string) =>
      (await call('GET /opportunities/{opportunityId}', { path: { opportunityId: id }, query: { asOf: `2026-02-${day}T12:00:00Z` } })).json;
    expect(await asOf('04')).toMatchObject({ milestones: [] });
    expect(await asOf('05')).toMatchObject({ milestones: [{ milestoneId: 'need-named' }] });
    expect(await asOf('21')).toMatchObject({ status: 'won' });
  });

  it.each([
    ['evidence of what the seller did', { ...said, by: { party: 'us', role: 'rep' } }, 'by.party', 'evidence-not-from-customer'],
    ['a rep who is not in the organisation', { ...opportunity, externalId: 'o2', owner: 'stranger' }, 'owner', 'rep-not-found'],
    ['a process that was never published', { ...opportunity, externalId: 'o2', processId: 'none' }, 'processId', 'process-not-found'],
    ['evidence of an unknown opportunity', { ...said, opportunity: { externalId: 'nowhere' } }, 'opportunity', 'opportunity-not-found'],
    ['a milestone that the process does not have', { ...said, milestoneId: 'hope' }, 'milestoneId', 'milestone-not-found'],
    ['an order in a currency without a rate', { ...order, amount: { amount: '1.00', currency: 'USD' } }, 'amount.currency', 'rate-missing'],
    ['an order from next year', { ...order, occurredAt: '2027-02-20T10:00:00Z' }, 'occurredAt', 'time-in-future'],
    ['evidence recorded next year', { ...said, recordedAt: '2027-02-05T10:00:00Z' }, 'recordedAt', 'time-in-future'],
    ['evidence recorded before it happened', { ...said, recordedAt: '2026-02-02T10:00:00Z' }, 'recordedAt', 'recorded-before-occurred'],
    ['evidence from the year 1', { ...said, occurredAt: '0001-02-03T10:00:00Z' }, 'occurredAt', 'time-too-old'],
    ['an order from the last minute of 1989', { ...order, occurredAt: '1989-12-31T23:59:59Z' }, 'occurredAt', 'time-too-old'],
    ['a field that is not in the contract', { ...said, probability: 0.8 }, '', 'Unrecognized key'],
    ['an unknown act', { ...said, act: 'thought' }, 'act', 'Invalid option'],
    ['an amount above the limit', { ...order, amount: { amount: '999999999999.99', currency: 'EUR' } }, 'amount', 'above 100000000000'],
    ['a line that is not JSON', '{', '', 'not a JSON document'],
  ])('rejects %s with row, field and rule, and imports the other rows', async (_, row, field, rule) => {
    const { importRows } = await pipelineInMemory();
    const { outcomes, status } = await importRows([opportunity, row, { ...said, externalId: 'e9', act: 'wrote' }]);
    expect(statesOf(outcomes)).toEqual(['created', 'rejected', 'created']);
    expect(outcomes[1]).toMatchObject({ row: 2, rule: expect.stringContaining(rule) });
    expect(status?.rejections).toMatchObject([{ row: 2 }]);

    expect(outcomes[1]?.field ?? '').toContain(field);
  });

  it('waits for a rep and a process that are not known yet', async () => {
    const { importRows, join, publish } = await pipelineInMemory();
    const news = [() => join('lea', 'south'), () => publish('mills')];
    const rows = [opportunity, { ...opportunity, externalId: 'o2', owner: 'lea', processId: 'mills' }, said];
    const { outcomes } = await importRows(rows, 'i1', async () => void (await news.shift()?.()));
    expect(statesOf(outcomes)).toEqual(['created', 'created', 'created']);
    expect(news).toEqual([]);
  });

  it('waits twenty seconds in total for an unknown rep, however many rows name the rep, and not at all where every name is known', async () => {
    const { importRows } = await pipelineInMemory();
    let waited = 0;
    const delay = async (millis: number) => void (waited += millis);
    await importRows(all, 'i1', delay);
    expect(waited).toBe(0);
    const rows = Array.from({ length: 600 }, (_, n) => ({ ...opportunity, externalId: `n${n}`, owner: 'stranger' }));
    expect((await importRows(rows, 'i2', delay)).status).toMatchObject({ rejected: 600 });
    expect(waited).toBe(20_000);
  });

  it('amends an open opportunity whose row has changed', async () => {
    const { importRows, events } = await pipelineInMemory();
    await importRows([opportunity]);
    const changed = { ...opportunity, amount: { amount: '900.00', currency: 'EUR' } };
    expect(statesOf((await importRows([changed], 'i2')).outcomes)).toEqual(['updated']);
    expect(events().at(-1)).toMatchObject({ name: 'OpportunityAmended', data: { after: { amount: { minor: 90_000 } } } });
  });

  const rejectedIn = async (first: readonly object[], corrected: object) => {
    const { importRows, events } = await pipelineInMemory();
    await importRows(first);
    const before = events().length;
    const { outcomes, status } = await importRows([corrected], 'i2');
    expect(events().length).toBe(before);
    return { states: statesOf(outcomes), rejections: status?.rejections };
  };

  it.each([
    [
      'another amount of an order',
      [opportunity, said, order],
      { ...order, amount: { amount: '490.00', currency: 'EUR' } },
      { field: 'amount.amount', value: '490.00' },
    ],
    [
      'another day of an order',
      [opportunity, said, order],
      { ...order, ...at('21') },
      { field: 'occurredAt', value: '2026-02-21T10:00:00.000Z' },
    ],
    ['a second order', [opportunity, said, order], { ...order, externalId: 'w2' }, { field: 'externalId', value: 'w2' }],
    [
      'a second order of another amount',
      [opportunity, order],
      { ...order, externalId: 'w2', amount: { amount: '1.00', currency: 'EUR' } },
      { field: 'externalId', value: 'w2' },
    ],
    ['another channel of evidence', [opportunity, said], { ...said, channel: 'video' }, { field: 'channel', value: 'video' }],
    [
      'another day on which evidence was known',
      [opportunity, said],
      { ...said, recordedAt: '2026-02-06T10:00:00Z' },
      { field: 'recordedAt', value: '2026-02-06T10:00:00.000Z' },
    ],
    ['other words of the customer', [opportunity, said], { ...said, quote: 'We need mills' }, { field: 'quote', value: null }],
    [
      'another amount of what is won',
      all.slice(0, 3),
      { ...opportunity, amount: { amount: '501.00', currency: 'EUR' } },
      { field: 'amount.amount', value: '501.00' },
    ],
    ['another owner of what is won', all.slice(0, 3), { ...opportunity, owner: 'nora' }, { field: 'owner', value: 'nora' }],
    ['another day of opening', [opportunity], { ...opportunity, ...at('02') }, { field: 'occurredAt', value: '2026-02-02T10:00:00.000Z' }],
    [
      'another account',
      [opportunity],
      { ...opportunity, account: { externalId: 'a2', name: 'Acme' } },
      { field: 'account.externalId', value: 'a2' },
    ],
    ['another reason of a cancellation', all, { ...cancellation, reason: 'wrong-entry' }, { field: 'reason', value: 'wrong-entry' }],
  ])('rejects %s of an imported row with field, value and rule, and changes nothing', async (_, first, corrected, about) => {
    const { states, rejections } = await rejectedIn(first, corrected);
    expect(states).toEqual(['rejected']);
    expect(rejections).toMatchObject([{ row: 1, ...about, rule: expect.stringContaining('history-immutable') }]);
  });

  it('imports a loss once, and rejects a different loss of the same opportunity', async () => {
    const { importRows } = await pipelineInMemory();
    const loss = { kind: 'loss', externalId: 'l1', ...at('10'), ...reference, reason: 'price' };
    await importRows([opportunity, loss]);
    const again = await importRows([opportunity, loss, { ...loss, ...at('11') }, { ...loss, reason: 'timing' }], 'i2');
    expect(statesOf(again.outcomes)).toEqual(['unchanged', 'unchanged', 'rejected', 'rejected']);
    expect(again.status?.rejections).toMatchObject([
      { row: 3, field: 'occurredAt' },
      { row: 4, field: 'reason', value: 'timing' },
    ]);
  });

  it('refuses rows that come before the one that opens their opportunity, and imports those after it', async () => {
    const { importRows, call } = await pipelineInMemory();
    const shown = { ...said, externalId: 'e2', ...at('04'), recordedAt: undefined, milestoneId: 'plant-shown', act: 'did' };
    const { outcomes, status } = await importRows([order, said, opportunity, shown]);
    expect(statesOf(outcomes)).toEqual(['rejected', 'rejected', 'created', 'created']);
    expect(status?.rejections).toMatchObject(
      [1, 2].map((row) => ({ row, field: 'opportunity', value: 'o1', rule: expect.stringContaining('opportunity-not-found') })),
    );
    expect((await call('GET /opportunities')).json).toMatchObject({
      items: [{ status: 'open', milestones: [{ milestoneId: 'plant-shown' }] }],
    });
    expect(statesOf((await importRows([said, order], 'i2')).outcomes)).toEqual(['created', 'created']);
  });

  it('reads a file that begins with a byte-order mark', async () => {
    const { importRows } = await pipelineInMemory();
    expect(statesOf((await importRows([`\ufeff${JSON.stringify(opportunity)}`, said])).outcomes)).toEqual(['created', 'created']);
  });

  it('leaves a row unchanged when it is imported again after its person was erased', async () => {
    const { importRows, stores, events } = await pipelineInMemory();
    const words = { ...said, quote: 'We need mills', by: { party: 'customer', role: 'Frau Byron' } };
    await importRows([opportunity, words]);
    await stores.opportunities.change(events()[0]?.subject ?? '', eraseEvidence);
    expect(statesOf((await importRows([words, { ...words, channel: 'video' }], 'i2')).outcomes)).toEqual(['unchanged', 'rejected']);
  });

  it('imports a file of many chunks and transactions', async () => {
    const { importRows } = await pipelineInMemory();
    const rows = Array.from({ length: 600 }, (_, n) => ({ ...opportunity, externalId: `m${n}` }));
    expect((await importRows(rows)).status).toMatchObject({ rows: 600, created: 600 });
  });
});

it('a rejected import row repeats the value that the rule refuses, except for a person’s own words', async () => {
  const { importRows } = await pipelineInMemory();
  const { status } = await importRows([
    { ...said, act: 'thought' },
    { ...said, quote: 'x'.repeat(2001) },
  ]);
  expect(status?.rejections).toMatchObject([
    { row: 1, field: 'act', value: 'thought' },
    { row: 2, field: 'quote', value: null },
  ]);
});

describe('a converted lead', () => {
  const times = { occurredAt: '2026-03-02T08:00:00.000Z', recordedAt: '2026-03-02T08:00:00.000Z', storedAt: '2026-03-02T08:00:00.000Z' };
  const data = {
    leadId: 'l1',
    opportunityId: 'from-lead',
    processId: null,
    sourceId: 's1',
    account: { id: 'acme', name: 'Acme' },
    repId: 'ann',
    teamId: 'north',
    capturedAt: times.occurredAt,
  };
  const event = {
    id: 'e',
    name: 'LeadConverted',
    version: 1,
    subject: 'l1',
    sequence: 4,
    ...times,
    origin: 'live',
    correlationId: 'c',
    causedBy: null,
    data,
  };

  it('becomes one opportunity, however often the event arrives', async () => {
    const { convert, get, events } = await pipelineInMemory();
    await convert(event);
    await convert(event);
    expect((await get('from-lead')).json).toMatchObject({
      status: 'open',
      leadId: 'l1',
      repId: 'ann',
      processId: 'machines',
      openedAt: times.occurredAt,
    });
    expect(events().filter((one) => one.name === 'OpportunityOpened')).toHaveLength(1);
  });

  it('opens no opportunity where the lead was imported', async () => {
    const { convert, get } = await pipelineInMemory();
    await convert({ ...event, origin: 'import' });
    expect((await get('from-lead')).status).toBe(404);
  });

  it('waits until its process is published', async () => {
    const { convert } = await pipelineInMemory();
    expect(await convert({ ...event, data: { ...data, processId: 'later' } })).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
  });
});

describe('a file that is imported again after people put its rows right', () => {
  it('brings nothing back that was withdrawn, corrected or reopened', async () => {
    const { importRows, command, get, events } = await pipelineInMemory();
    const rows = [opportunity, said, order];
    const { outcomes } = await importRows([...rows, cancellation]);
    expect(statesOf(outcomes)).toEqual(['created', 'created', 'created', 'created']);
    const id = events().at(-1)?.subject ?? '';
    const written = { act: 'wrote', by: customer, occurredAt: '2026-02-02T10:00:00Z', channel: 'letter' };
    await command(id, 'milestones/need-named/correct', { reason: 'misunderstood', evidence: written });
    await command(id, 'reopen', { reason: 'wrong-entry' });
    expect(statesOf((await importRows([...rows, cancellation], 'i2')).outcomes)).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
    await command(id, 'milestones/need-named/withdraw', { reason: 'wrong-entry' });
    const before = events().length;
    expect(statesOf((await importRows(rows, 'i3')).outcomes)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(events().length).toBe(before);
    expect((await get(id)).json).toMatchObject({ status: 'open', milestones: [] });
  });

  it('keeps a loss that was reopened from coming back', async () => {
    const { importRows, command, get, events } = await pipelineInMemory();
    const loss = { kind: 'loss', externalId: 'l1', ...at('10'), ...reference, reason: 'price' };
    await importRows([opportunity, loss]);
    const id = events().at(-1)?.subject ?? '';
    await command(id, 'reopen', { reason: 'wrong-entry' });
    expect(statesOf((await importRows([opportunity, loss], 'i2')).outcomes)).toEqual(['unchanged', 'unchanged']);
    expect((await get(id)).json).toMatchObject({ status: 'open' });
  });
});
