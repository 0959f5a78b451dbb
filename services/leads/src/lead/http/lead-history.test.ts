import { historyEntry, pageOf } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { document, isIn, problem, routedCompany, rule } from '../../testing/routed-company.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;

/** A lead of ann, which she answered. */
const company = async () => {
  const made = await routedCompany(['ann', 'bob']);
  await made.profile('ann', { languages: ['de'] });
  await made.put('/routing', document(rule('german', isIn('DE'), { languages: ['de'] })));
  const { leadId } = await made.write({ name: 'Ada Lovelace', country: 'DE' });
  const command = { ...ann, path: { leadId }, headers: { 'if-match': '*' }, body: { channel: 'call' } };
  expect((await made.call('POST /leads/{leadId}/answer', command)).status).toBe(200);
  const ask = (who: object = ann) => made.call('GET /leads/{leadId}/history', { path: { leadId }, ...who });
  return { ...made, ask };
};

describe('GET /leads/{leadId}/history', () => {
  it('says who recorded what: the rep who answered, and the form from which the lead came', async () => {
    const { ask } = await company();
    const { items } = pageOf(historyEntry).parse((await ask()).json);
    expect(items[0]).toMatchObject({ recordedBy: { kind: 'person', repId: 'ann', roles: ['rep'] }, events: [{ name: 'LeadAnswered' }] });
    expect(items.at(-1)).toMatchObject({ recordedBy: { kind: 'system', repId: null, roles: [] } });
    expect(items.at(-1)?.events.map(({ name }) => name)).toContain('LeadCaptured');
  });

  it('repeats nothing that the person said', async () => {
    const { ask } = await company();
    expect((await ask({ role: 'admin' })).text).not.toMatch(/Lovelace|@firm/);
  });

  it('is read by whoever may see the lead, and not found by anybody else', async () => {
    const { ask } = await company();
    expect((await ask({ role: 'manager', subject: 'login-boss' })).status).toBe(200);
    expect(await ask({ role: 'rep', subject: 'login-bob' })).toMatchObject(problem('lead-not-found', 404));
    expect((await ask({ role: 'marketing' })).status).toBe(403);
  });
});
