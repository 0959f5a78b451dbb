import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { envelopeReader, leadDetail, learnedModelView, opportunityLost, opportunityWon, type Envelope } from '@meilenstein/contracts';
import { leadId, toInstant, type LeadId } from '@meilenstein/kernel';
import { cancelFirst } from '@meilenstein/runtime/testing/cancelled-transactions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const resolve = createRequire(import.meta.url).resolve;
const read = envelopeReader([opportunityWon, opportunityLost]);
const sample = (name: string) =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(resolve(`@meilenstein/contracts/samples/${name}.v1.json`), 'utf8')));

/** What pipeline says when an opportunity of a lead ends. */
const ending = (name: 'OpportunityWon' | 'OpportunityLost', lead: LeadId | null, at: string): Envelope => {
  const said = sample(name);
  const data = { ...z.record(z.string(), z.unknown()).parse(said['data']), leadId: lead };
  return read({ ...said, id: `${name}-${lead ?? 'none'}`, occurredAt: at, data });
};

const dayMillis = 86_400_000;
const modelOf = (leads: LeadsInMemory) => leads.call('GET /learned-score').then((answer) => learnedModelView.parse(answer.json));

/** A service with so many leads: every other one has many employees. */
const withLeads = async (count: number) => {
  const leads = leadsInMemory();
  await leads.hire('ann');
  const source = await leads.register('standard-webhooks');
  for (let n = 0; n < count; n += 1)
    await leads.deliver(source, `msg-${n}`, {
      email: `p${n}@firm-${n}.example`,
      employees: n % 2 === 0 ? '900' : '3',
      name: `Person ${n}`,
    });
  await leads.settle();
  const ids = leads
    .events()
    .filter((event) => event.name === 'LeadCaptured')
    .map((event) => leadId.parse(event.subject));
  const states = await Promise.all(ids.map((id) => leads.stores.leads.find(id)));
  const large = (id: LeadId): boolean =>
    states.find((one) => one?.lead.leadId === id)?.lead.profile.values['employees']?.[0]?.text === '900';
  return { leads, ids, large, source };
};

/** Hears how each lead ended: the large ones are won. */
const end = async ({ leads, ids, large }: Awaited<ReturnType<typeof withLeads>>): Promise<void> => {
  for (const id of ids) {
    const at = leads.move(60_000);
    await leads.hearEnd(ending(large(id) ? 'OpportunityWon' : 'OpportunityLost', id, at));
  }
};

describe('the learned score', () => {
  it('is null below 40 won and 40 lost leads, and says how many there are', async () => {
    const given = await withLeads(60);
    await end(given);
    await given.leads.learn();
    expect(await modelOf(given.leads)).toMatchObject({
      status: 'not-enough-outcomes',
      won: 30,
      lost: 30,
      needed: 40,
      weights: [],
      measures: { all: { leads: 0, auc: null } },
    });
  });

  it('appears beside the points with its contributions once enough leads are closed, and is graded by source', async () => {
    const given = await withLeads(110);
    const { leads, source } = given;
    await end(given);
    expect(await leads.learn()).toEqual({ learned: 110 });
    const model = await modelOf(leads);
    expect(model).toMatchObject({
      status: 'scoring',
      won: 55,
      lost: 55,
      measures: { all: { leads: 30 }, bySource: { [source.id]: { leads: 30 } } },
    });
    expect(model.measures.all.auc).toBeGreaterThan(0.95);
    expect(model.measures.all.logLoss).toBeLessThan(model.measures.all.baseLogLoss ?? 0);
    await leads.deliver(source, 'new', { email: 'new@firm.example', employees: '900' });
    await leads.settle();
    const id =
      leads
        .events()
        .filter((event) => event.name === 'LeadCaptured')
        .at(-1)?.subject ?? '';
    leads.move(1000);
    const { learned, scoring } = leadDetail.parse((await leads.call('GET /leads/{leadId}', { path: { leadId: id } })).json);
    expect(scoring).toBeNull();
    expect(learned).toMatchObject({
      status: 'scored',
      contributions: expect.arrayContaining([expect.objectContaining({ field: 'employees', value: '900' })]),
    });
    expect(learned.status === 'scored' ? learned.probability : 0).toBeGreaterThan(0.7);
  });

  it('learns each lead once, however often its events arrive and training runs', async () => {
    const given = await withLeads(6);
    const { leads, ids } = given;
    await end(given);
    await end({ ...given, ids: ids.toReversed() });
    await leads.learn();
    const once = JSON.stringify((await leads.stores.learnedScore.model()).learned);
    await end(given);
    expect(await leads.learn()).toEqual({ learned: 0 });
    expect(JSON.stringify((await leads.stores.learnedScore.model()).learned)).toBe(once);
    expect(await modelOf(leads)).toMatchObject({ won: 3, lost: 3 });
  });

  it('learns the same in whatever order the outcomes arrive', async () => {
    const models = [];
    for (const order of [(ids: readonly LeadId[]) => ids, (ids: readonly LeadId[]) => ids.toReversed()]) {
      const given = await withLeads(8);
      const heard = given.ids.map((id, n) =>
        ending(given.large(id) ? 'OpportunityWon' : 'OpportunityLost', id, toInstant(`2026-03-0${3 + (n % 5)}T10:00:00Z`)),
      );
      for (const id of order(given.ids)) await given.leads.hearEnd(heard[given.ids.indexOf(id)]);
      given.leads.move(20 * dayMillis);
      await given.leads.learn();
      models.push(JSON.stringify((await given.leads.stores.learnedScore.model()).learned.model));
    }
    expect(models[0]).toBe(models[1]);
  });

  it('counts a disqualified lead as lost after 30 days unless it is requalified, and ignores erased persons', async () => {
    const { leads, ids, source } = await withLeads(3);
    for (const id of ids)
      await leads.call('POST /leads/{leadId}/disqualify', {
        path: { leadId: id },
        headers: { 'if-match': '*' },
        body: { reason: 'no-need' },
      });
    await leads.settle();
    leads.move(29 * dayMillis);
    expect(await leads.learn()).toEqual({ learned: 0 });
    await leads.deliver(source, 'again', { email: 'p0@firm-0.example' });
    await leads.settle();
    const erased = (await Promise.all(ids.map((id) => leads.stores.leads.find(id)))).find((one) => one?.lead.status === 'disqualified');
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: erased?.lead.leadId ?? '' } });
    await leads.settle();
    leads.move(2 * dayMillis);
    await leads.learn();
    expect(await modelOf(leads)).toMatchObject({ won: 0, lost: 1 });
    expect(leads.table.dump().filter((item) => item.pk.startsWith('OUTCOME#'))).toHaveLength(1);
  });

  it('forgets what was no outcome, even if transactions are cancelled at first', async () => {
    const given = await withLeads(4);
    await end(given);
    const rows = () => given.leads.table.dump().filter((item) => item.pk.startsWith('OUTCOME#')).length;
    expect(rows()).toBe(4);
    cancelFirst(given.leads.table, 3);
    await given.leads.stores.learnedScore.drop(given.ids);
    expect(rows()).toBe(0);
  });

  it('learns no free text', async () => {
    const given = await withLeads(4);
    await end(given);
    await given.leads.learn();
    const model = JSON.stringify((await given.leads.stores.learnedScore.model()).learned);
    expect(model).toContain('business mail');
    expect(['Person', 'firm-', '@'].filter((text) => model.includes(text))).toEqual([]);
  });

  it('ignores opportunities that did not come from a lead', async () => {
    const leads = leadsInMemory();
    await leads.hearEnd(ending('OpportunityWon', null, '2026-03-02T10:00:00.000Z'));
    expect(await leads.learn()).toEqual({ learned: 0 });
    expect(leads.sent).toEqual([]);
  });

  it('is shown only to roles that plan', async () => {
    const leads = leadsInMemory();
    const statuses = await Promise.all(
      (['marketing', 'manager', 'rep', 'finance', 'integration'] as const).map((role) => leads.call('GET /learned-score', { role })),
    );
    expect(statuses.map((one) => one.status)).toEqual([200, 200, 403, 403, 403]);
  });
});
