import { describe, expect, it } from 'vitest';
import { document, ownersOf, problem, routedCompany, rule, type ReadLead } from '../../testing/routed-company.ts';

const anybody = document(rule('all', { field: 'email', test: 'present' }));
const as = (rep: string) => ({ role: 'rep', subject: `login-${rep}` }) as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;
const note = 'Wants to talk about grinding';

/** A company in which one lead was given to its owner. */
const withLead = async (...reps: readonly string[]) => {
  const company = await routedCompany(reps);
  await company.put('/routing', anybody);
  const lead = await company.write({});
  const give = (call: object, body: object = { reason: 'lacks-a-skill', note }, match = '*') =>
    company.call('POST /leads/{leadId}/give-back', { path: { leadId: lead.leadId }, body, headers: { 'if-match': match }, ...call });
  const read = (call: object = {}): Promise<ReadLead> => company.read(lead.leadId, call);
  return { company, lead, owner: lead.owner?.repId ?? '', give, read };
};

describe('a lead that is given back', () => {
  it('goes to another rep at once, and the manager reads who gave it back and why', async () => {
    const { company, owner, give, read } = await withLead('ann', 'bob');
    const other = owner === 'ann' ? 'bob' : 'ann';
    expect(await give(as(owner))).toMatchObject({ status: 200, json: { owner: { repId: other, reason: 'rotation' }, queue: null } });
    const { routing } = await read(boss);
    expect(routing.sentences.slice(0, 2)).toEqual([
      `${other} was the only eligible rep.`,
      expect.stringMatching(new RegExp(`^${owner} gave it back on .*: it asks for a skill that is missing, “${note}”\\.$`)),
    ]);
    const open = async (id: string) => (await company.call('GET /sellers/{repId}', { path: { repId: id } })).json;
    expect([await open(owner), await open(other)]).toMatchObject([{ openLeads: 0 }, { openLeads: 1 }]);
    expect(company.rotationCounts('all')).toEqual({ ann: 1, bob: 1 });
    const said = company.events().find((event) => event.name === 'LeadGivenBack');
    expect(said).toMatchObject({ data: { repId: owner, byOwner: true } });
    expect(JSON.stringify(said)).not.toMatch(/grinding|lacks-a-skill/);
  });

  it('tells its next owner that it was given back, but neither by whom nor why', async () => {
    const { owner, give, read } = await withLead('ann', 'bob');
    await give(as(owner));
    const { routing } = await read(as(owner === 'ann' ? 'bob' : 'ann'));
    expect(routing.sentences[1]).toMatch(/^It was given back before, on /);
    expect(JSON.stringify(routing)).not.toMatch(new RegExp(`"${owner}"|grinding|skill that is missing`));
  });

  it('waits in a queue if no other rep is eligible, and may return to the same rep only when it has waited too long there', async () => {
    const { company, give, read } = await withLead('ann');
    expect(await give(as('ann'))).toMatchObject({ status: 200, json: { owner: null, queue: { queueId: 'inbox' } } });
    await company.watch();
    await company.settle();
    expect((await read()).owner).toBeNull();
    expect((await read(as('ann'))).routing.sentences).toContainEqual(expect.stringMatching(/^You gave it back on /));
    company.move(60 * 60_000);
    await company.sweep();
    await company.settle();
    expect((await read()).owner).toMatchObject({ repId: 'ann', reason: 'rotation' });
  });

  it('goes to another rep who becomes available before it has waited too long', async () => {
    const { company, give, read } = await withLead('ann');
    await company.hire('ann', 'bob');
    await company.profile('bob', { absences: [{ from: '2026-03-02T08:00:00Z', until: '2026-03-09T08:00:00Z' }] });
    await give(as('ann'));
    expect((await read()).queue).toMatchObject({ queueId: 'inbox' });
    await company.profile('bob', {});
    await company.settle();
    expect((await read()).owner).toMatchObject({ repId: 'bob' });
  });

  it('may be picked again by the rep who gave it back', async () => {
    const { company, lead, give } = await withLead('ann');
    await give(as('ann'));
    const pick = await company.call('POST /leads/{leadId}/pick', {
      ...as('ann'),
      path: { leadId: lead.leadId },
      headers: { 'if-match': '*' },
    });
    expect(pick).toMatchObject({ status: 200, json: { owner: { repId: 'ann', reason: 'queue-picked' } } });
  });

  it('is taken from its owner if a manager or sales operations gives it back', async () => {
    for (const who of [boss, { role: 'operations' } as const]) {
      const { company, owner, give, read } = await withLead('ann', 'bob');
      expect((await give(who, { reason: 'other' })).status).toBe(200);
      expect((await read(boss)).routing.sentences[1]).toMatch(
        new RegExp(`^It was taken from ${owner} and given back on .*: for another reason\\.$`),
      );
      expect(company.events().find((event) => event.name === 'LeadGivenBack')).toMatchObject({ data: { byOwner: false } });
      expect(ownersOf(company).size).toBe(1);
    }
  });

  it('cannot be given back by a colleague, without a reason, without a current version, with an unknown reason, or twice', async () => {
    const { company, lead, owner, give } = await withLead('ann', 'bob');
    const other = owner === 'ann' ? 'bob' : 'ann';
    const etag = String((await company.call('GET /leads/{leadId}', { ...as(owner), path: { leadId: lead.leadId } })).headers['etag']);
    expect(await give(as(other))).toMatchObject(problem('lead-not-found', 404));
    expect(await give({ role: 'manager', subject: 'stranger' })).toMatchObject(problem('lead-not-found', 404));
    expect(await give({ role: 'marketing' })).toMatchObject({ status: 403 });
    expect(await give(as(owner), {})).toMatchObject({ ...problem('reason-missing', 422), json: { field: 'reason' } });
    expect(await give(as(owner), { reason: 'bored' })).toMatchObject(problem('request-invalid', 400));
    expect((await give({ ...as(owner), headers: {} })).status).toBe(428);
    expect((await give(as(owner), { reason: 'no-time' }, etag)).status).toBe(200);
    expect(await give(boss, { reason: 'no-time' }, etag)).toMatchObject(problem('version-conflict', 412));
    expect(await give(as(owner))).toMatchObject(problem('lead-not-found', 404));
  });

  it('cannot be given back unless it is open and has an owner', async () => {
    const { company, lead, give } = await withLead('ann');
    await give(as('ann'));
    expect(await give(as('ann'))).toMatchObject(problem('lead-without-owner', 422));
    const about = { path: { leadId: lead.leadId }, headers: { 'if-match': '*' } };
    await company.call('POST /leads/{leadId}/assign', { ...about, body: { repId: 'ann' } });
    await company.call('POST /leads/{leadId}/disqualify', { ...about, body: { reason: 'no-need' } });
    expect(await give(as('ann'))).toMatchObject(problem('lead-disqualified', 422));
    const sold = await company.write({});
    const path = { leadId: sold.leadId };
    await company.call('POST /leads/{leadId}/convert', { path, headers: { 'if-match': '*' } });
    expect(await give({ ...boss, path })).toMatchObject(problem('lead-converted', 422));
  });

  it('keeps no reason for the return once the person is erased', async () => {
    const { company, lead, owner, give } = await withLead('ann', 'bob');
    await give(as(owner));
    await company.call('DELETE /leads/{leadId}', { path: { leadId: lead.leadId } });
    await company.settle();
    expect(JSON.stringify(company.table.dump())).not.toContain('grinding');
    expect(await company.stores.leads.refold(lead.leadId)).toEqual((await company.stores.leads.find(lead.leadId))?.lead);
  });
});
