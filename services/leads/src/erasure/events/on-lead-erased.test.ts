import { leadId, type LeadId } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const start = '2026-11-30T09:00:00.000Z';
const waiting = z.object({ items: z.array(z.object({ reason: z.string(), submissionId: z.string() })), next: z.string().nullable() });

/** A service in which a source without a mapping leaves everything in quarantine, and another form makes leads. */
const withQuarantine = async () => {
  let reads = 0;
  const leads = leadsInMemory(start, {
    around: (table) => ({
      ...table,
      get: (key) => ((reads += 1), table.get(key)),
      getMany: (keys) => ((reads += keys.length), table.getMany(keys)),
      query: (query) => ((reads += 1), table.query(query)),
    }),
  });
  const unmapped = await leads.register('standard-webhooks', { name: 'Not mapped yet', mapping: { 'nothing.here': 'email' } });
  const form = await leads.register('html-form');
  let sent = 0;
  const receive = (body: unknown) => leads.deliver(unmapped, `msg_${(sent += 1)}`, body);
  const lead = async (fields: Record<string, string>): Promise<LeadId> => {
    await leads.submit(form.id, fields);
    await leads.settle();
    return leadId.parse(leads.events().findLast((event) => event.name === 'LeadCaptured')?.subject);
  };
  const inQuarantine = async () =>
    waiting.parse((await leads.call('GET /submissions', { query: { limit: '100' } })).json).items.map((one) => one.submissionId);
  const erase = async (id: LeadId): Promise<number> => {
    await leads.call('DELETE /leads/{leadId}', { path: { leadId: id } });
    const before = reads;
    await leads.settle();
    return reads - before;
  };
  return { leads, unmapped, receive, lead, inQuarantine, erase };
};

const tally = (answers: Record<string, unknown>) => ({
  createdAt: '2026-11-30T08:59:00.000Z',
  data: { fields: Object.entries(answers).map(([label, value]) => ({ label, value })) },
});
const mentionEntries = (leads: LeadsInMemory) => leads.table.dump().filter(({ pk }) => pk.startsWith('MENTION#'));

describe('erasing a person', () => {
  it('deletes no submission of others whose address contains theirs', async () => {
    const { leads, receive, lead, inQuarantine, erase } = await withQuarantine();
    for (const email of ['joann@mills.example', 'ann@mills.example.org', 'x.ann@mills.example', 'ann@mills.example'])
      await receive(tally({ Mail: email }));
    await leads.settle();
    expect(await inQuarantine()).toHaveLength(4);
    await erase(await lead({ email: 'ann@mills.example' }));
    expect(await inQuarantine()).toHaveLength(3);
  });

  it.each(['030 20261130', '+49 30 20261130', '0 20261130', '0777038611', '77703 8611'])(
    'deletes no submission of others whose days, postcode and house number have the digits of %s',
    async (phone) => {
      const { leads, receive, lead, inQuarantine, erase } = await withQuarantine();
      for (const name of ['a', 'b', 'c', 'd', 'e']) await receive(tally({ Name: name, Mail: `${name}@else.example`, Postcode: '77703' }));
      await receive(tally({ Name: 'f', Postcode: '77703', House: '8611' }));
      await leads.settle();
      await erase(await lead({ phone }));
      expect(await inQuarantine()).toHaveLength(6);
    },
  );

  it('still deletes what the person left in quarantine, in any spelling', async () => {
    const { leads, receive, lead, inQuarantine, erase } = await withQuarantine();
    await receive(tally({ Mail: 'ADA@mills.example' }));
    await receive(tally({ Call: '030/901820-11' }));
    await receive('{"mail":"ada\\u0040mills.example"');
    await leads.settle();
    expect(await inQuarantine()).toHaveLength(3);
    await erase(await lead({ email: 'ada@mills.example', phone: '+49 30 90182011' }));
    expect(await inQuarantine()).toEqual([]);
    expect(mentionEntries(leads)).toEqual([]);
  });
});

describe('the search of the quarantine for an erased person', () => {
  it('reads as much with two strangers in quarantine as with two hundred', async () => {
    const readsWith = async (strangers: number): Promise<number> => {
      const { leads, receive, lead, erase } = await withQuarantine();
      for (let n = 0; n < strangers; n += 1) await receive(tally({ Mail: `somebody${n}@else.example` }));
      await receive(tally({ Mail: 'ada@mills.example' }));
      await leads.settle();
      return erase(await lead({ email: 'ada@mills.example' }));
    };
    expect(await readsWith(200)).toBe(await readsWith(2));
  });

  it('stores contacts only as keyed digests, which expire with the quarantine', async () => {
    const { leads, receive } = await withQuarantine();
    await receive(tally({ Mail: 'ada@mills.example' }));
    await leads.settle();
    const entries = mentionEntries(leads);
    expect(entries).toHaveLength(1);
    expect(JSON.stringify(entries)).not.toContain('ada');
    leads.move(30 * 24 * 3600_000 + 1000);
    expect(await leads.table.get({ pk: entries[0]?.pk ?? '', sk: entries[0]?.sk ?? '' })).toBeUndefined();
  });

  it('rejects a body with hundreds of contacts instead of indexing it', async () => {
    const { leads, receive, inQuarantine } = await withQuarantine();
    await receive(tally({ List: Array.from({ length: 301 }, (_, n) => `somebody${n}@else.example`).join(' ') }));
    await leads.settle();
    expect(await inQuarantine()).toEqual([]);
    expect(leads.events().at(-1)).toMatchObject({ name: 'SubmissionRejected', data: { reason: 'too-many-contacts' } });
    expect(mentionEntries(leads)).toEqual([]);
  });
});
