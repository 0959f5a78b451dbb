import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { document, isIn, ownersOf, problem, routedCompany, rule } from '../../testing/routed-company.ts';

const anybody = rule('all', { field: 'email', test: 'present' });
const german = rule('german', isIn('DE'), { languages: ['de'] });
const spread = (counts: readonly number[]): number => Math.max(...counts) - Math.min(...counts);
const countsOf = (leads: Parameters<typeof ownersOf>[0]) =>
  [...Map.groupBy(ownersOf(leads), ([, rep]) => rep).values()].map((list) => list.length);

describe('a new lead', () => {
  it('goes to a rep whom the first matching rule allows, and says why in words', async () => {
    const company = await routedCompany(['ann', 'bob', 'cem']);
    await company.profile('ann', { languages: ['de'] });
    await company.profile('bob', { languages: ['fr'] });
    await company.put('/routing', document(rule('large', { field: 'employees', test: 'at-least', value: 500 }), german, anybody));
    const { owner, routing } = await company.write({ country: 'Germany', employees: '12' });
    expect(owner).toMatchObject({ repId: 'ann', reason: 'rotation' });
    expect(routing.sentences).toEqual([
      'ann was the only eligible rep.',
      'It was routed by the rule “Leads german” (version 1 of the rules): country is “DE” (here: DE).',
      'Before it, “Leads large” did not match: number of employees is at least 500 (here: 12).',
      'Passed over: bob speaks none of de; boss is a manager; cem speaks none of de.',
    ]);
    expect(routing.decision).toMatchObject({ ruleId: 'german', eligible: 1, excludedBy: { 'lacks-the-language': 2, 'does-not-sell': 1 } });
  });

  it('goes to each rep once while a large team enters its rotation, and waits for nothing', async () => {
    const reps = Array.from({ length: 170 }, (_, index) => `rep-${index}`);
    const company = await routedCompany(reps);
    await company.put('/routing', document(anybody));
    for (let n = 0; n < 3; n += 1) await company.write({});
    expect(countsOf(company)).toEqual([1, 1, 1]);
    expect(Object.keys(company.rotationCounts('all'))).toHaveLength(170);
  });

  it('publishes who was passed over for which reason, but nothing about the person and no absence', async () => {
    const company = await routedCompany(['ann', 'bob']);
    await company.profile('bob', { absences: [{ from: '2026-03-01T00:00:00Z', until: '2026-03-20T00:00:00Z' }] });
    await company.put('/routing', document(rule('mail', { field: 'email', test: 'ends-with', value: 'firm1.example' })));
    await company.write({});
    const said = company.events().filter((event) => ['LeadRouted', 'SellerProfileChanged'].includes(event.name));
    expect(JSON.stringify(said.map((event) => event.data))).toContain('"code":"is-absent"');
    expect(JSON.stringify(said)).not.toMatch(/p1@|2026-03-20/);
  });

  it('stays with the rep who sold to its company before, once rules are published', async () => {
    const company = await routedCompany(['ann', 'bob', 'cem']);
    const first = await company.write({ company: 'Byron Mills' });
    const seller = first.owner?.repId ?? '';
    await company.call('POST /leads/{leadId}/convert', { path: { leadId: first.leadId }, headers: { 'if-match': '*' } });
    await company.put('/routing', document(anybody));
    for (let n = 0; n < 3; n += 1)
      expect((await company.write({ company: 'byron mills' })).owner).toMatchObject({ repId: seller, reason: 'account-owner' });
    expect((await company.write({ company: 'Other Mills' })).owner?.repId).not.toBe(seller);
  });

  it('is routed by the same rules if it was imported without an owner, and a repeated row changes nothing', async () => {
    const company = await routedCompany(['ann', 'bob']);
    await company.profile('ann', { languages: ['de'] });
    await company.put('/routing', document(german));
    const { importId } = z
      .object({ importId: z.string() })
      .parse((await company.call('POST /leads/imports', { body: { system: 'fair' } })).json);
    const row = { kind: 'lead', externalId: 'L-1', occurredAt: '2026-02-20T08:00:00Z', person: { email: 'x@y.example', country: 'DE' } };
    const bad = {
      ...row,
      externalId: 'L-2',
      person: { email: 'z@y.example' },
      converted: { opportunityExternalId: 'O', occurredAt: row.occurredAt },
    };
    await company.upload(importId, [row, bad, row]);
    const status = (await company.call('GET /leads/imports/{importId}', { path: { importId } })).json;
    expect(status).toMatchObject({ created: 1, unchanged: 1, rejected: 1, rejections: [{ row: 2, field: 'owner' }] });
    expect([...ownersOf(company).values()]).toEqual(['ann']);
  });

  it('has exactly one owner if a hundred come at once, and no rep gets two more than another', async () => {
    const company = await routedCompany(['ann', 'bob', 'cem', 'dora', 'emil', 'fay', 'gus']);
    await company.put('/routing', document(rule('german', isIn('DE')), anybody));
    await company.writeAtOnce(Array.from({ length: 100 }, (_, index) => ({ country: index % 3 === 0 ? 'FR' : 'DE' })));
    expect(company.events().filter((event) => event.name === 'LeadAssigned')).toHaveLength(100);
    expect(ownersOf(company).size).toBe(100);
    for (const rotation of ['german', 'all']) expect(spread(Object.values(company.rotationCounts(rotation)))).toBeLessThanOrEqual(1);
    const writes = company.table.dump().filter((item) => item.pk === 'TURNS' && item.sk.startsWith('HEAD#'));
    expect(writes.map((item) => item['version'])).toEqual([1, 1]);
  });

  it('is assigned fairly in batches of any size', async () => {
    const batches = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), batches, async (size, sizes) => {
        const company = await routedCompany(Array.from({ length: size }, (_, index) => `rep-${index}`));
        await company.put('/routing', document(anybody));
        for (const [round, count] of sizes.entries())
          await company.writeAtOnce(Array.from({ length: count }, (_, index) => ({ email: `b${round}-${index}@c${index}.example` })));
        const total = sizes.reduce((sum, one) => sum + one, 0);
        const counts = [...countsOf(company), ...Array.from({ length: size }, () => 0)].slice(0, size);
        expect(counts.reduce((sum, one) => sum + one, 0)).toBe(total);
        expect(spread(counts)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 12 },
    );
  });

  it('never brings a rep above the capacity, however many come at once and by whichever rule', async () => {
    const company = await routedCompany(['ann', 'bob']);
    await company.profile('ann', { capacity: 3 });
    await company.profile('bob', { capacity: 2 });
    await company.put('/routing', document(rule('german', isIn('DE')), anybody));
    await company.writeAtOnce(Array.from({ length: 12 }, (_, index) => ({ country: index % 2 === 0 ? 'DE' : 'FR' })));
    const open = async (id: string) => (await company.call('GET /sellers/{repId}', { path: { repId: id } })).json;
    expect([await open('ann'), await open('bob')]).toMatchObject([{ openLeads: 3 }, { openLeads: 2 }]);
    expect(company.events().filter((event) => event.name === 'LeadQueued')).toHaveLength(7);
  });

  it('respects open leads that were counted in the former items', async () => {
    const company = await routedCompany(['ann', 'bob']);
    await company.profile('ann', { capacity: 3 });
    await company.table.transact([{ add: { pk: 'TURNS', sk: 'OPEN#ann' }, by: { open: 3 } }]);
    await company.put('/routing', document(anybody));
    const owners = [await company.write({}), await company.write({})].map((lead) => lead.owner?.repId);
    expect(owners).toEqual(['bob', 'bob']);
    expect((await company.call('GET /sellers/{repId}', { path: { repId: 'ann' } })).json).toMatchObject({ openLeads: 3 });
  });

  it('counts in the rotation if it is assigned by hand, even if two leads are assigned at the same moment', async () => {
    const company = await routedCompany(['ann', 'bob', 'cem']);
    await company.put('/routing', document(anybody));
    const [first, second] = [await company.write({}), await company.write({})];
    const give = (id: string, to: string) =>
      company.call('POST /leads/{leadId}/assign', {
        role: 'manager',
        subject: 'login-boss',
        path: { leadId: id },
        body: { repId: to },
        headers: { 'if-match': '*' },
      });
    const free = ['ann', 'bob', 'cem'].find((id) => id !== first.owner?.repId && id !== second.owner?.repId) ?? '';
    const answers = await Promise.all([give(first.leadId, free), give(second.leadId, free)]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(company.rotationCounts('all')).toEqual({ ann: 1, bob: 1, cem: 1, [free]: 2 });
    expect((await company.write({})).owner?.repId).not.toBe(free);
  });

  it('returns its rotation turn, only once, if it turns out to be fake or a duplicate', async () => {
    const company = await routedCompany(['ann', 'bob']);
    await company.put('/routing', document(anybody));
    const [robot, twin, other] = [await company.write({}), await company.write({}), await company.write({})];
    const about = (id: string) => ({ path: { leadId: id }, headers: { 'if-match': '*' } });
    await company.call('POST /leads/{leadId}/disqualify', { ...about(robot.leadId), body: { reason: 'not-a-lead' } });
    await company.call('POST /leads/{leadId}/merge', { ...about(other.leadId), body: { other: twin.leadId } });
    await company.settle(2);
    expect(Object.values(company.rotationCounts('all')).reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(company.events().filter((event) => event.name === 'RotationTurnReturned')).toHaveLength(2);
    const needless = await company.write({});
    await company.call('POST /leads/{leadId}/disqualify', { ...about(needless.leadId), body: { reason: 'no-need' } });
    await company.settle();
    expect(company.events().filter((event) => event.name === 'RotationTurnReturned')).toHaveLength(2);
  });
});

describe('a lead without an eligible rep', () => {
  const inbox = { path: { queueId: 'inbox' } };
  const ann = { role: 'rep', subject: 'login-ann' } as const;

  it('waits in a queue with a deadline, is picked once, and counts for the rep who picks it', async () => {
    const company = await routedCompany(['ann', 'bob']);
    await company.put('/routing', document(rule('french', isIn('FR'), { languages: ['fr'] }), anybody));
    const waiting = await company.write({ country: 'France' });
    expect(waiting).toMatchObject({ owner: null, queue: { queueId: 'inbox', dueAt: '2026-03-02T10:00:00.000Z' } });
    expect(waiting.routing.sentences.slice(0, 2)).toEqual([
      'It has waited in the queue inbox since 2 March 2026, 09:00 (UTC); somebody must pick it by 2 March 2026, 10:00 (UTC).',
      'No rep was eligible, so it went to the queue inbox.',
    ]);
    expect((await company.call('GET /queues/{queueId}', { ...inbox, ...ann })).json).toMatchObject({
      items: [{ leadId: waiting.leadId }],
      next: null,
    });
    const pick = (as: object) =>
      company.call('POST /leads/{leadId}/pick', { path: { leadId: waiting.leadId }, headers: { 'if-match': '*' }, ...as });
    const answers = await Promise.all([pick(ann), pick({ role: 'rep', subject: 'login-bob' })]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 422]);
    expect((await company.call('GET /queues/{queueId}', inbox)).json).toMatchObject({ items: [] });
    const { owner, queue, routing } = await company.read(waiting.leadId);
    expect([owner?.reason, queue, routing.sentences[0]]).toEqual(['queue-picked', null, `${owner?.repId} picked it from the queue.`]);
  });

  it('is shown to its team and to those who see all leads, and to nobody else', async () => {
    const company = await routedCompany(['ann']);
    await company.put('/routing', { rules: [], queue: { queueId: 'inbox', teamId: 'north', minutes: 60 } });
    const { leadId } = await company.write({});
    const queue = async (call: object) => (await company.call('GET /queues/{queueId}', { ...inbox, ...call })).status;
    expect([await queue(ann), await queue({ role: 'manager', subject: 'login-boss' }), await queue({ role: 'operations' })]).toEqual([
      200, 200, 200,
    ]);
    expect([await queue({ role: 'rep', subject: 'stranger' }), await queue({ role: 'marketing' })]).toEqual([404, 403]);
    expect(await company.call('GET /queues/{queueId}', { path: { queueId: 'none' } })).toMatchObject(problem('queue-not-found', 404));
    const stranger = { role: 'rep', subject: 'stranger', path: { leadId }, headers: { 'if-match': '*' } } as const;
    expect(await company.call('POST /leads/{leadId}/pick', stranger)).toMatchObject(problem('lead-not-found', 404));
    expect((await company.call('POST /leads/{leadId}/pick', { ...ann, path: { leadId } })).status).toBe(428);
  });

  it('is reported once as waiting too long, without a write in between, and goes to a rep who is available then', async () => {
    const company = await routedCompany(['ann']);
    const hours = { zone: 'Europe/Berlin', windows: [{ weekday: 1, from: '10:30', until: '17:00' }] };
    await company.profile('ann', { hours });
    await company.put('/routing', document(anybody));
    const { leadId } = await company.write({});
    company.move(59 * 60_000);
    await company.sweep();
    expect(company.events().filter((event) => event.name === 'LeadQueueOverdue')).toEqual([]);
    company.move(60_000);
    await company.sweep();
    await company.sweep();
    expect(company.events().filter((event) => event.name === 'LeadQueueOverdue')).toHaveLength(1);
    expect((await company.read(leadId)).queue).toMatchObject({ isOverdue: true });
    await company.settle();
    expect((await company.read(leadId)).owner).toMatchObject({ repId: 'ann' });
  });
});
