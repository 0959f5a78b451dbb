import { historyEntry, pageOf } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { evidence, pipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const history = pageOf(historyEntry);

/** An opportunity of ann that she opened, and for which she recorded a milestone. */
const company = async () => {
  const pipeline = await pipelineInMemory();
  const id = await pipeline.open('ann');
  const body = { milestoneId: 'need-named', evidence: evidence('wrote', { quote: 'Ada Lovelace braucht es' }) };
  expect((await pipeline.command(id, 'milestones', body, ann)).status).toBe(200);
  const ask = (who: object = ann, query: Record<string, string> = {}, headers = {}) =>
    pipeline.call('GET /opportunities/{opportunityId}/history', { path: { opportunityId: id }, query, headers, ...who });
  return { ...pipeline, id, ask };
};

describe('GET /opportunities/{opportunityId}/history', () => {
  it('says who recorded what and when, the newest first', async () => {
    const { ask } = await company();
    expect(history.parse((await ask()).json).items).toMatchObject([
      {
        recordedBy: { kind: 'person', repId: 'ann', roles: ['rep'] },
        origin: 'live',
        events: [
          { name: 'MilestoneReached', sentence: expect.stringMatching(/\.$/), changes: expect.arrayContaining([expect.anything()]) },
        ],
      },
      { recordedBy: { kind: 'person', repId: null, roles: ['admin'] }, events: [{ name: 'OpportunityOpened' }] },
    ]);
  });

  it('shows the words of the customer to nobody, and no subject of a token', async () => {
    const { ask } = await company();
    const text = JSON.stringify((await ask({ role: 'admin' })).json);
    expect(text).not.toContain('Lovelace');
    expect(text).not.toContain('login-ann');
  });

  it('answers in German if the request asks for German', async () => {
    const { ask } = await company();
    const { json, headers } = await ask(ann, {}, { 'accept-language': 'de' });
    expect(headers['content-language']).toBe('de');
    expect(history.parse(json).items[1]?.events[0]?.sentence).toMatch(/Verkaufschance/);
  });

  it('is read by whoever may see the opportunity, and not found by anybody else', async () => {
    const { ask } = await company();
    expect((await ask({ role: 'manager', subject: 'login-boss' })).status).toBe(200);
    for (const who of [
      { role: 'rep', subject: 'login-bob' },
      { role: 'manager', subject: 'login-chief' },
    ])
      expect(await ask(who)).toMatchObject({ status: 404, code: 'opportunity-not-found' });
    expect((await ask({ role: 'finance' })).status).toBe(403);
  });

  it('goes on page by page', async () => {
    const { ask } = await company();
    const first = history.parse((await ask(ann, { limit: '1' })).json);
    const second = history.parse((await ask(ann, { limit: '1', cursor: first.next ?? '' })).json);
    expect([first, second].map(({ items }) => items.map(({ events }) => events[0]?.name))).toEqual([
      ['MilestoneReached'],
      ['OpportunityOpened'],
    ]);
  });
});

describe('GET /opportunities/{opportunityId}', () => {
  it('says which rep recorded a milestone', async () => {
    const { get, id } = await company();
    expect((await get(id)).json).toMatchObject({ milestones: [{ milestoneId: 'need-named', recordedBy: 'ann' }] });
  });
});
