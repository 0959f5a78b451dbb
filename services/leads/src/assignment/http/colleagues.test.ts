import { leadsApi, type Route } from '@meilenstein/contracts';
import { repId, teamId, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { explainRoutingTo } from '../domain/explain-routing.ts';
import { noAssignment } from '../../lead/domain/lead-assignment.ts';
import { document, routedCompany, rule } from '../../testing/routed-company.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;
const away = { absences: [{ from: '2026-03-01T00:00:00Z', until: '2026-03-20T00:00:00Z' }] };

/** ann gets every German lead: bob is away, cem is full, dora speaks no German. */
const staffedCompany = async () => {
  const company = await routedCompany(['ann', 'bob', 'cem', 'dora']);
  for (const [id, profile] of Object.entries({ ann: {}, bob: away, cem: { capacity: 0 } }))
    await company.profile(id, { languages: ['de'], ...profile });
  await company.put('/routing', document(rule('german', { field: 'email', test: 'present' }, { languages: ['de'] })));
  return company;
};

const colleague = /bob|cem|dora|boss|is-absent|is-at-capacity|lacks|is away|, back on |not back within|20 March|2026-03-20|capacity/;

describe('what a rep reads of colleagues', () => {
  it('is how many were considered and passed over, never who and why', async () => {
    const company = await staffedCompany();
    const { leadId } = await company.write({ country: 'Germany' });
    const { routing } = await company.read(leadId, ann);
    expect(routing.sentences).toEqual([
      'You were the only eligible rep.',
      'It was routed by the rule “Leads german” (version 1 of the rules): e-mail address is known (here: p1@firm1.example).',
      '3 others were passed over.',
    ]);
    expect(routing.decision).toMatchObject({ to: { repId: 'ann' }, eligible: 1, passedOver: { count: 3, byKind: {} } });
    expect(JSON.stringify(routing)).not.toMatch(colleague);
  });

  it('is shown completely to managers and sales operations', async () => {
    const company = await staffedCompany();
    const { leadId } = await company.write({ country: 'Germany' });
    for (const as of [boss, { role: 'operations' } as const]) {
      const { routing } = await company.read(leadId, as);
      expect(routing.decision).toMatchObject({
        passedOver: { count: 3 },
        excludedBy: { 'is-absent': 1, 'is-at-capacity': 1, 'lacks-the-language': 1, 'does-not-sell': 1 },
      });
      expect(routing.sentences.at(-1)).toContain('bob is away, back on 20 March 2026, 00:00 (UTC)');
    }
  });

  it('does not include who had a lead before it was reassigned by hand', async () => {
    const company = await staffedCompany();
    const { leadId } = await company.write({ country: 'Germany' });
    const give = { ...boss, path: { leadId }, body: { repId: 'dora' }, headers: { 'if-match': '*' } };
    expect((await company.call('POST /leads/{leadId}/assign', give)).status).toBe(200);
    const { routing } = await company.read(leadId, { role: 'rep', subject: 'login-dora' });
    expect(routing).toEqual({ decision: null, sentences: ['It was assigned to you by hand.'] });
    expect(await company.call('GET /leads/{leadId}', { ...ann, path: { leadId } })).toMatchObject({ status: 404 });
  });

  it('is nothing at all for a lead that the reader does not own', () => {
    const owner = {
      repId: repId.parse('bob'),
      teamId: teamId.parse('north'),
      assignedAt: toInstant('2026-03-02T09:00:00Z'),
      reason: 'manual',
    };
    expect(explainRoutingTo({ reader: repId.parse('ann'), zone: 'UTC', language: 'en' }, { ...noAssignment, owner }, null)).toEqual({
      decision: null,
      sentences: ['A colleague owns it.'],
    });
  });

  it('names no colleague in the answer of any GET that a rep may call, for owned and waiting leads', async () => {
    const company = await staffedCompany();
    const owned = await company.write({ country: 'Germany' });
    await company.profile('ann', { languages: ['de'], capacity: 1 });
    const waiting = await company.write({ country: 'Germany' });
    expect([owned.owner?.repId, waiting.queue?.queueId]).toEqual(['ann', 'inbox']);
    const all: Readonly<Record<string, Route>> = leadsApi.routes;
    const readable = Object.keys(all).filter(
      (key) => key.startsWith('GET ') && all[key]?.roles.includes('rep') && !key.includes('/sellers'),
    );
    expect(readable).toEqual(expect.arrayContaining(['GET /leads', 'GET /leads/{leadId}', 'GET /queues/{queueId}', 'GET /tasks']));
    for (const key of readable)
      for (const { leadId } of [owned, waiting]) {
        const path = { leadId, repId: 'ann', queueId: 'inbox' };
        const { status, text } = await company.call(key, { ...ann, path });
        expect([200, 404, 400]).toContain(status);
        expect(text).not.toMatch(colleague);
      }
    expect(await company.call('GET /sellers/{repId}', { ...ann, path: { repId: 'bob' } })).toMatchObject({ status: 404 });
    expect(await company.call('POST /routing/rehearse', { ...ann, body: {} })).toMatchObject({ status: 403 });
  });

  it('is not part of the person’s access report either', async () => {
    const company = await staffedCompany();
    const { leadId } = await company.write({ country: 'Germany' });
    const report = await company.call('GET /leads/{leadId}/access-report', { path: { leadId } });
    expect(report.text).toContain('LeadRouted');
    expect(report.text).not.toMatch(/"(bob|cem|dora|boss)"|is-absent|is-at-capacity|lacks-/);
  });
});
