import { leadView } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ada, contentTypeOf, encode, type Fields, type Person, type Sender } from '../../testing/senders/sender.ts';
import { senders } from '../../testing/senders/senders.ts';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

/** What became of a delivery; `refused`: at the consumer, so it stands in no reconciliation. */
type Outcome = 'created' | 'quarantined' | 'refused';

/** A body that somebody's form, or a broken one, may send. */
type Case = {
  readonly person?: Person;
  readonly more?: Fields;
  readonly twice?: true;
  /** what is done to the bytes in the end */
  readonly spoil?: (bytes: Buffer, sender: Sender) => Uint8Array;
};

const mark = 'MARK';
const at = (bytes: Buffer, text: string, by: Uint8Array): Buffer => {
  const index = bytes.indexOf(text);
  return index < 0 ? bytes : Buffer.concat([bytes.subarray(0, index), by, bytes.subarray(index + text.length)]);
};
const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const rightToLeft = '👩🏽‍🚀 שרה לוי';
/** Stands in the form and, for senders that only refer to it, in the notification. */
const everywhere = (text: string): Case => ({ person: { ...ada, name: `Ada ${text}` }, more: { extra: text } });

const cases: Readonly<Record<string, Case>> = {
  'what its documentation shows': {},
  'a truncated body': { spoil: (bytes) => bytes.subarray(0, bytes.length / 2) },
  'a wrong type': { person: { ...ada, email: { at: 'example.com' }, phone: undefined, reference: { urn: 1 } } },
  'an unknown field': { more: { surprise: { deeper: [1, null] } } },
  'no mail and no phone': { person: { ...ada, email: undefined, phone: undefined, reference: undefined } },
  '255 KB of text': {
    more: { filler: mark },
    spoil: (bytes) => at(bytes, mark, Buffer.alloc(255 * 1024 - bytes.length + mark.length, 'x')),
  },
  'deep nesting': {
    ...everywhere(mark),
    person: { ...ada, message: mark },
    spoil: (bytes) => Buffer.from(bytes.toString().replaceAll(new RegExp(`"?${mark}"?`, 'g'), deep)),
  },
  'a NUL': { ...everywhere(mark), spoil: (bytes) => at(bytes, mark, Buffer.from([0])) },
  'an escaped NUL': everywhere('\u0000'),
  'bytes that are no UTF-8': { ...everywhere(mark), spoil: (bytes) => at(bytes, mark, Buffer.from([0xff])) },
  'every name twice': { twice: true },
  'an empty body': { spoil: () => new Uint8Array() },
  'emoji and right-to-left names': { person: { ...ada, name: rightToLeft } },
  __proto__: { more: JSON.parse('{"__proto__":{"email":"mallory@example.org","admin":true},"constructor":{"prototype":{"admin":true}}}') },
};
const names = Object.keys(cases);

const becomesLead = new Set([
  'what its documentation shows',
  'an unknown field',
  '255 KB of text',
  'every name twice',
  'emoji and right-to-left names',
  '__proto__',
]);
const unreadable = new Set(['a truncated body', 'deep nesting', 'a NUL', 'bytes that are no UTF-8', 'an empty body']);

/** What the rules say of a sender's delivery. */
const expectedOf = (sender: Sender, name: string): Outcome => {
  // The key that proves where it comes from stands in the body.
  if (sender.provider === 'google-ads' && unreadable.has(name)) return 'refused';
  // Brackets in a text field are text; half a form is a form; what a notification says beside its reference is nobody's name.
  if (sender.encoding !== 'json' && sender.provider !== 'jotform' && name === 'deep nesting') return 'created';
  if (sender.encoding === 'urlencoded' && name === 'a truncated body') return 'created';
  if (sender.documentOf !== undefined && name === 'an escaped NUL') return 'created';
  return becomesLead.has(name) ? 'created' : 'quarantined';
};

const reconciliations = z.object({
  received: z.int(),
  created: z.int(),
  quarantined: z.int(),
  waiting: z.int(),
  rejected: z.record(z.string(), z.int()),
  balanced: z.boolean(),
});
const people = z.object({ items: z.array(leadView) });

/** A source of the sender, and how a delivery with these bytes goes through the real handlers. */
const sourceOf = async (leads: LeadsInMemory, sender: Sender) => {
  const { id, secret: made } = await leads.register(sender.provider, {
    ...sender.settings,
    ...(sender.secret === undefined ? {} : { secret: sender.secret }),
  });
  if (sender.documentOf !== undefined)
    await leads.call('PUT /sources/{sourceId}/access-token', { path: { sourceId: id }, body: { token: 'token-of-the-account' } });
  const secret = sender.secret ?? made;
  const post = (bytes: Uint8Array) => {
    const { headers, query = {} } = sender.sign({
      secret,
      bytes,
      url: 'https://api.example.com',
      at: Date.parse(leads.clock.now()),
      id: 'delivery-1',
    });
    const all = { host: 'api.example.com', 'content-type': contentTypeOf(sender.encoding), ...headers };
    return leads.post('POST /webhooks/{sourceId}', { path: { sourceId: id }, query, bytes, headers: all });
  };
  return { id, secret, post };
};

const outcomeOf = ({ received, created, quarantined }: z.output<typeof reconciliations>): Outcome | 'other' => {
  if (received === 0) return 'refused';
  return created === 1 ? 'created' : quarantined === 1 ? 'quarantined' : 'other';
};

const reconciliationOf = async (leads: LeadsInMemory, sourceId: string) =>
  reconciliations.parse(
    (await leads.call('GET /sources/{sourceId}/reconciliation', { path: { sourceId }, query: { day: '2026-03-02' } })).json,
  );

const spoiled = (content: unknown, sender: Sender, { twice, spoil }: Case): Uint8Array => {
  const bytes = encode(sender.encoding, content, { twice: twice ?? false });
  return spoil?.(bytes, sender) ?? bytes;
};

describe.each(senders.map((sender) => ({ title: sender.title, sender })))('$title', ({ sender }) => {
  it.each(names)('a delivery with %s is answered by the rules, and the reconciliation balances', async (name) => {
    const { person = ada, more, ...rest } = cases[name] ?? {};
    const leads = leadsInMemory();
    const source = await sourceOf(leads, sender);
    leads.meet(async () => ({
      status: 200,
      text: JSON.stringify(sender.documentOf?.({ ...ada, name: becomesLead.has(name) ? person.name : ada.name })),
    }));
    const bytes = spoiled(sender.contentOf(person, source.secret, more), sender, rest);
    const answer = await source.post(bytes);
    await leads.settle();
    const reconciliation = await reconciliationOf(leads, source.id);
    const expected = expectedOf(sender, name);
    expect([answer.status, outcomeOf(reconciliation), reconciliation.balanced, reconciliation.waiting]).toEqual([
      expected === 'refused' ? 401 : 202,
      expected,
      true,
      0,
    ]);
    expect(leads.sent).toEqual([]);
    const { items } = people.parse((await leads.call('GET /leads')).json);
    expect(items.map((lead) => lead.person.email)).toEqual(expected === 'created' ? [ada.email] : []);
    expect(becomesLead.has(name) ? items[0]?.person.name : person.name).toBe(person.name);
    expect({}).not.toHaveProperty('admin');
  });

  it('a repeated delivery gets the same answer and creates nothing', async () => {
    const leads = leadsInMemory();
    const source = await sourceOf(leads, sender);
    leads.meet(async () => ({ status: 200, text: JSON.stringify(sender.documentOf?.(ada)) }));
    const bytes = encode(sender.encoding, sender.contentOf(ada, source.secret));
    const first = await source.post(bytes);
    await leads.settle();
    leads.move(60_000);
    const headers = { ...first.headers, 'x-request-id': expect.any(String) };
    expect(await source.post(bytes)).toEqual({ ...first, headers });
    await leads.settle();
    expect(await reconciliationOf(leads, source.id)).toMatchObject({ received: 1, created: 1 });
  });
});

describe.each(senders.filter(({ provider }) => provider !== 'html-form').map((sender) => ({ title: sender.title, sender })))(
  '$title',
  ({ sender }) => {
    it('the stored body does not contain the secret', async () => {
      const leads = leadsInMemory();
      const source = await sourceOf(leads, sender);
      await source.post(encode(sender.encoding, sender.contentOf(ada, source.secret)));
      const bodies = await Promise.all(
        leads
          .events()
          .filter(({ name }) => name === 'SubmissionStored')
          .map(({ data }) =>
            leads.stores.submissions.raw(z.looseObject({ submissionId: z.string().brand<'SubmissionId'>() }).parse(data).submissionId),
          ),
      );
      expect(bodies).toHaveLength(1);
      expect(bodies.map((body) => Buffer.from(body?.bytes ?? []).includes(source.secret))).toEqual([false]);
    });
  },
);

describe.each(
  senders
    .filter((sender) => sender.documentOf !== undefined && !/v[12]$/.test(sender.title))
    .map((sender) => ({ title: sender.title, sender })),
)('the document behind a notification of $title', ({ sender }) => {
  it.each(names)('with %s becomes a lead or stays in quarantine, and the reconciliation balances', async (name) => {
    const { person = ada, more, ...rest } = cases[name] ?? {};
    const leads = leadsInMemory();
    const source = await sourceOf(leads, sender);
    const document = Buffer.from(spoiled(sender.documentOf?.(person, more), sender, rest)).toString('utf8');
    leads.meet(async () => ({ status: 200, text: document }));
    expect((await source.post(encode('json', sender.contentOf(ada, source.secret)))).status).toBe(202);
    await leads.settle();
    const reconciliation = await reconciliationOf(leads, source.id);
    // Whoever reads the answer of a server replaced what is no UTF-8 before we see it.
    const expected = becomesLead.has(name) || name === 'bytes that are no UTF-8' ? 'created' : 'quarantined';
    expect([outcomeOf(reconciliation), reconciliation.balanced, reconciliation.waiting]).toEqual([expected, true, 0]);
    expect(leads.sent).toEqual([]);
  });
});
