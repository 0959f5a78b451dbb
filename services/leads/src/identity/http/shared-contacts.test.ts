import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const people = ['Ada Byron', 'Ben Kurz', 'Cleo Lang', 'Dan Groß', 'Eve Klein', 'Finn Alt', 'Gil Neu'];
const address = 'office@mills.example';
const shared = z.looseObject({ leadId: z.string(), contactId: z.string(), version: z.int(), decision: z.string().nullable() });
const page = z.object({ items: z.array(shared), next: z.string().nullable() });
const rules = {
  email: 'last',
  name: 'last',
  phone: 'last',
  company: 'last',
  country: 'last',
  employees: 'last',
  message: 'last',
  custom: 'last',
};

/** A source of leads, and submissions of people who give the same contact. */
const office = async () => {
  const leads = leadsInMemory();
  const source = await leads.register('standard-webhooks', { country: 'DE' });
  let sent = 0;
  const write = async (fields: Readonly<Record<string, string>>): Promise<void> => {
    leads.move(1000);
    sent += 1;
    await leads.deliver(source, `msg_${sent}`, { message: `number ${sent}`, ...fields });
    await leads.settle();
  };
  const writeAs = async (names: readonly string[], contact: Readonly<Record<string, string>> = { email: address }) => {
    for (const name of names) await write({ ...contact, name });
  };
  const listed = async () => page.parse((await leads.call('GET /shared-contacts')).json).items;
  const decide = async (decision: string, headers: Record<string, string> = { 'if-match': '*' }) => {
    const [first] = await listed();
    const path = { leadId: first?.leadId ?? '', contactId: first?.contactId ?? '' };
    return leads.call('POST /leads/{leadId}/shared-contacts/{contactId}/decide', { path, body: { decision }, headers });
  };
  return { leads, write, writeAs, listed, decide };
};

const leadsOf = (leads: LeadsInMemory): number => leads.events().filter(({ name }) => name === 'LeadCaptured').length;
const touchesOf = (leads: LeadsInMemory): number => leads.events().filter(({ name }) => name === 'LeadTouched').length;

describe('an address that more than five names use', () => {
  it('stops being a key: the sixth name is another lead, and the lead of the first five stays', async () => {
    const { leads, writeAs, listed } = await office();
    await writeAs(people.slice(0, 5));
    expect([leadsOf(leads), await listed()]).toEqual([1, []]);
    await writeAs(people.slice(5));
    expect(leadsOf(leads)).toBe(3);
    expect(await listed()).toMatchObject([{ contactId: 'email-1', contact: 'email', value: address, names: 6, decision: null }]);
  });

  it('still names the people who use it: each comes back to their own lead, whatever the spelling of the name', async () => {
    const { leads, writeAs } = await office();
    await writeAs(people);
    await writeAs(['Frau Byron, Ada', 'ALT, Finn', 'Herr Finn Alt', 'Gil  Neu', 'dan gross']);
    expect([leadsOf(leads), touchesOf(leads)]).toEqual([3, 9]);
  });

  it('keeps who gives no name with the lead that it had', async () => {
    const { leads, write, writeAs } = await office();
    await writeAs(people);
    await write({ email: address });
    expect(leadsOf(leads)).toBe(3);
  });

  it('makes as many leads in whatever order and however often the submissions arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...people, ...people], { minLength: people.length * 2 }), async (order) => {
        const { leads, writeAs, listed } = await office();
        await writeAs(order);
        expect([leadsOf(leads), (await listed()).length]).toEqual([3, 1]);
      }),
      { numRuns: 4 },
    );
  });

  it('counts names that no rule of survivorship would show', async () => {
    const { leads, writeAs } = await office();
    // Of these, the profile holds the first, the last and the longest.
    await writeAs(['Ada Byron-Lovelace', 'Al', 'Bo', 'Cy', 'Di']);
    await writeAs(['Ed']);
    expect(leadsOf(leads)).toBe(2);
  });

  it('counts as the company says', async () => {
    const { leads, writeAs, listed } = await office();
    const body = { ...rules, namesPerContact: 2 };
    expect((await leads.call('PUT /survivorship', { body, headers: { 'if-match': '0' } })).status).toBe(200);
    await writeAs(people.slice(0, 3));
    expect([leadsOf(leads), (await listed()).length]).toEqual([2, 1]);
  });

  it('is the same with a telephone number', async () => {
    const { leads, writeAs, listed } = await office();
    await writeAs(people, { phone: '030 1234567' });
    expect(leadsOf(leads)).toBe(3);
    expect(await listed()).toMatchObject([{ contactId: 'phone-1', contact: 'phone', value: '030 1234567' }]);
  });
});

describe('POST /leads/{leadId}/shared-contacts/{contactId}/decide', () => {
  it('one-person: the address identifies the person again, and leads that exist stay', async () => {
    const { leads, writeAs, listed, decide } = await office();
    await writeAs(people.slice(0, 6));
    expect(await decide('one-person')).toMatchObject({ status: 200, json: { decision: 'one-person' } });
    await writeAs(['Zoe Spät']);
    expect([leadsOf(leads), await listed()]).toEqual([2, []]);
  });

  it('shared: the address is not listed any more, and further names are further leads', async () => {
    const { leads, writeAs, listed, decide } = await office();
    await writeAs(people.slice(0, 6));
    expect(await decide('shared')).toMatchObject({ status: 200, json: { decision: 'shared' } });
    await writeAs(['Zoe Spät']);
    expect([leadsOf(leads), await listed()]).toEqual([3, []]);
  });

  it('is refused for a contact that is not shared, and for another version than the current one', async () => {
    const { leads, writeAs, listed, decide } = await office();
    await writeAs(people.slice(0, 6));
    const [first] = await listed();
    const path = { leadId: first?.leadId ?? '', contactId: 'phone-1' };
    const call = { path, body: { decision: 'shared' }, headers: { 'if-match': '*' } };
    expect(await leads.call('POST /leads/{leadId}/shared-contacts/{contactId}/decide', call)).toMatchObject({
      status: 404,
      json: { type: 'urn:meilenstein:problem:contact-not-found' },
    });
    expect(await decide('shared', { 'if-match': '1' })).toMatchObject({
      status: 412,
      json: { type: 'urn:meilenstein:problem:version-conflict' },
    });
  });

  it('is in the audit, with who decided', async () => {
    const { leads, writeAs, listed, decide } = await office();
    await writeAs(people.slice(0, 6));
    const [first] = await listed();
    await decide('shared');
    const { json } = await leads.call('GET /audit/leads', { query: { aggregate: `lead:${first?.leadId ?? ''}` } });
    expect(JSON.stringify(json)).toContain('LeadContactDecided');
  });

  it('is forgotten with the person: nothing is listed, and the address is free', async () => {
    const { leads, writeAs, listed } = await office();
    await writeAs(people.slice(0, 6));
    const [first] = await listed();
    expect((await leads.call('DELETE /leads/{leadId}', { path: { leadId: first?.leadId ?? '' } })).status).toBe(202);
    await leads.settle();
    expect(await listed()).toEqual([]);
    await writeAs(['Ada Byron']);
    expect(leadsOf(leads)).toBe(3);
  });
});
