import { importStarted } from '@meilenstein/contracts';
import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { document, office, ownersOf, routedCompany, rule } from '../../testing/routed-company.ts';

const anybody = document(rule('all', { field: 'email', test: 'present' }));
const away = { absences: [{ from: '2026-03-02T08:00:00Z', until: '2026-03-20T08:00:00Z' }] };

const hour = { id: 'hour', name: 'Hour', when: { field: 'email', test: 'present' }, minutes: 60, hours: office };

const withLeads = async (count: number, ...reps: readonly string[]) => {
  const company = await routedCompany(reps);
  await company.put('/routing', anybody);
  for (let n = 0; n < count; n += 1) await company.write({});
  return company;
};
const openOf = async (company: Awaited<ReturnType<typeof withLeads>>, id: string) =>
  (await company.call('GET /sellers/{repId}', { path: { repId: id } })).json;
const reasons = (company: Awaited<ReturnType<typeof withLeads>>) =>
  company
    .events()
    .filter((event) => event.name === 'LeadUnassigned')
    .map((event) => Object(event.data)['reason']);

describe('a rep who leaves', () => {
  it('passes every open lead to other reps, and keeps what was sold', async () => {
    const company = await withLeads(6, 'ann', 'bob', 'cem');
    const mine = [...ownersOf(company)].filter(([, rep]) => rep === 'ann').map(([id]) => id);
    await company.call('POST /leads/{leadId}/convert', { path: { leadId: mine[0] ?? '' }, headers: { 'if-match': '*' } });
    await company.dismiss('ann', '2026-03-02');
    expect(reasons(company)).toEqual(['owner-has-left']);
    expect((await company.read(mine[1] ?? mine[0] ?? company.newest())).owner?.repId).not.toBe('ann');
    const open = z.object({ openLeads: z.int() });
    const theirs = [open.parse(await openOf(company, 'bob')).openLeads, open.parse(await openOf(company, 'cem')).openLeads];
    expect([theirs.toSorted(), await openOf(company, 'ann')]).toMatchObject([[2, 3], { openLeads: 0 }]);
  });

  it('is named to managers with the reason, and to the next owner only as a colleague', async () => {
    const company = await withLeads(1, 'ann', 'bob');
    const leadId = company.newest();
    const [first = '', other = ''] = ownersOf(company).get(leadId) === 'ann' ? ['ann', 'bob'] : ['bob', 'ann'];
    await company.dismiss(first, '2026-03-02');
    const read = async (as: { role: 'manager' | 'rep'; subject: string }) => (await company.read(leadId, as)).routing.sentences.join(' ');
    expect(await read({ role: 'manager', subject: 'login-boss' })).toMatch(new RegExp(`It was taken from ${first}, who has left, on `));
    const told = await read({ role: 'rep', subject: `login-${other}` });
    expect(told).toContain('A colleague had it until ');
    expect(told).not.toMatch(new RegExp(`${first}|has left`));
  });

  it('passes the leads on when the last day has come, although no event says so', async () => {
    const company = await withLeads(2, 'ann', 'bob');
    await company.dismiss('ann', '2026-03-04');
    expect(reasons(company)).toEqual([]);
    await company.watch();
    company.move(3 * 86_400_000);
    expect(await company.watch()).toMatchObject({ gone: 1, givenBack: 1 });
    expect(await company.watch()).toMatchObject({ gone: 0, givenBack: 0 });
    expect(await openOf(company, 'bob')).toMatchObject({ openLeads: 2 });
  });

  it('also passes on a lead that is requalified after the rep has left', async () => {
    const company = await withLeads(2, 'ann', 'bob');
    const [mine] = [...ownersOf(company)].filter(([, rep]) => rep === 'ann').map(([id]) => id);
    const send = (route: string, body: object) =>
      company.call(`POST /leads/{leadId}/${route}`, { path: { leadId: mine ?? '' }, body, headers: { 'if-match': '*' } });
    await send('disqualify', { reason: 'no-budget' });
    await company.dismiss('ann', '2026-03-02');
    await company.settle();
    expect(reasons(company)).toEqual([]);
    await send('qualify', { need: { value: 'a saw', evidence: 'call', on: '2026-03-02' } });
    await company.settle(2);
    expect([reasons(company), (await company.read(mine ?? company.newest())).owner?.repId]).toEqual([['owner-has-left'], 'bob']);
  });

  it('leaves the leads in the queue if no other rep is left', async () => {
    const company = await withLeads(1, 'ann');
    await company.dismiss('ann', '2026-03-02');
    expect(await company.read(company.newest())).toMatchObject({ owner: null, queue: { queueId: 'inbox' } });
  });
});

describe('a rep who is absent', () => {
  it('gives back leads that would wait too long, once, and gains no extra leads by the absence', async () => {
    const company = await withLeads(4, 'ann', 'bob', 'cem', 'dora');
    await company.profile('ann', away);
    await company.settle(3);
    expect(reasons(company)).toEqual(['owner-is-absent']);
    expect(await openOf(company, 'ann')).toMatchObject({ openLeads: 0, availableFrom: '2026-03-20T08:00:00.000Z' });
    for (let n = 0; n < 6; n += 1) await company.write({});
    company.move(Date.parse('2026-03-20T08:00:00Z') - Date.parse('2026-03-02T09:00:00Z'));
    const before = [...ownersOf(company).values()].filter((rep) => rep === 'ann').length;
    for (let n = 0; n < 4; n += 1) await company.write({});
    expect([...ownersOf(company).values()].filter((rep) => rep === 'ann').length - before).toBeLessThanOrEqual(2);
  });

  it('keeps leads that can be answered in time after the absence, and leads that are being worked on', async () => {
    const company = await withLeads(1, 'ann');
    await company.profile('ann', { absences: [{ from: '2026-03-02T08:00:00Z', until: '2026-03-02T09:59:00Z' }] });
    await company.settle();
    expect(reasons(company)).toEqual([]);
    const need = { value: 'a saw', evidence: 'call', on: '2026-03-02' };
    await company.call('POST /leads/{leadId}/qualify', {
      path: { leadId: company.newest() },
      body: { need },
      headers: { 'if-match': '*' },
    });
    await company.profile('ann', away);
    await company.settle();
    expect(reasons(company)).toEqual([]);
  });

  it('gives back a lead with a running service level unless it was answered, even if BANT was recorded', async () => {
    const company = await routedCompany(['ann', 'bob']);
    await company.put('/routing', anybody);
    await company.put('/service-levels', { levels: [hour] });
    for (let n = 0; n < 4; n += 1) await company.write({});
    const mine = [...ownersOf(company)].filter(([, rep]) => rep === 'ann').map(([id]) => id);
    const send = (leadId: string | undefined, route: string, body: object) =>
      company.call(`POST /leads/{leadId}/${route}`, { path: { leadId: leadId ?? '' }, body, headers: { 'if-match': '*' } });
    await send(mine[0], 'qualify', { budget: { value: '5000', evidence: 'call', on: '2026-03-02' } });
    await send(mine[1], 'answer', { channel: 'call' });
    await company.profile('ann', away);
    await company.settle();
    const unassigned = company.events().filter((event) => event.name === 'LeadUnassigned');
    expect(unassigned.map((event) => [event.subject, Object(event.data)['reason']])).toEqual([[mine[0], 'owner-is-absent']]);
    expect(company.events().filter((event) => event.name === 'LeadServiceLevelStarted')).toHaveLength(4);
  });

  it.each([
    ['keeps imported leads during an absence of some days', '2026-03-06T08:00:00Z', 'ann'],
    ['passes imported leads on if the absence is longer than a week, without a service level', '2026-03-20T08:00:00Z', 'bob'],
  ])('%s', async (_what, until, keeper) => {
    const company = await routedCompany(['ann', 'bob']);
    await company.put('/service-levels', { levels: [hour] });
    const { importId } = importStarted.parse((await company.call('POST /leads/imports', { body: { system: 'old-crm' } })).json);
    await company.upload(importId, [
      { kind: 'lead', externalId: 'L-1', occurredAt: '2025-06-01T08:00:00Z', owner: 'ann', person: { email: 'max@firm.example' } },
    ]);
    await company.settle();
    await company.profile('ann', { absences: [{ from: '2026-03-02T08:00:00Z', until }] });
    await company.settle();
    expect((await company.read(company.newest())).owner?.repId).toBe(keeper);
    expect(company.events().filter((event) => event.name === 'LeadServiceLevelStarted')).toEqual([]);
  });

  it('gives the leads back when a later absence begins', async () => {
    const company = await withLeads(2, 'ann', 'bob');
    await company.watch();
    await company.profile('ann', { absences: [{ from: '2026-03-05T08:00:00Z', until: '2026-03-20T08:00:00Z' }] });
    await company.settle();
    expect(reasons(company)).toEqual([]);
    company.move(Date.parse('2026-03-05T08:04:00Z') - Date.parse('2026-03-02T09:00:00Z'));
    expect(await company.watch(toInstant('2026-03-05T08:04:00Z'))).toMatchObject({ gone: 1, givenBack: 1 });
  });

  it('receives waiting leads once the absence ends', async () => {
    const company = await routedCompany(['ann']);
    await company.put('/routing', document(rule('all', { field: 'email', test: 'present' })));
    await company.profile('ann', away);
    const { leadId } = await company.write({});
    expect((await company.read(leadId)).queue).not.toBeNull();
    await company.profile('ann', {});
    await company.settle();
    expect((await company.read(leadId)).owner).toMatchObject({ repId: 'ann' });
  });
});
