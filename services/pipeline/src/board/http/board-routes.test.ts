import { boardView, dwellMeasured, opportunitiesToday, opportunityItem, opportunityView, pageOf } from '@meilenstein/contracts';
import { currency, fromMoney, sumOf, toMoney } from '@meilenstein/kernel';
import { batchOf } from '@meilenstein/runtime/testing/in-memory';
import { describe, expect, it } from 'vitest';
import { evidence, pipelineInMemory } from '../../testing/pipeline-in-memory.ts';
import { onDwellMeasured } from '../events/on-dwell-measured.ts';

const day = 86_400_000;
const ann = { role: 'rep', subject: 'login-ann' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;
const euros = (amount: string) => ({ amount, currency: 'EUR' });

/** A company for which forecast has measured that customers go on within 10 days, half of them within 3. */
const company = async () => {
  const pipeline = await pipelineInMemory();
  const { call, clock, consumer } = pipeline;
  const measure = async (usualDays: number, sequence: number) => {
    const dwell = { wentOn: 40, medianDays: 3, usualDays };
    const milestones = [
      { milestoneId: null, process: dwell, segments: [] },
      { milestoneId: 'need-named', process: dwell, segments: [{ segment: 'enterprise', wentOn: 31, medianDays: 20, usualDays: 60 }] },
    ];
    const at = clock.now();
    const times = { occurredAt: at, recordedAt: at, storedAt: at };
    const head = { id: `d${sequence}`, subject: 'dwell-machines', sequence, origin: 'live', correlationId: 'c', causedBy: null };
    const event = { ...dwellMeasured.of({ processId: pipeline.processId, milestones }), ...head, ...times };
    expect((await onDwellMeasured(pipeline, consumer)(batchOf(event))).batchItemFailures).toEqual([]);
  };
  await measure(10, 1);
  const open = (name: string, owner = 'ann', about: object = {}) =>
    pipeline.open(owner, { account: { id: `of-${owner}`, name }, ...about });
  const reach = async (id: string, milestoneId: string, about: object = {}) => {
    const act = milestoneId === 'plant-shown' ? 'did' : 'wrote';
    const occurredAt = clock.now();
    const answer = await pipeline.command(id, 'milestones', { milestoneId, evidence: evidence(act, { occurredAt }), ...about });
    expect(answer.status).toBe(200);
  };
  const board = async (query: Record<string, string> = {}, who: object = {}) =>
    boardView.parse((await call('GET /board', { query: { process: 'machines', ...query }, ...who })).json);
  const today = async (who: object = ann, query: Record<string, string> = {}) =>
    opportunitiesToday.parse((await call('GET /today/opportunities', { query, ...who })).json);
  return { ...pipeline, measure, openNamed: open, reach, board, today };
};

const counts = (board: Awaited<ReturnType<Awaited<ReturnType<typeof company>>['board']>>) =>
  board.columns.map(({ milestoneId, total }) => [milestoneId, total.count]);

describe('GET /board', () => {
  it('has a column for no milestone and one for each milestone but the order, with count, sum and what has no amount', async () => {
    const { openNamed, reach, board } = await company();
    await openNamed('Fresh', 'ann', { amount: euros('10.00') });
    await reach(await openNamed('Named', 'ann', { amount: euros('20.50') }), 'need-named');
    await reach(await openNamed('Unknown', 'bob'), 'need-named');
    const { columns, total } = await board();
    expect(columns).toMatchObject([
      { milestoneId: null, name: null, total: { count: 1, sum: euros('10.00'), withoutAmount: 0 } },
      { milestoneId: 'need-named', name: { de: 'Schritt' }, total: { count: 2, sum: euros('20.50'), withoutAmount: 1 } },
      { milestoneId: 'plant-shown', total: { count: 0, sum: euros('0.00') }, cards: [], usual: null, medianDays: null },
    ]);
    expect(total).toEqual({ count: 3, sum: euros('30.50'), withoutAmount: 1 });
  });

  it('adds up to the sum over all pages of the list to the cent, with 1,000 open opportunities and a filter', async () => {
    const { open, board, call } = await company();
    for (let n = 0; n < 1000; n += 1)
      await open(n % 2 === 0 ? 'ann' : 'nora', {
        amount: n % 10 === 0 ? null : { amount: `${n}.${String(n % 100).padStart(2, '0')}`, currency: n % 3 === 0 ? 'CHF' : 'EUR' },
        segment: n % 4 === 0 ? 'enterprise' : 'small',
      });
    for (const filter of [{}, { owner: 'ann' }, { segment: 'enterprise', minAmount: '500' }]) {
      const { columns, total } = await board(filter, boss);
      const query = { ...filter, status: 'open', process: 'machines', limit: '100' };
      const items: ReturnType<typeof opportunityItem.parse>[] = [];
      let cursor: string | null = null;
      do {
        const { json } = await call('GET /opportunities', { ...boss, query: cursor === null ? query : { ...query, cursor } });
        const page = pageOf(opportunityItem).parse(json);
        items.push(...page.items);
        cursor = page.next;
      } while (cursor !== null);
      const euro = currency.parse('EUR');
      const summed = (amounts: readonly (typeof total.sum)[]) =>
        fromMoney(
          sumOf(
            amounts.flatMap((amount) => (amount === null ? [] : [toMoney(amount)])),
            euro,
          ),
        );
      expect(total.sum).toEqual(summed(items.map(({ reportingAmount }) => reportingAmount)));
      expect(total.sum).toEqual(summed(columns.map((column) => column.total.sum)));
      expect(total.count).toBe(items.length);
      expect(total.withoutAmount).toBe(items.filter(({ reportingAmount }) => reportingAmount === null).length);
    }
  }, 60_000);

  it('shows 30 cards of a column, and the list goes on where they end', async () => {
    const { open, board, call } = await company();
    for (let n = 0; n < 33; n += 1) await open('ann', { amount: euros(`${100 + n}.00`) });
    const [column] = (await board({ sort: 'largest' })).columns;
    expect(column?.cards).toHaveLength(30);
    const query = { status: 'open', process: 'machines', milestone: 'none', sort: 'largest', cursor: column?.next ?? '' };
    const rest = pageOf(opportunityItem).parse((await call('GET /opportunities', { query })).json);
    expect(rest.items.map(({ reportingAmount }) => reportingAmount?.amount)).toEqual(['102.00', '101.00', '100.00']);
  });

  it('marks a customer who is silent for longer than nine in ten of those who went on, and whom any act wakes', async () => {
    const { openNamed, reach, board, move } = await company();
    const id = await openNamed('Silent');
    move(10 * day);
    expect((await board()).columns[0]?.cards).toMatchObject([{ silence: { days: 10, usualDays: 10, isStalled: false } }]);
    move(day);
    expect((await board()).columns[0]).toMatchObject({
      medianDays: 11,
      usual: { wentOn: 40, medianDays: 3, usualDays: 10 },
      cards: [{ account: { name: 'Silent' }, nextMilestoneId: 'need-named', silence: { days: 11, isStalled: true } }],
    });
    expect(counts(await board({ stalled: 'true' }))[0]).toEqual([null, 1]);
    expect(counts(await board({ stalled: 'false' }))[0]).toEqual([null, 0]);
    await reach(id, 'need-named');
    expect((await board()).columns[1]?.cards).toMatchObject([{ silence: { days: 0, isStalled: false } }]);
  });

  it('compares a customer with those of the same segment where enough of them are known', async () => {
    const { openNamed, reach, board, move } = await company();
    await reach(await openNamed('Large', 'ann', { segment: 'enterprise' }), 'need-named');
    move(30 * day);
    expect((await board()).columns[1]?.cards).toMatchObject([{ silence: { days: 30, usualDays: 60, isStalled: false } }]);
  });

  it('keeps the newest measurement, in whatever order they arrive', async () => {
    const { openNamed, measure, board } = await company();
    await openNamed('Any');
    await measure(20, 3);
    await measure(15, 2);
    expect((await board()).columns[0]?.cards).toMatchObject([{ silence: { usualDays: 20 } }]);
  });

  it('counts what was won and lost this month apart, and nothing of last month', async () => {
    const { openNamed, reach, command, board, move } = await company();
    await reach(await openNamed('Won early', 'ann'), 'ordered', { amount: euros('5.00') });
    move(31 * day);
    await reach(await openNamed('Won', 'ann'), 'ordered', { amount: euros('7.00') });
    await command(await openNamed('Lost', 'bob', { amount: euros('3.00') }), 'lose', { reason: 'price' });
    expect((await board()).month).toMatchObject({
      label: '2026-04',
      won: { count: 1, sum: euros('7.00') },
      lost: { count: 1, sum: euros('3.00') },
    });
    expect((await board({}, ann)).month).toMatchObject({ won: { count: 1 }, lost: { count: 0 } });
  });

  it('shows a rep their own, a manager those of their teams, and nobody else anything', async () => {
    const { openNamed, board, call } = await company();
    await openNamed('Of ann', 'ann');
    await openNamed('Of nora', 'nora');
    await openNamed('Of bob', 'bob');
    expect([(await board({}, ann)).total.count, (await board({}, boss)).total.count, (await board()).total.count]).toEqual([1, 2, 3]);
    expect((await board({ owner: 'bob' }, boss)).total.count).toBe(0);
    expect((await call('GET /board', { query: { process: 'machines' }, role: 'finance' })).status).toBe(403);
    expect(await call('GET /board', { query: { process: 'nothing' } })).toMatchObject({ status: 404, code: 'process-not-found' });
  });

  it('answers 304 until something changes', async () => {
    const { openNamed, call } = await company();
    await openNamed('One');
    const query = { process: 'machines' };
    const { etag } = await call('GET /board', { query });
    const again = () => call('GET /board', { query, headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    await openNamed('Two');
    expect((await again()).status).toBe(200);
  });
});

describe('GET /today/opportunities', () => {
  it('lists silent customers, then those who usually go on about now, then those without a milestone', async () => {
    const { openNamed, reach, today, move } = await company();
    await openNamed('Silent');
    move(6 * day);
    await reach(await openNamed('Likely', 'ann', { amount: euros('9.00') }), 'need-named');
    move(4 * day);
    await openNamed('Nothing yet');
    move(day);
    const { lines, total } = await today();
    expect(lines).toMatchObject([
      { account: { name: 'Silent' }, reason: { code: 'customer-silent', days: 11, usualDays: 10, percent: 90, wentOn: 40 } },
      { account: { name: 'Likely' }, reason: { code: 'next-milestone-likely', days: 5, medianDays: 3, milestoneId: 'plant-shown' } },
      { account: { name: 'Nothing yet' }, dueAt: '2026-03-23T09:00:00.000Z', reason: { code: 'no-milestone-yet', days: 1 } },
    ]);
    expect(total).toBe(3);
  });

  it('lists nothing that was opened today, or where the customer acted lately', async () => {
    const { openNamed, reach, today } = await company();
    await openNamed('Fresh');
    await reach(await openNamed('Awake'), 'need-named');
    expect(await today()).toMatchObject({ lines: [], total: 0 });
  });

  it('gives lines a version with which a command needs no further GET', async () => {
    const { openNamed, command, today, move } = await company();
    const id = await openNamed('Silent');
    move(11 * day);
    const [line] = (await today()).lines;
    expect((await command(id, 'lose', { reason: 'price' }, { ifMatch: String(line?.version), ...ann })).status).toBe(200);
    expect((await today()).total).toBe(0);
  });

  it('shows a manager the day of a rep, and a rep nobody else’s', async () => {
    const { openNamed, today, call, move } = await company();
    await openNamed('Silent');
    move(11 * day);
    expect((await today(boss, { rep: 'ann' })).total).toBe(1);
    expect((await today(boss)).total).toBe(0);
    for (const [who, query] of [
      [ann, { rep: 'bob' }],
      [boss, { rep: 'bob' }],
      [{ role: 'operations' }, {}],
    ] as const)
      expect(await call('GET /today/opportunities', { query, ...who })).toMatchObject({ status: 404, code: 'rep-not-found' });
  });
});

describe('the silence of a customer', () => {
  const heard = (at: string) => ({ kind: 'answered', by: { party: 'customer', role: 'buyer' }, occurredAt: at, channel: 'call' });

  it('ends with an answer that reaches no milestone, on the board and in the list of the day, and begins again without it', async () => {
    const { openNamed, reach, board, today, command, get, move, clock } = await company();
    const id = await openNamed('Quiet');
    await reach(id, 'need-named');
    move(15 * day);
    const stalled = async () => (await board()).columns.flatMap(({ cards }) => cards.map(({ silence }) => silence.isStalled));
    const reasons = async () => (await today()).lines.map(({ reason }) => reason.code);
    expect([await stalled(), await reasons()]).toEqual([[true], ['customer-silent']]);
    expect(await command(id, 'responses', { ...heard(clock.now()), by: { party: 'us', role: 'rep' } })).toMatchObject({ status: 422 });
    expect(await stalled()).toEqual([true]);
    const answer = await command(id, 'responses', heard(clock.now()));
    expect([await stalled(), await reasons()]).toEqual([[false], []]);
    expect((await board()).columns.map(({ total }) => total.count)).toEqual([0, 1, 0]);
    const [response] = opportunityView.parse(answer.json).responses;
    await command(id, `responses/${response?.responseId}/withdraw`, { reason: 'wrong-opportunity' });
    expect([await stalled(), await reasons()]).toEqual([[true], ['customer-silent']]);
    expect((await get(id)).json).toMatchObject({ responses: [] });
  });

  it('is not ended by a correction, and a milestone that is withdrawn leaves the column it was in', async () => {
    const { openNamed, reach, board, command, move } = await company();
    const id = await openNamed('Quiet');
    await reach(id, 'need-named');
    move(15 * day);
    await command(id, 'milestones/need-named/correct', { reason: 'misunderstood', evidence: evidence('wrote', { channel: 'letter' }) });
    expect((await board()).columns[1]?.cards).toMatchObject([{ silence: { days: 15, isStalled: true } }]);
    await command(id, 'milestones/need-named/withdraw', { reason: 'wrong-entry' });
    expect((await board()).columns.map(({ total }) => total.count)).toEqual([1, 0, 0]);
  });

  it('counts an order with what is left of it, and nothing of one that was cancelled', async () => {
    const { openNamed, reach, board, command } = await company();
    const id = await openNamed('Won');
    await reach(id, 'ordered', { amount: euros('100.00') });
    await command(id, 'cancel', { reason: 'not-paid', amount: euros('30.00') });
    expect((await board()).month).toMatchObject({ won: { count: 1, sum: euros('70.00') } });
    await command(id, 'cancel', { reason: 'not-paid' });
    await command(id, 'reopen', { reason: 'customer-came-back' });
    expect(await board()).toMatchObject({ month: { won: { count: 0, sum: euros('0.00') } }, total: { count: 1 } });
  });
});
