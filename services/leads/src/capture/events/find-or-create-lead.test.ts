import { describe, expect, it } from 'vitest';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const countOf = (leads: LeadsInMemory, name: string): number => leads.events().filter((event) => event.name === name).length;

/** Whatever is done meanwhile is killed before the submission itself is settled. */
const killedBeforeSettling = async (leads: LeadsInMemory, work: () => Promise<unknown>): Promise<void> => {
  const { submissions } = leads.stores;
  Object.assign(leads.stores, { submissions: { ...submissions, change: async () => Promise.reject(new Error('killed')) } });
  await work();
  Object.assign(leads.stores, { submissions });
};

describe('findOrCreateLead', () => {
  it('reports that the submission created the lead, even if the lead was absorbed before the submission was finished', async () => {
    const leads = leadsInMemory();
    await leads.hire('ann');
    const source = await leads.register('standard-webhooks', { country: 'DE' });
    const announce = async (id: string, body: unknown) => {
      leads.move(1000);
      await leads.deliver(source, id, body);
      return leads.events().findLast((event) => event.name === 'SubmissionStored');
    };
    const byEmail = await announce('msg_1', { email: 'ada@mills.example' });
    const byPhone = await announce('msg_2', { phone: '030 1234567' });
    const byBoth = await announce('msg_3', { email: 'ada@mills.example', phone: '+49 30 1234567' });
    await leads.hear(byEmail);
    await killedBeforeSettling(leads, () => leads.hear(byPhone));
    await leads.hear(byBoth);
    await leads.hear(byPhone);
    expect([countOf(leads, 'LeadCaptured'), countOf(leads, 'LeadAbsorbed')]).toEqual([2, 1]);
    expect([countOf(leads, 'SubmissionCreatedLead'), countOf(leads, 'LeadTouched')]).toEqual([2, 1]);
    const reconciliations = await leads.call('GET /sources/{sourceId}/reconciliation', {
      path: { sourceId: source.id },
      query: { day: '2026-03-02' },
    });
    expect(reconciliations.json).toMatchObject({ received: 3, created: 2, attached: 1, balanced: true });
  });
});
