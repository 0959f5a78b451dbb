import { repsIn } from '@meilenstein/contracts';
import { day, leadId, teamId } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const assigned = z.object({ leadId, repId: z.string() });
const assignments = (leads: LeadsInMemory) =>
  leads
    .events()
    .filter((event) => event.name === 'LeadAssigned')
    .map((event) => assigned.parse(event.data));
const countOf = (leads: LeadsInMemory, name: string): number => leads.events().filter((event) => event.name === name).length;
const ada = { email: 'ada@byron-mills.example', name: 'Ada Byron', phone: '+49 30 1234567', message: 'Please call Ada' };

const secondLead = z.object({ items: z.array(z.looseObject({ leadId, person: z.record(z.string(), z.string()) })) });
const leadsOf = async (leads: LeadsInMemory) => secondLead.parse((await leads.call('GET /leads', { query: { limit: '100' } })).json).items;

describe('a stored submission', () => {
  it('becomes one lead with 100 touchpoints if one person sends 100 different forms in parallel, each answered within a second', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann', 'bob');
    const source = await leads.register('standard-webhooks');
    const durations = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const began = process.hrtime.bigint();
        const email = index % 2 === 0 ? 'ada@byron-mills.example' : ' ADA@Byron-Mills.example ';
        expect((await leads.deliver(source, `msg_${index}`, { email, message: `visit ${index}` })).status).toBe(202);
        return Number(process.hrtime.bigint() - began) / 1e6;
      }),
    );
    expect(Math.max(...durations)).toBeLessThan(1000);
    await leads.settle();
    expect(countOf(leads, 'LeadCaptured')).toBe(1);
    expect(countOf(leads, 'LeadAssigned')).toBe(1);
    expect(countOf(leads, 'LeadTouched')).toBe(99);
    const [only] = await leadsOf(leads);
    const detail = z
      .object({ touchpoints: z.array(z.unknown()) })
      .parse((await leads.call('GET /leads/{leadId}', { path: { leadId: only?.leadId ?? '' } })).json);
    expect(detail.touchpoints).toHaveLength(100);
    const reconciliations = await leads.call('GET /sources/{sourceId}/reconciliation', {
      path: { sourceId: source.id },
      query: { day: '2026-03-02' },
    });
    expect(reconciliations.json).toMatchObject({ received: 100, created: 1, attached: 99, quarantined: 0, waiting: 0, balanced: true });
  });

  it('gives each of 100 parallel leads exactly one owner, and the numbers of leads of two reps differ by at most one', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann', 'bob', 'cem', 'dora', 'emil', 'fay', 'gus');
    const source = await leads.register('standard-webhooks');
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => leads.deliver(source, `msg_${index}`, { email: `p${index}@firm.example` })),
    );
    await leads.settle();
    const said = assignments(leads);
    expect(new Set(said.map((one) => one.leadId)).size).toBe(100);
    expect(said).toHaveLength(100);
    const counts = [...Map.groupBy(said, (one) => one.repId).values()].map((list) => list.length);
    expect(counts).toHaveLength(7);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(Object.values(leads.rotationCounts()).toSorted()).toEqual(counts.toSorted());
  });

  it('changes nothing when its event is delivered again, any number of times and in parallel', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann');
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'msg_1', ada);
    await leads.settle(5);
    const [announced] = leads.events().filter((event) => event.name === 'SubmissionStored');
    const after = leads.events().length;
    await leads.hear(announced);
    expect(leads.events()).toHaveLength(after);
    expect(countOf(leads, 'SubmissionCreatedLead')).toBe(1);
  });

  it('reaches the same state when processing stopped between the commit of the lead and its own commit', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann');
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'msg_1', ada);
    await leads.deliver(source, 'msg_2', { ...ada, country: 'Germany' });
    let failures = 0;
    const { submissions } = leads.stores;
    const change = submissions.change;
    const broken = {
      ...leads.stores,
      submissions: { ...submissions, change: async () => Promise.reject(new Error(`${(failures += 1)}`)) },
    };
    Object.assign(leads.stores, broken);
    await expect(leads.settle()).rejects.toThrow('2 messages failed five times');
    Object.assign(leads.stores, { submissions: { ...submissions, change } });
    expect(failures).toBe(10);
    for (const announced of leads.events().filter((event) => event.name === 'SubmissionStored')) await leads.hear(announced);
    expect(countOf(leads, 'LeadCaptured')).toBe(1);
    expect(countOf(leads, 'LeadAmended')).toBeLessThanOrEqual(1);
    expect(countOf(leads, 'SubmissionCreatedLead')).toBe(1);
    expect(countOf(leads, 'LeadTouched')).toBe(1);
  });

  it('adds the fields of a later submission, and the lead shows the value of each field that the rules choose', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann');
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'msg_1', { email: ada.email, name: 'Ada' });
    await leads.settle();
    await leads.deliver(source, 'msg_2', { ...ada, name: 'Augusta' });
    await leads.settle();
    await leads.deliver(source, 'msg_3', ada);
    await leads.settle();
    expect((await leadsOf(leads))[0]?.person).toEqual(ada);
    const rules = {
      email: 'last',
      name: 'first',
      phone: 'last',
      company: 'last',
      country: 'last',
      employees: 'last',
      message: 'last',
      custom: 'last',
    };
    expect((await leads.call('PUT /survivorship', { body: rules, headers: { 'if-match': '0' } })).status).toBe(200);
    expect((await leadsOf(leads))[0]?.person).toEqual({ ...ada, name: 'Ada' });
    expect(countOf(leads, 'LeadTouched')).toBe(2);
  });

  it('leaves a lead without an owner if no rep is eligible', async () => {
    const leads = leadsInMemory();
    await leads.hire();
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'msg_1', ada);
    await leads.settle();
    expect(countOf(leads, 'LeadCaptured')).toBe(1);
    expect(countOf(leads, 'LeadAssigned')).toBe(0);
    expect((await leads.call('GET /leads')).json).toMatchObject({ items: [{ owner: null }] });
  });

  it('assigns no lead to a rep who has left', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann', 'bob');
    await leads.dismiss('bob', '2026-03-02');
    const source = await leads.register('standard-webhooks');
    for (let index = 0; index < 4; index += 1) await leads.deliver(source, `msg_${index}`, { email: `p${index}@firm.example` });
    await leads.settle();
    expect(assignments(leads).map((one) => one.repId)).toEqual(['ann', 'ann', 'ann', 'ann']);
    expect(repsIn(await leads.stores.company.read(), [teamId.parse('north')], day.parse('2026-03-02'))).not.toContain('bob');
  });

  it('is read again when it is released after its source was corrected', async () => {
    const leads = leadsInMemory();
    const source = await leads.register('standard-webhooks', { mapping: { 'payload.contact': 'email' } });
    await leads.deliver(source, 'msg_1', { payload: { contact: 'nobody' } });
    await leads.settle();
    const { items } = z
      .object({ items: z.array(z.object({ submissionId: z.string() })) })
      .parse((await leads.call('GET /submissions')).json);
    const path = { submissionId: items[0]?.submissionId ?? '' };
    expect((await leads.call('POST /submissions/{submissionId}/release', { path })).json).toMatchObject({ status: 'stored' });
    expect((await leads.call('POST /submissions/{submissionId}/release', { path })).status).toBe(409);
    await leads.settle();
    expect(countOf(leads, 'SubmissionQuarantined')).toBe(2);
  });

  it('sends an unreadable event to the dead-letter queue with a reason', async () => {
    const leads = leadsInMemory();
    await leads.hear({ name: 'SubmissionStored' });
    expect(leads.sent).toMatchObject([{ queue: 'dead', reason: expect.stringContaining('subject') }]);
  });

  it('puts no personal data into any event, key or index', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann');
    const source = await leads.register('standard-webhooks');
    await leads.deliver(source, 'msg_1', { ...ada, company: 'Ada Byron', country: 'ada@byron-mills.example' });
    await leads.deliver(source, 'msg_2', { ...ada, company: 'Byron Mills', country: 'Germany' });
    await leads.settle();
    const personal = /ada@|byron-mills|Ada Byron|1234567|Please call/i;
    for (const event of leads.events()) expect(JSON.stringify(event)).not.toMatch(personal);
    for (const { pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk } of leads.table.dump())
      expect(JSON.stringify([pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk])).not.toMatch(personal);
  });
});
